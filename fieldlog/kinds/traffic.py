"""The kind under the pledge of traffic safety that counts controls."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choices, Count, Flag, Text, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Answers, Circumstances, Measure, one


def _unasked(answers: Answers, here: Circumstances) -> int | None:
    suspected = answers.get("suspected")
    return None if suspected is None else max(0, suspected - here.linked_here)


def _in_busy_hours(_answers: Answers, here: Circumstances) -> int:
    return int(here.rules.is_busy(here.begins))


TRAFFIC_CONTROL = Kind(
    slug="traffic-control",
    label=Label("Trafikkontroll", "Traffic control"),
    noun=Label("kontroller", "controls"),
    icon="car",
    logged_by=(Organisation.POLICE,),
    counts_as=Label(
        "En planerad och sammanhängande kontroll på en plats räknas som en. Enstaka fordon som stoppas under patrull "
        "räknas inte.",
        "One planned control at one place, without a break, counts as one. Single vehicles stopped on patrol do not "
        "count.",
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
                Count(
                    name="vehicles",
                    label=Label("Fordon", "Vehicles"),
                    one=Label("fordon", "vehicle"),
                    ask_above=300,
                    public="open",
                ),
                Count(
                    name="tests",
                    label=Label("Utandnings\u00adprov", "Breath tests"),
                    one=Label("utandningsprov", "breath test"),
                    ask_above=300,
                    public="open",
                ),
            ),
        ),
        Section(
            Label("Utfall", "Outcome"),
            (
                Count(
                    name="suspected",
                    label=Label("Misstänkta för ratt\u00adfylleri", "Suspected of drunk driving"),
                    one=Label("misstänkt för rattfylleri", "suspected of drunk driving"),
                    hint=Label(
                        "Alkohol eller narkotika. Alla ska få frågan om hjälp.",
                        "Alcohol or drugs. Ask each of them about help.",
                    ),
                    ask_above=10,
                    remark=True,
                    public="period",
                ),
                Count(
                    name="positives",
                    label=Label("Positiva prov", "Positive tests"),
                    one=Label("positivt prov", "positive test"),
                    at_most="tests",
                    ask_above=10,
                    remark=True,
                    public="period",
                ),
                Count(
                    name="fines",
                    label=Label("Ordnings\u00adböter", "Fines"),
                    one=Label("ordningsbot", "fine"),
                    ask_above=100,
                    remark=True,
                    public="period",
                ),
                Count(
                    name="licences",
                    label=Label("Omhänder\u00adtagna körkort", "Licences seized"),
                    one=Label("omhändertaget körkort", "licence seized"),
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
