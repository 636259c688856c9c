"""Kinds of work in streets and squares, and the shift in which there was nothing to report."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choice, Choices, Count, Flag, Rows, Text, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Answers, Circumstances, Measure, one

WAYS = options(foot=("Till fots", "On foot"), car=("I bil", "By car"), bicycle=("På cykel", "By bicycle"))


def _walk_qualifies(_answers: Answers, here: Circumstances) -> int:
    return int({Organisation.POLICE, Organisation.MUNICIPALITY} < here.organisations)


def _minutes(way: str, label: Label) -> Measure:
    def amount(answers: Answers, _here: Circumstances) -> int | None:
        return answers.get("minutes") if answers.get("way") == way else None

    title = Label(f"Minuter {label.sv.lower()}", f"Minutes {label.en.lower()}")
    return Measure(f"minutes-{way}", title, amount, "open")


def _taken(answers: Answers, _here: Circumstances) -> int:
    return int(bool(answers.get("finished")))


SAFETY_WALK = Kind(
    slug="safety-walk",
    label=Label("Trygghets\u00advandring", "Safety walk"),
    noun=Label("vandringar", "walks"),
    icon="lamp",
    logged_by=(Organisation.MUNICIPALITY, Organisation.POLICE),
    counts_as=Label(
        "En vandring räknas när polisen, kommunen och minst en part till deltog.",
        "A walk counts when the police, the municipality and at least one other took part.",
    ),
    leading=(
        Measure("walks", Label("Vandringar", "Walks"), one, "open"),
        Measure(
            "qualified",
            Label("Vandringar som räknas", "Walks that count"),
            _walk_qualifies,
            "open",
            otherwise=Label(
                "Räknas inte mot löftet: polisen, kommunen och minst en part till behöver delta.",
                "Does not count towards the pledge: police, municipality and one other need to take part.",
            ),
        ),
    ),
    sections=(
        Section(
            Label("Varför här", "Why here"),
            (
                Choices(
                    name="why_here",
                    label=Label("Varför här", "Why here"),
                    options=options(
                        unsafe=("Känns otryggt", "Feels unsafe"),
                        dark=("Mörkt", "Dark"),
                        disorder=("Ordningsstörningar", "Disorder"),
                        requested=("Önskemål från boende", "Asked for by residents"),
                    ),
                ),
            ),
        ),
        Section(
            Label("Vilka deltog", "Who took part"),
            (
                Choices(
                    name="organisations",
                    label=Label("Vilka deltog", "Who took part"),
                    options=options(
                        police=("Polisen", "Police"),
                        municipality=("Kommunen", "Municipality"),
                        residents=("Boende", "Residents"),
                        housing=("Bostadsbolag", "Housing company"),
                        school=("Skola", "School"),
                        association=("Förening", "Association"),
                        business=("Näringsliv", "Businesses"),
                        social_services=("Socialtjänsten", "Social services"),
                        partner=("Annan aktör", "Other partner"),
                    ),
                ),
                Count(name="participants", label=Label("Deltagare", "Participants"), ask_above=100, public="open"),
            ),
        ),
        Section(
            Label("Iakttagelser", "Findings"),
            (
                Rows(
                    name="findings",
                    label=Label("Iakttagelser", "Findings"),
                    hint=Label("Går att fylla på i efterhand.", "Can be added to afterwards."),
                    public="open",
                    photos=3,
                    columns=(
                        Choice(
                            name="category",
                            label=Label("Vad", "What"),
                            required=True,
                            options=options(
                                lighting=("Belysning", "Lighting"),
                                vegetation=("Växtlighet", "Vegetation"),
                                graffiti=("Klotter", "Graffiti"),
                                litter=("Nedskräpning", "Litter"),
                                traffic=("Trafik", "Traffic"),
                                other=("Annat", "Other"),
                            ),
                        ),
                        Text(name="where", label=Label("Var", "Where"), required=True),
                    ),
                ),
            ),
            folded=True,
        ),
    ),
)

SAFETY_MEASURE = Kind(
    slug="safety-measure",
    label=Label("Trygghets\u00adskapande åtgärd", "Safety measure"),
    noun=Label("åtgärder", "measures"),
    icon="wrench",
    logged_by=(Organisation.MUNICIPALITY,),
    counts_as=Label("En åtgärd räknas när den är klar.", "A measure counts once it is finished."),
    leading=(
        Measure(
            "measures-taken",
            Label("Åtgärder", "Measures taken"),
            _taken,
            "open",
            otherwise=Label("Räknas när åtgärden är klar.", "Counts once the measure is finished."),
        ),
    ),
    sections=(
        Section(
            Label("Vad", "What"),
            (
                Choice(
                    name="what",
                    label=Label("Åtgärd", "Measure"),
                    required=True,
                    options=options(
                        lighting=("Belysning", "Lighting"),
                        vegetation=("Växtlighet", "Vegetation"),
                        graffiti=("Klotter", "Graffiti"),
                        meeting_place=("Mötesplats", "Meeting place"),
                        other=("Annat", "Other"),
                    ),
                ),
                Flag(name="finished", label=Label("Åtgärden är klar", "Finished"), measured=False),
            ),
        ),
        Section(
            Label("Boende", "Residents"),
            (Count(name="residents", label=Label("Boende som deltog", "Residents who took part"), public="open"),),
            folded=True,
        ),
    ),
)

PATROL = Kind(
    slug="patrol",
    label=Label("Synlig patrull", "Visible patrol"),
    noun=Label("pass", "patrols"),
    icon="walk",
    logged_by=(Organisation.POLICE,),
    counts_as=Label(
        "Ett sammanhängande patrullpass ute bland folk räknas som ett.",
        "One unbroken stretch out among people counts as one.",
    ),
    leading=(
        Measure("patrols", Label("Pass", "Patrols"), one, "open"),
        *(_minutes(way, label) for way, label in WAYS),
    ),
    sections=(
        Section(
            Label("Hur", "How"),
            (
                Choice(name="way", label=Label("Hur", "How"), required=True, options=WAYS),
                Count(
                    name="minutes",
                    label=Label("Minuter", "Minutes"),
                    most=1440,
                    ask_above=720,
                    chips=(15, 30, 60, 120),
                ),
            ),
        ),
        Section(
            Label("Samtal", "Conversations"),
            (
                Count(
                    name="conversations",
                    label=Label("Samtal med allmänheten", "Conversations with the public"),
                    public="period",
                ),
            ),
            folded=True,
        ),
    ),
)

NOTHING_TO_REPORT = Kind(
    slug="nothing-to-report",
    label=Label("Inget att rapportera", "Nothing to report"),
    noun=Label("pass", "shifts"),
    icon="quiet",
    logged_by=tuple(Organisation),
    without=frozenset({"place", "organisations", "note"}),
    counts_as=Label(
        "Räknas inte. Visar att passet var lugnt, inte att någon har glömt att logga.",
        "Is not counted. Shows that the shift was quiet, not that somebody forgot to log.",
    ),
    sections=(
        Section(
            Label("Passet", "The shift"),
            (
                Choice(
                    name="shift",
                    label=Label("Pass", "Shift"),
                    required=True,
                    options=options(day=("Dag", "Day"), evening=("Kväll", "Evening"), night=("Natt", "Night")),
                ),
            ),
        ),
    ),
)
