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
    "photo-added": Label("Bild tillagd", "Photo added"),
    "photo-removed": Label("Bild borttagen", "Photo removed"),
    "review-seen": Label("Granskad", "Reviewed"),
    "review-different": Label("Två olika aktiviteter", "Two different entries"),
    "review-merged": Label("Aktiviteter sammanslagna", "Entries merged"),
    "occasion-planned": Label("Tillfälle planerat", "Occasion planned"),
    "occasion-changed": Label("Tillfälle ändrat", "Occasion changed"),
    "occasion-cancelled": Label("Tillfälle inställt", "Occasion cancelled"),
    "days-reviewed": Label("Dagar granskade", "Days reviewed"),
    "code-found": Label("Kod sökt", "Code looked up"),
    "code-unknown": Label("Okänd kod godtagen efter återläsning", "Unknown code taken after a restore"),
    "code-not-found": Label("Kod sökt, fanns inte", "Code looked up, not found"),
    "finding-changed": Label("Iakttagelse uppdaterad", "Finding updated"),
    "finding-answered": Label("Svar om iakttagelse genom länk", "Answer about a finding through a link"),
    "responsible-added": Label("Ansvarig tillagd", "Responsible added"),
    "responsible-renamed": Label("Ansvarig omdöpt", "Responsible renamed"),
    "responsible-retired": Label("Ansvarig ur bruk eller åter", "Responsible retired or back"),
    "responsible-linked": Label("Länk till ansvarig skapad", "Link for a responsible made"),
    "responsible-unlinked": Label("Länk till ansvarig återkallad", "Link for a responsible revoked"),
    "rows-exported": Label("Export", "Export"),
    "request-opened": Label("Begäran om handlingar", "Request for documents"),
    "texts-reviewed": Label("Texter sekretessprövade", "Texts reviewed for secrecy"),
    "documents-disclosed": Label("Handlingar utlämnade", "Documents disclosed"),
}
THROUGH_LINKS = ("finding-answered",)
"""Done by nobody with an account: everybody is shown them who reads the entry."""
ABOUT_THE_PROGRAMME = {
    "programme-loaded": Label("Medborgarlöfte inläst", "Programme loaded"),
    "programme-edited": Label("Medborgarlöfte ändrat", "Programme changed"),
    "pledge-edited": Label("Löfte ändrat", "Pledge changed"),
    "period-changed": Label("Period ändrad", "Period changed"),
    "pledge-added": Label("Löfte tillagt", "Pledge added"),
    "focus-area-added": Label("Fokusområde tillagt", "Focus area added"),
    "focus-area-taken-out": Label("Fokusområde avslutat", "Focus area ended"),
    "focus-area-kept": Label("Fokusområde kvar perioden ut", "Focus area kept to the end"),
    "commitment-added": Label("Åtagande tillagt", "Commitment added"),
    "commitment-taken-out": Label("Åtagande avslutat", "Commitment ended"),
    "commitment-kept": Label("Åtagande kvar perioden ut", "Commitment kept to the end"),
    "commitment-edited": Label("Åtagande ändrat", "Commitment changed"),
    "rule-changed": Label("Räkneregel ändrad", "Counting rule changed"),
    "rules-changed": Label("Gränsvärden ändrade", "Thresholds changed"),
    "plan-changed": Label("Plan ändrad", "Plan changed"),
    "deviation-noted": Label("Avvikelse beskriven", "Deviation told"),
    "deviation-withdrawn": Label("Avvikelse borttagen", "Deviation withdrawn"),
    "commitment-held": Label("Åtagande innehållet", "Commitment held back"),
    "commitment-shown": Label("Åtagande visas igen", "Commitment shown again"),
    "post-published": Label("Nyhet publicerad", "News published"),
    "post-withdrawn": Label("Nyhet borttagen", "News withdrawn"),
    "area-renamed": Label("Kommundel omdöpt", "Area renamed"),
    "area-retired": Label("Kommundel avslutad", "Area retired"),
    "area-deleted": Label("Kommundel borttagen", "Area deleted"),
}
ABOUT_THE_HOUSE = {
    "account-added": Label("Konto tillagt", "Account added"),
    "account-disabled": Label("Konto stängt", "Account closed"),
    "account-enabled": Label("Konto öppnat igen", "Account opened again"),
    "account-placed": Label("Konto flyttat", "Account placed"),
    "link-made": Label("Länk skapad", "Link made"),
    "link-revoked": Label("Länk återkallad", "Link revoked"),
    "summary-sent": Label("Dagens sammanfattning skickad", "Daily summary sent"),
    "summary-chosen": Label("Dagens sammanfattning vald", "Daily summary chosen"),
    "reminders-chosen": Label("Påminnelser valda", "Reminders chosen"),
    "password-changed": Label("Nytt lösenord", "New password"),
    "signed-in": Label("Inloggning", "Signed in"),
    "sign-in-refused": Label("Inloggning nekad", "Sign-in refused"),
    "signed-out": Label("Utloggning", "Signed out"),
    "outbox-imported": Label("Utkorg inläst", "Outbox imported"),
    "entries-removed": Label("Rader borttagna efter beslut", "Rows removed by decision"),
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
    "first_day": Label("Första dagen", "First day"),
    "last_day": Label("Sista dagen", "Last day"),
    "first_day_was": Label("Första dagen före", "First day before"),
    "last_day_was": Label("Sista dagen före", "Last day before"),
    "decision": Label("Beslut", "Decision"),
    "number": Label("Diarienummer", "Registry number"),
    "rows": Label("Rader", "Rows"),
    "entries": Label("Aktiviteter", "Entries"),
    "planned": Label("Planerat antal", "Planned number"),
    "example": Label("Exempel", "Example"),
    "places": Label("Förseglade händelser", "Sealed events"),
    "faults": Label("Fel", "Faults"),
    "decided": Label("Beslutat", "Decided"),
    "retired_from": Label("Ur bruk från", "Out of use from"),
    "retired": Label("Ur bruk", "Out of use"),
    "day": Label("Dag", "Day"),
    "days": Label("Dagar", "Days"),
    "dates": Label("Planerade datum", "Planned dates"),
    "months": Label("Planerat i månaderna", "Planned in the months"),
    "way": Label("Sätt", "Way"),
    "on": Label("Påslaget", "Turned on"),
    "language": Label("Språk", "Language"),
    "email": Label("E-post", "Email"),
    "link": Label("Länk", "Link"),
    "kinds": Label("Typer", "Kinds"),
    "texts": Label("Texter", "Texts"),
    "shown": Label("Texter visade", "Texts shown"),
    "released": Label("Texter lämnade ut", "Texts released"),
    "kept": Label("Rader kvar", "Rows kept"),
    "removed": Label("Versioner borttagna", "Versions removed"),
}


