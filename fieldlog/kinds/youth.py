"""Kinds under the pledge of youth at risk."""

from fieldlog.actors import Organisation
from fieldlog.fields import Choice, Choices, Count, Flag, options
from fieldlog.kind import Kind, Section
from fieldlog.labels import Label
from fieldlog.measures import Measure, one

WITH_YOUTH = (Organisation.POLICE, Organisation.MUNICIPALITY, Organisation.SOCIAL_SERVICES)
COUNTS = Label("Antal", "Counts")
MORE_COUNTS = Label("Fler antal", "More counts")
PARENTS = Count(name="parents", label=Label("Kontaktade föräldrar", "Parents contacted"), public="period")

YOUTH_VISIT = Kind(
    slug="youth-visit",
    label=Label("Besök i skola och ungdoms\u00admiljö", "Visit to a school or youth setting"),
    noun=Label("besök", "visits"),
    icon="school",
    logged_by=WITH_YOUTH,
    about_youth=True,
    counts_as=Label(
        "Ett besök på en plats räknas som ett, även när flera organisationer gör det tillsammans.",
        "One visit to one place counts as one, also when several organisations make it together.",
    ),
    leading=(Measure("visits", Label("Besök", "Visits"), one, "open"),),
    sections=(
        Section(
            Label("Var", "Where"),
            (
                Choice(
                    name="setting",
                    label=Label("Var", "Where"),
                    required=True,
                    measured=True,
                    public="open",
                    options=options(
                        school=("Skola", "School"),
                        youth_centre=("Fritidsgård", "Youth centre"),
                        other=("Annan plats", "Other place"),
                    ),
                ),
            ),
        ),
        Section(COUNTS, (Count(name="young", label=Label("Unga", "Young people"), ask_above=500, public="period"),)),
        Section(
            Label("Om besöket", "About the visit"),
            (
                Choice(
                    name="stage",
                    label=Label("Skolstadium", "Stage"),
                    options=options(
                        primary=("Låg- och mellanstadiet", "Years 1–6"),
                        lower_secondary=("Högstadiet", "Years 7–9"),
                        upper_secondary=("Gymnasiet", "Upper secondary"),
                    ),
                ),
                Choices(
                    name="purpose",
                    label=Label("Syfte", "Purpose"),
                    options=options(
                        relation=("Relations\u00adskapande", "Relation"),
                        substances=("Alkohol och droger", "Alcohol and drugs"),
                        traffic=("Trafik", "Traffic"),
                        parents=("Föräldrar", "Parents"),
                    ),
                ),
                Count(name="adults", label=Label("Vuxna", "Adults"), ask_above=500, public="period"),
            ),
            folded=True,
        ),
    ),
)

OUTREACH = Kind(
    slug="outreach",
    label=Label("Uppsökande verksamhet", "Outreach"),
    noun=Label("pass", "passes"),
    icon="people",
    logged_by=(Organisation.SOCIAL_SERVICES,),
    about_youth=True,
    held_together=True,
    without=frozenset({"organisations"}),
    counts_as=Label(
        "Ett pass på en plats bland unga räknas som ett, även när polisen var med.",
        "One pass at one place among the young counts as one. With the police along it is still one.",
    ),
    leading=(Measure("passes", Label("Pass", "Passes"), one, "period"),),
    sections=(
        Section(
            COUNTS,
            (
                Count(name="contacts", label=Label("Kontaktade unga", "Contacts"), public="period"),
                Count(name="conversations", label=Label("Samtal", "Conversations"), ask_above=100, public="period"),
                Flag(name="with_police", label=Label("Tillsammans med polisen", "With the police"), public="period"),
            ),
        ),
        Section(
            Label("Om passet", "About the pass"),
            (
                Choice(
                    name="mood",
                    label=Label("Stämning", "Mood"),
                    options=options(calm=("Lugnt", "Calm"), uneasy=("Oroligt", "Uneasy")),
                ),
                Count(name="guided", label=Label("Hänvisade vidare", "Guided onward"), ask_above=50, public="period"),
            ),
            folded=True,
        ),
    ),
)

