"""Kinds about help for suspected drivers: the question on the spot, and what became of the yes."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choice, Count, Link, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Answers, Circumstances, Measure, one

YES_NO = options(yes=("Ja", "Yes"), no=("Nej", "No"))
REACHED = {"contacted", "contacted-themselves", "declined"}


def _asked(answers: Answers, _here: Circumstances) -> int:
    return int(answers.get("asked") == "yes")


def _accepted(answers: Answers, _here: Circumstances) -> int:
    return int(answers.get("wants_help") == "yes")


def _unanswered(answers: Answers, here: Circumstances) -> int:
    return max(0, _accepted(answers, here) - here.linked_here)


def _reached_in_time(answers: Answers, here: Circumstances) -> int:
    return int(here.in_time and answers.get("outcome") in REACHED)


HELP_OFFER = Kind(
    slug="help-offer",
    label=Label("Fråga om hjälp", "Offer of help"),
    noun=Label("frågor", "offers"),
    icon="hand",
    logged_by=(Organisation.POLICE,),
    without=frozenset({"place", "note", "organisations"}),
    about_youth=True,
    counts_as=Label(
        "Varje misstänkt förare räknas som en. Den som inte kunde få frågan räknas också, med skäl.",
        "One suspected driver counts as one. One who could not be asked counts too, with the reason.",
    ),
    leading=(
        Measure("offers", Label("Misstänkta förare", "Suspected drivers"), one, "period"),
        Measure("asked", Label("Tillfrågade", "Asked"), _asked, "period"),
        Measure("accepted", Label("Vill ha hjälp", "Want help"), _accepted, "period"),
        Measure("unanswered", Label("Väntar på kontakt", "Waiting for contact"), _unanswered, "period"),
    ),
    sections=(
        Section(
            Label("Frågan", "The question"),
            (
                Link(
                    name="control",
                    label=Label("Vid vilken kontroll?", "At which control?"),
                    to="traffic-control",
                    leaves="unasked",
                    opened_by=("suspected",),
                ),
                Choice(
                    name="asked",
                    label=Label("Fick personen frågan?", "Was the person asked?"),
                    required=True,
                    options=YES_NO,
                ),
                Choice(
                    name="why_not",
                    label=Label("Varför inte?", "Why not?"),
                    required=True,
                    when=("asked", "no"),
                    options=options(
                        declined=("Avböjde samtal", "Declined to talk"),
                        hospital=("Till sjukhus", "To hospital"),
                        language=("Språkhinder", "Language"),
                        unable=("Inte samtalbar", "Not able to talk"),
                        minor=("Under 18 år", "Under 18"),
                    ),
                ),
                Choice(
                    name="wants_help",
                    label=Label("Vill personen ha hjälp?", "Does the person want help?"),
                    required=True,
                    when=("asked", "yes"),
                    options=YES_NO,
                ),
            ),
        ),
    ),
)

HANDOVER_OUTCOME = Kind(
    slug="handover-outcome",
    label=Label("Kontakt efter överlämning", "Contact after handover"),
    noun=Label("svar", "answers"),
    icon="phone",
    logged_by=(Organisation.SOCIAL_SERVICES,),
    without=frozenset({"place", "note", "organisations"}),
    counted_with_link=True,
    has_form=False,
    counts_as=Label(
        "Ett ja till hjälp som socialtjänsten har svarat på räknas som ett, den dag då personen sa ja. I tid betyder "
        "att kontakten togs inom den utlovade tiden.",
        "One yes that social services have answered counts as one, on the day of the yes. It is in time when contact "
        "was made within the promised time.",
    ),
    leading=(
        Measure("answered", Label("Besvarade", "Answered"), one, "period"),
        Measure("in-time", Label("Kontaktade i tid", "Contacted in time"), _reached_in_time, "period"),
    ),
    sections=(
        Section(
            Label("Kontakten", "The contact"),
            (
                Link(
                    name="offer",
                    label=Label("Överlämning", "Handover"),
                    to="help-offer",
                    needs=("wants_help", "yes"),
                    single=True,
                    leaves="unanswered",
                    required=True,
                ),
                Choice(
                    name="outcome",
                    label=Label("Hur gick det?", "What happened?"),
                    required=True,
                    options=options(
                        contacted=("Kontaktad", "Contacted"),
                        contacted_themselves=("Hörde av sig själv", "Got in touch themselves"),
                        not_reached=("Gick inte att nå", "Not reached"),
                        declined=("Tackade nej", "Declined"),
                        form_missing=("Blankett saknas", "Form missing"),
                        taken_back=("Tog tillbaka sitt ja", "Took back the yes"),
                    ),
                ),
                Count(
                    name="attempts",
                    label=Label("Antal försök", "Attempts"),
                    most=99,
                    required=True,
                    when=("outcome", "not-reached"),
                ),
            ),
        ),
    ),
)
