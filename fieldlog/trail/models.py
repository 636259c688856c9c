"""What the audit log's page shows: what each event is called, and an event as its reader may know it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from fieldlog.actors import Role
from fieldlog.audit.queries import CHECKED
from fieldlog.labels import Label
from fieldlog.logbook.models import Pair

ABOUT_ENTRIES = {
    "entry-logged": Label("Aktivitet loggad", "Entry logged"),
    "entry-corrected": Label("Aktivitet rättad", "Entry corrected"),
    "entry-voided": Label("Aktivitet makulerad", "Entry voided"),
    "entry-redacted": Label("Text maskerad", "Text redacted"),
}
ABOUT_THE_HOUSE = {
    "account-added": Label("Konto tillagt", "Account added"),
    "account-disabled": Label("Konto stängt", "Account closed"),
    "password-changed": Label("Nytt lösenord", "New password"),
    "signed-in": Label("Inloggning", "Signed in"),
    "sign-in-refused": Label("Inloggning nekad", "Sign-in refused"),
    "signed-out": Label("Utloggning", "Signed out"),
    "outbox-imported": Label("Utkorg inläst", "Outbox imported"),
    "programme-loaded": Label("Medborgarlöfte inläst", "Programme loaded"),
    "rule-changed": Label("Räkneregel ändrad", "Counting rule changed"),
    "rules-changed": Label("Gränsvärden ändrade", "Thresholds changed"),
    "dates-planned": Label("Datum planerade", "Dates planned"),
    "months-planned": Label("Månadsplan ändrad", "Monthly plan changed"),
    "practice-work-added": Label("Övningsdata tillagda", "Practice work added"),
    "database-restored": Label("Säkerhetskopia återlagd", "Backup restored"),
    "epoch-begun": Label("Telefonerna skickar igen", "Phones send again"),
    CHECKED: Label("Loggen kontrollerad", "Log checked"),
}
DETAILS = {
    "organisation": Label("Organisation", "Organisation"),
    "role": Label("Roll", "Role"),
    "unit": Label("Enhet", "Unit"),
    "valid_from": Label("Gäller från", "Valid from"),
    "dates": Label("Antal datum", "Number of dates"),
    "planned": Label("Planerat antal", "Planned number"),
    "example": Label("Exempel", "Example"),
    "places": Label("Förseglade händelser", "Sealed events"),
    "faults": Label("Fel", "Faults"),
}


def actions_for(role: Role) -> Mapping[str, Label]:
    """The events that somebody may be shown: administrators never those about entries, others only those."""
    return ABOUT_THE_HOUSE if role == Role.ADMINISTRATOR else ABOUT_ENTRIES


class Search(NamedTuple):
    """Which events are looked for: days, and what is empty leaves nothing out."""

    first: date
    last: date
    person: str = ""
    action: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Happening:
    """One event: what was done, by whom, from which device, to what (``entry`` where that has a page), what changed."""

    at: datetime
    what: Label
    who: Label
    device: str
    subject: Label
    entry: UUID | None
    reason: Label | None
    details: Sequence[tuple[Label, Label]]
    changes: Sequence[Pair]