COOPERATION = Kind(
    slug="cooperation",
    label=Label("Samverkan polis–socialtjänst", "Police and social services together"),
    noun=Label("tillfällen", "occasions"),
    icon="link",
    logged_by=(Organisation.POLICE, Organisation.SOCIAL_SERVICES),
    without=frozenset({"organisations"}),
    counts_as=Label(
        "Ett möte eller en planeringsträff där polis och socialtjänst deltog räknas som ett tillfälle. "
        "Ett uppsökande pass tillsammans loggas bara av socialtjänsten och räknas där.",
        "One meeting or planning with police and social services counts as one occasion. "
        "An outreach pass together is logged by social services alone, and counts there.",
    ),
    leading=(Measure("occasions", Label("Tillfällen", "Occasions"), one, "open"),),
    sections=(
        Section(
            Label("Vad", "What"),
            (
                Choice(
                    name="form",
                    label=Label("Vad", "What"),
                    required=True,
                    options=options(meeting=("Möte", "Meeting"), planning=("Planeringsträff", "Planning")),
                ),
            ),
        ),
    ),
)

YOUTH_ALCOHOL = Kind(
    slug="youth-alcohol",
    label=Label("Alkohol och unga", "Alcohol and the young"),
    noun=Label("aktiviteter", "activities"),
    icon="bottle",
    logged_by=WITH_YOUTH,
    about_youth=True,
    counts_as=Label(
        "En insats på en plats räknas som en aktivitet.", "One piece of work at one place counts as one activity."
    ),
    leading=(Measure("activities", Label("Aktiviteter", "Activities"), one, "open"),),
    sections=(
        Section(
            Label("Var", "Where"),
            (
                Choice(
                    name="setting",
                    label=Label("Var", "Where"),
                    required=True,
                    options=options(
                        off_licence=("Systembolaget", "Off-licence"),
                        shop=("Butik", "Shop"),
                        party_place=("Festplats", "Party place"),
                        event=("Evenemang", "Event"),
                        other=("Annat", "Other"),
                    ),
                ),
            ),
        ),
        Section(
            COUNTS,
            (Count(name="conversations", label=Label("Samtal", "Conversations"), public="period"),),
        ),
        Section(
            MORE_COUNTS,
            (
                Count(
                    name="test_purchases", label=Label("Kontrollköp av folköl", "Test purchases of beer"), public="open"
                ),
                Count(name="seizures", label=Label("Beslag", "Seizures"), remark=True, public="period"),
                PARENTS,
                Count(
                    name="suspected_supply",
                    label=Label("Misstänkt langning", "Suspected supply"),
                    remark=True,
                    public="period",
                ),
            ),
            folded=True,
        ),
    ),
)

YOUTH_DRUGS = Kind(
    slug="youth-drugs",
    label=Label("Narkotika och unga", "Drugs and the young"),
    noun=Label("aktiviteter", "activities"),
    icon="shield",
    logged_by=WITH_YOUTH,
    about_youth=True,
    counts_as=Label(
        "Ett tillfälle räknas som en aktivitet: informationsträff, föräldramöte, närvaro eller gemensam insats.",
        "One occasion counts as one activity: an information meeting, a parents' meeting, presence or a joint action.",
    ),
    leading=(Measure("activities", Label("Aktiviteter", "Activities"), one, "open"),),
    sections=(
        Section(
            Label("Vad", "What"),
            (
                Choice(
                    name="form",
                    label=Label("Vad", "What"),
                    required=True,
                    options=options(
                        information=("Informationsträff", "Information meeting"),
                        parents_meeting=("Föräldramöte", "Parents' meeting"),
                        presence=("Närvaro", "Presence"),
                        joint_action=("Gemensam insats", "Joint action"),
                    ),
                ),
            ),
        ),
        Section(
            COUNTS,
            (Count(name="participants", label=Label("Deltagare", "Participants"), ask_above=500, public="period"),),
        ),
        Section(MORE_COUNTS, (PARENTS,), folded=True),
    ),
)
