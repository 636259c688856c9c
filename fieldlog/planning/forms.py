"""What is asked on the pages of a programme."""

from typing import ClassVar

from fieldlog.editing.forms import Day, EditForm, Reference, both, form_of
from fieldlog.fields import ORGANISATIONS, Choices, Text
from fieldlog.labels import Label
from fieldlog.programmes.models import Programme

FOCUS = Label("Fokusområde {number}", "Focus area {number}")
NAME = Label("Namn", "Name")
PROMISED_BY = Choices(
    name="promised_by", label=Label("Vem lovar", "Who promises"), options=ORGANISATIONS, required=True, measured=False
)


def programme_form(row: Programme) -> EditForm:
    """The programme's own texts, its decision, who answers for it, and the names of its focus areas."""
    focus = (
        both(f"focus-{item.slug}", FOCUS.fill(number=number), most=60) for number, item in enumerate(row.focus_areas, 1)
    )
    return form_of(
        (
            *both("name", NAME, most=100),
            *both("background", Label("Bakgrund", "Background"), most=4000, lines=7),
            Day(
                name="decided_on",
                label=Label("Beslutsdag", "Day of the decision"),
                hint=Label("När den är ifylld är löftet inte längre ett exempel.", "Once given, it is no example."),
            ),
            Reference(name="registry_number", label=Label("Diarienummer", "Registry number")),
            Text(
                name="answers_for",
                label=Label("Ansvarig funktion", "Function that answers for it"),
                hint=Label("En funktion, aldrig en persons namn. Visas för alla.", "Never a person. Shown to all."),
                most=120,
            ),
            Text(
                name="answers_address",
                label=Label("Dit vänder man sig", "Where to turn"),
                hint=Label("Adress, e-post eller webbsida. Visas för alla.", "Address or page. Shown to all."),
                most=200,
            ),
            *(part for pair in focus for part in pair),
        )
    )


def pledge_form() -> EditForm:
    return form_of(
        (
            *both("title", Label("Rubrik", "Heading"), most=60),
            *both("promise", Label("Löftet i en mening", "The pledge in a sentence"), most=400, lines=4),
            PROMISED_BY,
        )
    )


def commitment_form(row: Programme) -> EditForm:
    themes = tuple((focus.slug, focus.name) for focus in row.focus_areas)
    return form_of(
        (
            *both("title", Label("Rubrik", "Heading"), most=60),
            *both("text", Label("Vad som ska göras", "What will be done"), most=600, lines=5),
            PROMISED_BY,
            Choices(name="focus", label=Label("Fokusområden", "Focus areas"), options=themes, measured=False),
        )
    )


def next_form() -> EditForm:
    return form_of(
        (
            *both("name", NAME, most=100),
            Day(name="first_day", label=Label("Första dagen", "First day"), required=True),
            Day(name="last_day", label=Label("Sista dagen", "Last day"), required=True),
        )
    )


def upload_form() -> EditForm:
    return form_of((FileWords(name="words", label=Label("Filens text", "The file's text"), required=True, lines=14),))


class FileWords(Text):
    """A file's text as it was pasted: a programme's own check says what is wrong with it, and where."""

    doubt: ClassVar[Label | None] = None

    def clean(self, value: str) -> str:
        return value
