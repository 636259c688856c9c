"""What somebody wants to log, and whether it can be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.entries.models import NO_AREA
from fieldlog.fields import Choice, Text, WrongAnswerError, options
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

AHEAD = timedelta(minutes=10)
CLOCK_TOLERANCE = timedelta(minutes=2)
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
TIME, AREA, CODE = Label("Tid", "Time"), Label("Kommundel", "Area"), Label("Kod", "Code")
ABOUT = {"happened_at": TIME, "area": AREA, "reason": REASON.label, "explanation": EXPLANATION.label, "code": CODE}
"""What the parts of an item are called that are no answers of its kind."""
LACKING = Label(
    "Servern har inte den aktivitet som den här hör till. Loggades den i en annan telefon: öppna fieldlog där, och "
    "spara sedan här igen. Annars: logga på nytt, och ta bort den här.",
    "The server does not have the entry that this one belongs to. If it was logged on another phone: open fieldlog "
    "there, then save here again. Otherwise: log it anew, and remove this one.",
)


@dataclass(frozen=True, kw_only=True)
class Item:
    """One entry as it was sent: the client made its id, nothing else is believed yet.

    ``untouched_now`` says that the time was left at "Nu" on the page from which it is sent; ``skew`` is how far the
    sender's clock is behind ours. An item with ``replaces`` corrects that version, or voids it; ``merged_into`` is the
    entry that a voided one is merged into. ``code`` is what was written on the form of a yes to help.
    """

    id: UUID
    kind: str
    happened_at: datetime
    saved_at: datetime
    untouched_now: bool = False
    skew: timedelta = timedelta()
    area: str = NO_AREA
    answers: Mapping[str, Any] = field(default_factory=dict)
    replaces: UUID | None = None
    void: bool = False
    reason: str | None = None
    explanation: str | None = None
    merged_into: UUID | None = None
    code: str | None = None

    @property
    def link(self) -> UUID | None:
        """The entry that the item says it is linked to, before anything of it was checked."""
        kind = KINDS.get(self.kind)
        try:
            return UUID(self.answers.get(kind.link.name)) if kind and kind.link else None
        except (ValueError, AttributeError, TypeError):
            return None

    @property
    def stands_alone(self) -> bool:
        """Whether the item names no other entry."""
        return self.replaces is None and self.link is None

    def to_json(self) -> dict[str, Any]:
        """The item as the phone sent it."""
        sent = {name: value for name, value in vars(self).items() if value is not None and name != "skew"}
        times = {"happened_at": self.happened_at.isoformat(), "saved_at": self.saved_at.isoformat()}
        named = {"id": self.id, "replaces": self.replaces, "merged_into": self.merged_into}
        ids = {name: str(value) for name, value in named.items() if value}
        return sent | times | ids | {"answers": dict(self.answers)}


class RefusedError(Exception):
    """An item that cannot be logged, with the reasons by field."""

    def __init__(self, reasons: Mapping[str, Label]) -> None:
        super().__init__(", ".join(f"{name}: {reason.en}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)


class WaitingError(Exception):
    """The item needs another entry that has not come yet; ``name`` is the field that names it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.reasons = {name: LACKING}


@dataclass(frozen=True)
class Limits:
    """What an item is held against: the municipality's areas, and the first day that may be logged.

    What came in before ``public_until`` is public: nothing comes in before it any more.
    """

    areas: Collection[str]
    first_day: date | None
    public_until: datetime | None


@dataclass(frozen=True, eq=False)
class Sent:
    """An item, by whom it was sent, when it came, and what it is held against."""

    item: Item
    by: Actor
    now: datetime
    limits: Limits

    @property
    def received_at(self) -> datetime:
        """When it came in, never on a day that was published: by a slow way or a clock set back it would seem to."""
        return max(self.now, self.limits.public_until or self.now)


def held(item: Item, limits: Limits, now: datetime) -> tuple[datetime, bool]:
    """When we hold that the work began, and whether that is doubtful.

    A clock that is right is believed. One that is wrong is made up for where the time was left at "Nu"; any other time
    of it is doubtful. A time that only a wrong clock can have given is held to be now.
    """
    moment, is_doubtful = item.happened_at, abs(item.skew) > CLOCK_TOLERANCE
    if is_doubtful and item.untouched_now:
        moment, is_doubtful = _shifted(moment, item.skew), False
    by_clock = item.untouched_now or item.happened_at == item.saved_at
    if moment > now + AHEAD:
        return (now, True) if by_clock or is_doubtful else (moment, False)
    if is_doubtful and _too_early(moment, limits) and not _too_early(_shifted(moment, item.skew), limits):
        return now, True
    return moment, is_doubtful


def check(
    item: Item, happened_at: datetime, organisation: Organisation, limits: Limits, now: datetime
) -> dict[str, Any]:
    """The answers as they are stored, for work by ``organisation`` that is held to have begun at ``happened_at``.

    Raises RefusedError with every reason at once.
    """
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
    if happened_at > now + AHEAD:
        wrong["happened_at"] = IN_THE_FUTURE
    elif early := _too_early(happened_at, limits):
        wrong["happened_at"] = early
    if wrong:
        raise RefusedError(wrong)
    return kept


def _shifted(moment: datetime, skew: timedelta) -> datetime:
    """The moment by our clock; itself when a clock is so wrong that there is no such moment."""
    try:
        return moment + skew
    except OverflowError:
        return moment


def _too_early(moment: datetime, limits: Limits) -> Label | None:
    if moment < LONG_AGO:
        return TOO_LONG_AGO
    if limits.first_day and local_day(moment) < limits.first_day:
        return TOO_EARLY.fill(day=limits.first_day)
    return None


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
