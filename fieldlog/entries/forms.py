"""What somebody wants to log, and whether it can be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from fieldlog.actors import Organisation
from fieldlog.clock import local_day
from fieldlog.entries.models import NO_AREA
from fieldlog.fields import Choice, Text, WrongAnswerError, options
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

AHEAD = timedelta(minutes=10)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

UNKNOWN_KIND = Label("Den typen av aktivitet finns inte.", "There is no such kind.")
NOT_YOUR_KIND = Label("{kind} loggas inte av {organisation}.", "{kind} is not logged by {organisation}.")
NOTHING_TO_VOID = Label("Ange vilken aktivitet som makuleras.", "Say which entry is voided.")
RETIRED = Label("{kind} loggas inte längre.", "{kind} is no longer logged.")
UNKNOWN_AREA = Label("Välj en kommundel i listan.", "Choose an area from the list.")
IN_THE_FUTURE = Label(
    "Tiden ligger framåt. Ange när arbetet började.", "That is in the future. Say when the work began."
)
TOO_LONG_AGO = Label("Det är för länge sedan. Ange när arbetet började.", "Too long ago. Say when the work began.")
TOO_EARLY = Label(
    "Dagen ligger före medborgarlöftets början, {day}.", "That day is before the beginning of the pledge, {day}."
)

REASONS = options(
    wrong_count=("Fel antal", "Wrong count"),
    wrong_place=("Fel plats", "Wrong place"),
    wrong_time=("Fel tid", "Wrong time"),
    duplicate=("Dubbel", "Duplicate"),
    other=("Annat", "Other"),
)
UNDONE = ("undone", Label("Ångrad", "Undone"))
REASON = Choice(name="reason", label=Label("Varför?", "Why?"), options=(*REASONS, UNDONE), required=True)
EXPLANATION = Text(name="explanation", label=Label("Förklaring", "Explanation"), most=200)
TIME, AREA = Label("Tid", "Time"), Label("Kommundel", "Area")
ABOUT = {"happened_at": TIME, "area": AREA, "reason": REASON.label, "explanation": EXPLANATION.label}
"""What the parts of an item are called that are no answers of its kind."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry as it was sent: the client made its id, nothing else is believed yet.

    ``untouched_now`` says that the time was left at "Nu". An item with ``replaces`` corrects that version, or voids it.
    """

    id: UUID
    kind: str
    happened_at: datetime
    saved_at: datetime
    untouched_now: bool = False
    area: str = NO_AREA
    answers: Mapping[str, Any] = field(default_factory=dict)
    replaces: UUID | None = None
    void: bool = False
    reason: str | None = None
    explanation: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The item as the phone sent it."""
        sent = {name: value for name, value in vars(self).items() if value is not None}
        times = {"happened_at": self.happened_at.isoformat(), "saved_at": self.saved_at.isoformat()}
        ids = {"id": str(self.id)} | ({"replaces": str(self.replaces)} if self.replaces else {})
        return sent | times | ids | {"answers": dict(self.answers)}


class RefusedError(Exception):
    """An item that cannot be logged, with the reasons by field."""

    def __init__(self, reasons: Mapping[str, Label]) -> None:
        super().__init__(", ".join(f"{name}: {reason.en}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)


@dataclass(frozen=True)
class Limits:
    """What an item is held against: the municipality's areas, and the first day that may be logged."""

    areas: Collection[str]
    first_day: date | None


def check(item: Item, organisation: Organisation, limits: Limits, now: datetime) -> dict[str, Any]:
    """The answers as they are stored, for work by ``organisation``. Raises RefusedError with every reason at once."""
    kind = KINDS.get(item.kind)
    if kind is None:
        raise RefusedError({"kind": UNKNOWN_KIND})
    kept, wrong = checked_answers(kind, item, organisation)
    if organisation not in kind.logged_by:
        wrong["kind"] = NOT_YOUR_KIND.fill(kind=kind.label, organisation=organisation.label)
    if item.void and item.replaces is None:
        wrong["replaces"] = NOTHING_TO_VOID
    if kind.is_retired and item.replaces is None:
        wrong["kind"] = RETIRED.fill(kind=kind.label)
    if item.area != NO_AREA and item.area not in limits.areas:
        wrong["area"] = UNKNOWN_AREA
    if item.happened_at > now + AHEAD:
        wrong["happened_at"] = IN_THE_FUTURE
    elif item.happened_at < LONG_AGO:
        wrong["happened_at"] = TOO_LONG_AGO
    elif limits.first_day and local_day(item.happened_at) < limits.first_day:
        wrong["happened_at"] = TOO_EARLY.fill(day=limits.first_day)
    if wrong:
        raise RefusedError(wrong)
    return kept


def check_reason(item: Item) -> tuple[str, str | None]:
    """Why the item replaces another, and in which words. Raises RefusedError."""
    wrong, kept = {}, {}
    for part, value in ((REASON, item.reason), (EXPLANATION, item.explanation)):
        try:
            kept[part.name] = part.check(value)
        except WrongAnswerError as error:
            wrong[part.name] = error.reason
    if wrong:
        raise RefusedError(wrong)
    return kept["reason"], kept["explanation"]


def checked_answers(kind: Kind, item: Item, organisation: str) -> tuple[dict[str, Any], dict[str, Label]]:
    """The answers as they are stored and what is wrong with them; who logs was always one of those who took part."""
    joint = item.answers.get("organisations") or []
    if "organisations" not in kind.fields or not isinstance(joint, list):
        return kind.check(item.answers)
    return kind.check({**item.answers, "organisations": [*joint, str(organisation)]})
