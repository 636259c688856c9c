"""The desk's places, and who finds which of them there."""

from collections.abc import Callable
from typing import NamedTuple

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.findings.queries import reads
from fieldlog.labels import Label


class Place(NamedTuple):
    """A row of /manage: where it leads, what is done there, and who may go."""

    endpoint: str
    icon: str
    label: Label
    says: Label
    may: Callable[[Actor], bool]


class Group(NamedTuple):
    """Places of one sort."""

    label: Label
    places: tuple[Place, ...]


def _supervises(by: Actor) -> bool:
    return by.role == Role.SUPERVISOR


def _administrates(by: Actor) -> bool:
    return by.role == Role.ADMINISTRATOR


def _plans(by: Actor) -> bool:
    return by.may_plan


def _publishes(by: Actor) -> bool:
    return _supervises(by) and by.may_plan


def _anybody(by: Actor) -> bool:
    return _supervises(by) or _administrates(by)


def _reads_findings(by: Actor) -> bool:
    return _supervises(by) and reads(by)


def _keeps_responsibles(by: Actor) -> bool:
    return _supervises(by) and by.organisation == Organisation.MUNICIPALITY


GROUPS = (
    Group(
        Label("Följ upp", "Follow up"),
        (
            Place(
                "supervision.today",
                "day",
                Label("Dagen", "The day"),
                Label("Dagens läge mot löftet, enheter och luckor.", "The day against the pledge, units and gaps."),
                _supervises,
            ),
            Place(
                "review.index",
                "check",
                Label("Granska", "Review"),
                Label(
                    "Dubbletter, sena och konstiga uppgifter. Veckor att granska.",
                    "Duplicates, late and odd entries. Weeks to review.",
                ),
                _supervises,
            ),
            Place(
                "logbook.organisation",
                "entries",
                Label("Alla aktiviteter", "All entries"),
                Label("Organisationens aktiviteter, rad för rad.", "The organisation's entries, row by row."),
                _supervises,
            ),
            Place(
                "mending.findings",
                "lamp",
                Label("Iakttagelser", "Findings"),
                Label("Det som någon ska åtgärda efter vandringar.", "What somebody has to mend after walks."),
                _reads_findings,
            ),
            Place(
                "reports.index",
                "diploma",
                Label("Rapporter", "Reports"),
                Label(
                    "Tertial, år eller andra dagar, som sida och PDF.",
                    "Tertial, year or other days, as a page and a PDF.",
                ),
                _supervises,
            ),
        ),
    ),
    Group(
        Label("Ta ut", "Take out"),
        (
            Place(
                "publication.index",
                "send",
                Label("Offentlig sida", "Public page"),
                Label(
                    "Förhandsvisa, håll inne, nyheter och vad som varit offentligt.",
                    "Preview, hold back, news and what was public.",
                ),
                _publishes,
            ),
            Place(
                "exports.index",
                "download",
                Label("Exporter", "Exports"),
                Label("Rader och ställningar till Excel, CSV och karta.", "Rows and tallies for Excel, CSV and maps."),
                _supervises,
            ),
            Place(
                "disclosure.index",
                "hand",
                Label("Begäran om handlingar", "Requests for documents"),
                Label("Sekretesspröva texter och lämna ut en kopia.", "Review texts for secrecy and hand out a copy."),
                _supervises,
            ),
        ),
    ),
    Group(
        Label("Planera", "Plan"),
        (
            Place(
                "planning.index",
                "pledges",
                Label("Medborgarlöften", "Pledges and programmes"),
                Label(
                    "Perioder, åtaganden, mål, planer och avvikelser.",
                    "Periods, commitments, targets, plans and deviations.",
                ),
                _plans,
            ),
            Place(
                "districts.areas",
                "locate",
                Label("Kommundelar", "Areas"),
                Label("Byt namn, avsluta och ta bort.", "Rename, retire and delete."),
                _plans,
            ),
            Place(
                "responsibles.responsibles",
                "wrench",
                Label("Ansvariga", "Who is responsible"),
                Label("Vilka som åtgärdar iakttagelser, och länkar till dem.", "Who mends findings, and their links."),
                _keeps_responsibles,
            ),
            Place(
                "districts.thresholds",
                "pace",
                Label("Rusningstid och gränser", "Busy hours and thresholds"),
                Label("Vad som räknas som vältrafikerat och godkänt.", "What counts as busy and as qualified."),
                _plans,
            ),
        ),
    ),
    Group(
        Label("Ordning", "Order"),
        (
            Place(
                "people.accounts",
                "people",
                Label("Konton", "Accounts"),
                Label(
                    "Bjud in, placera, stäng och hjälp. Borttappade telefoner.",
                    "Invite, place, close and help. Lost phones.",
                ),
                _administrates,
            ),
            Place(
                "trail.index",
                "shield",
                Label("Granskningslogg", "Audit log"),
                Label("Vem som gjorde vad, när och från vilken enhet.", "Who did what, when and from which device."),
                _anybody,
            ),
            Place(
                "accounts.settings",
                "person",
                Label("Inställningar", "Settings"),
                Label("Dina inloggade enheter, språk och utseende.", "Your signed-in devices, language and looks."),
                _anybody,
            ),
        ),
    ),
)


def groups_for(by: Actor) -> list[Group]:
    """The places that somebody may go to; a group without any is left out."""
    shown = [group._replace(places=tuple(place for place in group.places if place.may(by))) for group in GROUPS]
    return [group for group in shown if group.places]
