"""Describing the open data in the words of DCAT-AP-SE."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldlog.areas.queries import AreaPlace
from fieldlog.catalogue.models import TYPE, Iri, Statement, Text
from fieldlog.labels import Label
from fieldlog.opendata.models import COMMITMENTS, CSV, JSON, TABLES
from fieldlog.programmes.queries import Period

EU = "http://publications.europa.eu/resource/authority"
LICENCE = Iri("http://creativecommons.org/publicdomain/zero/1.0/")
LOCAL_AUTHORITY = Iri("http://purl.org/adms/publishertype/LocalAuthority")
LANGUAGES = (Iri(f"{EU}/language/SWE"), Iri(f"{EU}/language/ENG"))
THEMES = (Iri(f"{EU}/data-theme/JUST"), Iri(f"{EU}/data-theme/GOVE"))
DAILY, IRREGULAR = Iri(f"{EU}/frequency/DAILY"), Iri(f"{EU}/frequency/IRREG")

TITLE = Label("Medborgarlöften: öppna data", "Public pledges: open data")
ABOUT = Label(
    "Vad polisen och kommunen har lovat medborgarna, och hur långt de har kommit. Räknat ur personalens noteringar.",
    "What the police and the municipality have promised citizens, and how far they have come. Counted from staff logs.",
)
NAMED = Label("{programme}: {what}", "{programme}: {what}")
WHAT = {
    "daily": Label("per dag och kommundel", "by day and area"),
    "period": Label("känsliga mått, en summa var", "sensitive measures, one sum each"),
    "commitments": Label("löften, åtaganden och räkneregler", "pledges, commitments and counting rules"),
}
KEYWORDS = (
    Label("medborgarlöfte", "public pledge"),
    Label("polis", "police"),
    Label("brottsförebyggande arbete", "crime prevention"),
    Label("trygghet", "public safety"),
)


@dataclass(frozen=True)
class Publisher:
    """Who publishes, where (``site`` without a slash at the end), and a mail or https address to turn to."""

    name: str
    site: str
    contact: str

    @property
    def page(self) -> str:
        return f"{self.site}/open-data/"

    def named(self, *parts: str) -> str:
        """The lasting address of something on the page."""
        return f"{self.page}#{'-'.join(parts)}"


def described(
    publisher: Publisher,
    municipality: str,
    periods: Sequence[Period],
    places: Sequence[AreaPlace],
    changed: datetime | None,
) -> list[Statement]:
    """The catalogue, and every programme's files in it."""
    shared = [*_modified(changed), ("dcterms:spatial", Iri(publisher.named("place")))]
    shared += [("dcterms:language", language) for language in LANGUAGES]
    shared += [("dcterms:publisher", Iri(publisher.named("publisher")))]
    sets = [(period, name) for period in periods for name in WHAT]
    catalogue = [
        (TYPE, Iri("dcat:Catalog")),
        *_in_both("dcterms:title", TITLE),
        *_in_both("dcterms:description", ABOUT),
        ("dcterms:license", LICENCE),
        ("foaf:homepage", Iri(publisher.page)),
        ("dcat:themeTaxonomy", Iri(f"{EU}/data-theme")),
        *shared,
        *(("dcat:dataset", Iri(publisher.named(period.slug, name))) for period, name in sets),
    ]
    found = _of(publisher.named("catalog"), catalogue)
    found += [*_publisher(publisher), *_place(publisher, municipality, places)]
    for period in periods:
        found += _time(publisher.named(period.slug, "time"), period)
    for period, name in sets:
        found += _dataset(publisher, period, name, shared)
    return found


Told = tuple[str, Iri | Text]


def _of(subject: str, told: Iterable[Told]) -> list[Statement]:
    return [Statement(subject, *one) for one in told]


def _in_both(name: str, label: Label) -> list[Told]:
    return [(name, Text(words, language)) for language, words in label._asdict().items()]


def _modified(changed: datetime | None) -> list[Told]:
    return [("dcterms:modified", Text(changed.isoformat(timespec="seconds"), type="xsd:dateTime"))] if changed else []


