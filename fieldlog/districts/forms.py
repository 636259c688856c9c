"""What is asked about areas and thresholds."""

from collections.abc import Mapping
from typing import Any

from fieldlog.editing.forms import Day, EditForm, Number, form_of
from fieldlog.fields import Choice, Count, Field, Text, options
from fieldlog.labels import Label
from fieldlog.measures import Rules
from fieldlog.programmes.actions import RefusedError

TIMES = 3
FROM = Label("Rusning {number} från", "Busy {number} from")
TO = Label("Rusning {number} till", "Busy {number} until")
ORDER = Label("Sluttiden måste vara senare än starttiden.", "It must end after it begins.")
OVERLAP = Label("Tiderna går in i varandra.", "The hours overlap.")


def area_form() -> EditForm:
    """An area's name, and from when it is used no more."""
    return form_of(
        (
            Text(name="name", label=Label("Namn", "Name"), most=60, required=True),
            Day(
                name="retired_from",
                label=Label("Ur bruk från (frivilligt)", "Out of use from (optional)"),
                hint=Label(
                    "Tidigast i morgon. Det som är loggat där står kvar och räknas.",
                    "Tomorrow at the earliest. What was logged there stays and counts.",
                ),
            ),
        )
    )


def thresholds_form() -> EditForm:
    """The busy hours and the other thresholds."""
    hours: list[Field] = []
    for number in range(1, TIMES + 1):
        hours += [
            Count(name=f"from-{number}", label=FROM.fill(number=number), most=23),
            Count(name=f"to-{number}", label=TO.fill(number=number), most=24),
        ]
    return form_of(
        (
            *hours,
            Number(
                name="venues",
                label=Label("Minst så många ställen vid en tillsyn", "Venues that an inspection needs"),
                most=99,
                required=True,
            ),
            Number(
                name="hours",
                label=Label("Timmar till kontakt efter ett ja", "Hours to contact after a yes"),
                most=720,
                required=True,
            ),
            Choice(
                name="runs",
                label=Label("När går de timmarna?", "When do those hours run?"),
                options=options(
                    always=("Alla dagar", "Every day"), working_days=("Bara vardagar", "On working days only")
                ),
                required=True,
            ),
            Day(
                name="valid_from",
                label=Label("Gäller från", "In force from"),
                hint=Label("Tidigast i morgon. Dagar som har gått räknas inte om.", "Tomorrow at the earliest."),
                required=True,
            ),
        )
    )


def thresholds_stored(rules: Rules) -> Mapping[str, Any]:
    """The thresholds, by the fields of their form."""
    stored: dict[str, Any] = {"venues": rules.venues_per_occasion, "hours": rules.answer_within_hours}
    stored["runs"] = "working-days" if rules.answer_on_working_days else "always"
    for number, (start, end) in enumerate(rules.busy_hours, 1):
        stored |= {f"from-{number}": start, f"to-{number}": end}
    return stored


def thresholds(answers: Mapping[str, Any]) -> Rules:
    """The thresholds that were filled in. Raises RefusedError, which names the field."""
    spans: list[tuple[int, int]] = []
    for number in range(1, TIMES + 1):
        start, end = answers[f"from-{number}"], answers[f"to-{number}"]
        if start is None and end is None:
            continue
        if start is None or end is None or end <= start:
            raise RefusedError(ORDER, f"to-{number}")
        if any(start < later and earlier < end for earlier, later in spans):
            raise RefusedError(OVERLAP, f"from-{number}")
        spans.append((start, end))
    on_working_days = answers["runs"] == "working-days"
    return Rules(tuple(sorted(spans)), answers["venues"], answers["hours"], on_working_days)
