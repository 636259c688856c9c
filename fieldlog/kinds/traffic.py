"""Kinds under the pledge of traffic safety: the control, the question about help, and what became of the yes."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choice, Choices, Count, Flag, Link, Text, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Answers, Circumstances, Measure, one

YES_NO = options(yes=("Ja", "Yes"), no=("Nej", "No"))
REACHED = {"contacted", "contacted-themselves", "declined"}


def _unasked(answers: Answers, here: Circumstances) -> int | None:
    suspected = answers.get("suspected")
    return None if suspected is None else max(0, suspected - here.linked_here)


def _in_busy_hours(_answers: Answers, here: Circumstances) -> int:
    return int(here.rules.is_busy(here.begins))


def _asked(answers: Answers, _here: Circumstances) -> int:
    return int(answers.get("asked") == "yes")


def _accepted(answers: Answers, _here: Circumstances) -> int:
    return int(answers.get("wants_help") == "yes")


def _unanswered(answers: Answers, here: Circumstances) -> int:
    return max(0, _accepted(answers, here) - here.linked_here)


def _reached_in_time(answers: Answers, here: Circumstances) -> int:
    return int(here.in_time and answers.get("outcome") in REACHED)


TRAFFIC_CONTROL = Kind(
    slug="traffic-control",
    label=Label("Trafikkontroll", "Traffic control"),
    noun=Label("kontroller", "controls"),
    icon="car",
    logged_by=(Organisation.POLICE,),
    counts_as=Label(
        "En planerad kontroll på en plats i ett svep räknas som en. Enstaka fordon som stoppas under patrull räknas "
        "inte.",
        "One planned control at one place in one go counts as one. Single vehicles stopped on patrol do not count.",
    ),
    leading=(
        Measure("controls", Label("Kontroller", "Controls"), one, "open"),
        Measure("busy-time", Label("I rusningstid", "In busy hours"), _in_busy_hours, "open"),
        Measure("unasked", Label("Misstänkta utan fråga om hjälp", "Suspected, not asked"), _unasked, "period"),
    ),
    sections=(
        Section(
            Label("Plats", "Place"),
            (
                Text(name="place", label=Label("Väg eller plats", "Road or place")),
                Flag(name="near_school", label=Label("Nära skola", "Near a school"), public="open"),
                Flag(name="heavy_traffic", label=Label("Vältrafikerat", "Heavy traffic"), public="open"),
            ),
        ),
        Section(
            Label("Inriktning", "Focus"),
            (
                Choices(
                    name="focus",
                    label=Label("Inriktning", "Focus"),
                    measured=True,
                    public="open",
                    options=options(
                        speed=("Hastighet", "Speed"),
                        behaviour=("Beteende", "Behaviour"),
                        sobriety=("Nykterhet", "Sobriety"),
                    ),
                ),
            ),
        ),
        Section(
            Label("Antal", "Counts"),
            (
                Count(name="vehicles", label=Label("Fordon", "Vehicles"), ask_above=300, public="open"),
                Count(name="tests", label=Label("Utandnings\u00adprov", "Breath tests"), ask_above=300, public="open"),
            ),
        ),
        Section(
            Label("Utfall", "Outcome"),
            (
                Count(
                    name="suspected",
                    label=Label("Misstänkta för ratt\u00adfylleri", "Suspected of drunk driving"),
                    hint=Label(
                        "Alkohol eller droger. Var och en ska få frågan om hjälp.", "Alcohol or drugs. Ask each."
                    ),
                    ask_above=10,
                    remark=True,
                    public="period",
                ),
                Count(
                    name="positives",
                    label=Label("Positiva prov", "Positive tests"),
                    at_most="tests",
                    ask_above=10,
                    remark=True,
                    public="period",
                ),
                Count(name="fines", label=Label("Böter", "Fines"), ask_above=100, remark=True, public="period"),
                Count(
                    name="licences",
                    label=Label("Omhänder\u00adtagna körkort", "Licences seized"),
                    ask_above=20,
                    remark=True,
                    public="period",
                ),
                Flag(name="terrain", label=Label("I terräng", "Off road"), public="open"),
            ),
            folded=True,
        ),
    ),
)

HELP_OFFER = Kind(
    slug="help-offer",
    label=Label("Fråga om hjälp", "Offer of help"),
    noun=Label("frågor", "offers"),
    icon="hand",
    logged_by=(Organisation.POLICE,),
    without=frozenset({"place", "note", "organisations"}),
    about_youth=True,
    counts_as=Label(
        "En misstänkt förare räknas som en. Den som inte kunde få frågan räknas också, med skälet.",
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
                    label=Label("Hör till kontroll", "Belongs to control"),
                    to="traffic-control",
                    leaves="unasked",
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
                        language=("Språk", "Language"),
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
        "Ett ja till hjälp som socialtjänsten svarat på räknas som ett, på dagen för jaet. I tid är det när kontakt "
        "togs inom den utlovade tiden.",
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
                        not_reached=("Inte nådd", "Not reached"),
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
