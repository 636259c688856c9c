"""Kinds about licensed venues: inspections, training of those who serve, and Krogar mot knark."""

from fieldlog.actors import Organisation
from fieldlog.fields import ORGANISATIONS, Choice, Choices, Count, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Answers, Circumstances, Measure, one, share

GROUNDS = (
    Count(name="remarks_order", label=Label("Ordning och nykterhet", "Order and sobriety"), remark=True),
    Count(name="remarks_age", label=Label("Ålders\u00adkontroll", "Age"), remark=True),
    Count(name="remarks_over_serving", label=Label("Över\u00adservering", "Over-serving"), remark=True),
    Count(name="remarks_food", label=Label("Mat\u00adutbud", "Food"), remark=True),
    Count(name="remarks_hours", label=Label("Serverings\u00adtider", "Hours"), remark=True),
    Count(name="remarks_other_authority", label=Label("Annan myndighets område", "Another authority's"), remark=True),
)


def _remarks(answers: Answers, _here: Circumstances) -> int | None:
    filled = [answers[ground.name] for ground in GROUNDS if answers.get(ground.name) is not None]
    return sum(filled) if filled else None


def _qualifies(answers: Answers, here: Circumstances) -> int:
    together = {Organisation.POLICE, Organisation.MUNICIPALITY} <= here.organisations
    return int(together and (answers.get("venues") or 0) >= here.rules.venues_per_occasion)


ALCOHOL_INSPECTION = Kind(
    slug="alcohol-inspection",
    label=Label("Alkohol\u00adtillsyn", "Alcohol inspection"),
    noun=Label("tillfällen", "occasions"),
    icon="glass",
    logged_by=(Organisation.MUNICIPALITY, Organisation.POLICE),
    counts_as=Label(
        "Ett tillfälle räknas när både polisen och kommunen deltog och minst {venues} ställen besöktes. "
        "Fler än sju går bra.",
        "An occasion counts when police and municipality both took part and at least {venues} venues were visited. "
        "More than seven is fine.",
    ),
    leading=(
        Measure("occasions", Label("Tillfällen", "Occasions"), one, "open"),
        Measure(
            "qualified",
            Label("Tillfällen som räknas", "Occasions that count"),
            _qualifies,
            "open",
            otherwise=Label(
                "Räknas inte mot löftet: det behövs minst {venues} ställen, och både polis och kommun.",
                "Does not count towards the pledge: it takes {venues} venues, and both police and municipality.",
            ),
        ),
        Measure("remarks", Label("Anmärkningar", "Remarks"), _remarks, "period"),
    ),
    sections=(
        Section(
            Label("Vilka deltog", "Who took part"),
            (Choices(name="organisations", label=Label("Vilka deltog", "Who took part"), options=ORGANISATIONS),),
        ),
        Section(
            Label("Antal", "Counts"),
            (
                Count(
                    name="venues",
                    label=Label("Besökta ställen", "Venues visited"),
                    one=Label("besökt ställe", "venue visited"),
                    ask_above=30,
                    public="open",
                ),
            ),
        ),
        Section(
            Label("Anmärkningar", "Remarks"),
            (
                Count(
                    name="remarked_venues",
                    label=Label("Ställen med anmärkning", "Venues with a remark"),
                    one=Label("ställe med anmärkning", "venue with a remark"),
                    at_most="venues",
                    remark=True,
                    public="period",
                ),
                *GROUNDS,
            ),
            folded=True,
        ),
    ),
)

SERVER_TRAINING = Kind(
    slug="server-training",
    label=Label("Ansvarsfull alkohol\u00adservering", "Responsible serving"),
    noun=Label("utbildningar", "courses"),
    icon="diploma",
    logged_by=(Organisation.MUNICIPALITY,),
    counts_as=Label("En genomförd utbildning räknas som en.", "One completed course counts as one."),
    leading=(
        Measure("courses", Label("Utbildningar", "Courses"), one, "open"),
        *share("passed", "participants", Label("Godkända av deltagarna", "Passed of the participants"), "open"),
    ),
    sections=(
        Section(
            Label("Antal", "Counts"),
            (
                Count(name="participants", label=Label("Deltagare", "Participants"), ask_above=100, public="open"),
                Count(name="passed", label=Label("Godkända", "Passed"), at_most="participants", public="open"),
            ),
        ),
    ),
)

CLUBS_AGAINST_DRUGS = Kind(
    slug="clubs-against-drugs",
    label=Label("Krogar mot knark", "Clubs against drugs"),
    noun=Label("aktiviteter", "activities"),
    icon="note",
    logged_by=(Organisation.MUNICIPALITY, Organisation.POLICE),
    counts_as=Label(
        "En utbildning, en krogrunda eller ett möte räknas som en aktivitet.",
        "One training, one round of venues or one meeting counts as one activity.",
    ),
    leading=(Measure("activities", Label("Aktiviteter", "Activities"), one, "open"),),
    sections=(
        Section(
            Label("Vad", "What"),
            (
                Choice(
                    name="activity",
                    label=Label("Aktivitet", "Activity"),
                    required=True,
                    options=options(
                        training=("Utbildning", "Training"),
                        venue_round=("Krogrunda", "Venue round"),
                        meeting=("Möte", "Meeting"),
                    ),
                ),
            ),
        ),
        Section(
            Label("Antal", "Counts"),
            (
                Count(name="participants", label=Label("Deltagare", "Participants"), public="open"),
                Count(name="venues", label=Label("Ställen", "Venues"), ask_above=30, public="open"),
            ),
            folded=True,
        ),
    ),
)