def _publisher(publisher: Publisher) -> Iterator[Statement]:
    agent: list[Told] = [
        (TYPE, Iri("foaf:Agent")),
        ("foaf:name", Text(publisher.name)),
        ("dcterms:type", LOCAL_AUTHORITY),
    ]
    yield from _of(publisher.named("publisher"), agent)
    if contact := publisher.contact:
        is_page = contact.startswith("https://")
        where = ("vcard:hasURL", Iri(contact)) if is_page else ("vcard:hasEmail", Iri(f"mailto:{contact}"))
        kind = (TYPE, Iri("vcard:Organization"))
        yield from _of(publisher.named("contact"), [kind, ("vcard:fn", Text(publisher.name)), where])


def _place(publisher: Publisher, municipality: str, places: Sequence[AreaPlace]) -> list[Statement]:
    """The municipality: its code, and the square in which its areas lie."""
    told: list[Told] = [(TYPE, Iri("dcterms:Location")), ("dcterms:identifier", Text(municipality))]
    if places:
        west, east = min(place.lon for place in places), max(place.lon for place in places)
        south, north = min(place.lat for place in places), max(place.lat for place in places)
        corners = ((west, north), (east, north), (east, south), (west, south), (west, north))
        square = ", ".join(f"{lon} {lat}" for lon, lat in corners)
        told.append(("dcat:bbox", Text(f"POLYGON(({square}))", type="geo:wktLiteral")))
    return _of(publisher.named("place"), told)


def _time(subject: str, period: Period) -> list[Statement]:
    days = (("dcat:startDate", period.first_day), ("dcat:endDate", period.last_day))
    dates = ((name, Text(str(day), type="xsd:date")) for name, day in days)
    return _of(subject, [(TYPE, Iri("dcterms:PeriodOfTime")), *dates])


def _dataset(publisher: Publisher, period: Period, name: str, shared: list[Told]) -> list[Statement]:
    """One table of a programme with its files."""
    subject = publisher.named(period.slug, name)
    about, suffixes = (TABLES[name][0], ("csv", "json")) if name in TABLES else (COMMITMENTS, ("json",))
    contact: list[Told] = [("dcat:contactPoint", Iri(publisher.named("contact")))] if publisher.contact else []
    told = [
        (TYPE, Iri("dcat:Dataset")),
        *_in_both("dcterms:title", NAMED.fill(programme=period.name, what=WHAT[name])),
        *_in_both("dcterms:description", about),
        ("dcterms:identifier", Text(subject)),
        *(keyword for label in KEYWORDS for keyword in _in_both("dcat:keyword", label)),
        *(("dcat:theme", theme) for theme in THEMES),
        *shared,
        *contact,
        ("dcterms:accessRights", Iri(f"{EU}/access-right/PUBLIC")),
        ("dcterms:accrualPeriodicity", DAILY if name == "daily" else IRREGULAR),
        ("dcterms:temporal", Iri(publisher.named(period.slug, "time"))),
        ("dcat:landingPage", Iri(publisher.page)),
        ("foaf:page", Iri(f"{publisher.page}{period.slug}/datapackage.json")),
        *(("dcat:distribution", Iri(f"{subject}-{suffix}")) for suffix in suffixes),
    ]
    found = _of(subject, told)
    for suffix in suffixes:
        found += _file(f"{subject}-{suffix}", f"{publisher.page}{period.slug}/{name}.{suffix}", shared)
    return found


def _file(subject: str, address: str, shared: list[Told]) -> list[Statement]:
    kind = CSV if address.endswith(".csv") else JSON
    told = [
        (TYPE, Iri("dcat:Distribution")),
        *_in_both("dcterms:title", Label(*(address.rpartition("/")[2],) * 2)),
        ("dcat:accessURL", Iri(address)),
        ("dcat:downloadURL", Iri(address)),
        ("dcterms:format", Text(kind)),
        ("dcterms:license", LICENCE),
        ("dcatap:availability", Iri(f"{EU}/planned-availability/STABLE")),
        *(one for one in shared if one[0] in {"dcterms:modified", "dcterms:language"}),
    ]
    return _of(subject, told)