FIELDS = DETAILS | {
    "name": Label("Namn", "Name"),
    "name_en": Label("Namn (engelska)", "Name (English)"),
    "title": Label("Rubrik", "Title"),
    "title_en": Label("Rubrik (engelska)", "Title (English)"),
    "background": Label("Bakgrund", "Background"),
    "background_en": Label("Bakgrund (engelska)", "Background (English)"),
    "promise": Label("Löfte", "Promise"),
    "promise_en": Label("Löfte (engelska)", "Promise (English)"),
    "text": Label("Text", "Text"),
    "text_en": Label("Text (engelska)", "Text (English)"),
    "promised_by": Label("Lovat av", "Promised by"),
    "focus": Label("Fokusområden", "Focus areas"),
    "decided_on": Label("Beslutsdag", "Day of the decision"),
    "registry_number": Label("Diarienummer", "Registry number"),
    "rule": Label("Räkneregel", "Counting rule"),
    "rule_en": Label("Räkneregel (engelska)", "Counting rule (English)"),
    "busy_hours": Label("Rusningstider", "Busy hours"),
    "venues_per_occasion": Label("Minst så många ställen vid en tillsyn", "Venues that an inspection needs"),
    "answer_within_hours": Label("Timmar till kontakt efter ett ja", "Hours to contact after a yes"),
    "answer_on_working_days": Label("Timmarna går bara vardagar", "The hours run on working days only"),
}
"""What is changed, where both sides are told."""


def actions_for(role: Role) -> dict[str, Label]:
    """The events that somebody may be shown: about entries never to administrators, about accounts to nobody else."""
    return ABOUT_THE_PROGRAMME | (ABOUT_THE_HOUSE if role == Role.ADMINISTRATOR else ABOUT_ENTRIES)


class Search(NamedTuple):
    """Which events are looked for: days, and what is empty leaves nothing out."""

    first: date
    last: date
    person: str = ""
    action: str = ""
    subject: str = ""


@dataclass(frozen=True)
class Happening:
    """One event: what was done, by whom, from which device, to what, what changed.

    ``entries`` are those that it is about, with what each is: they have pages.
    """

    at: datetime
    what: Label
    who: Label
    device: str
    subject: Label
    entries: Mapping[UUID, Label]
    reason: Label | None
    details: Sequence[tuple[Label, Label]]
    changes: Sequence[Pair]
