"""What an entry yields in numbers, and what those numbers may depend on."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, Self

from fieldlog.labels import Label
from fieldlog.workdays import later_on_working_days

Answers = Mapping[str, Any]
Publicity = Literal["open", "period", "never"]


@dataclass(frozen=True)
class Rules:
    """The thresholds in force on one day. ``busy_hours`` are local [from, to) hours on weekdays.

    ``answer_on_working_days``: the hours within which a yes is answered stand still on days when offices are closed.
    """

    busy_hours: tuple[tuple[int, int], ...] = ((7, 9), (15, 18))
    venues_per_occasion: int = 5
    answer_within_hours: int = 24
    answer_on_working_days: bool = False

    def is_busy(self, begins: datetime) -> bool:
        """Whether work that begins at this local time lies in the busy hours."""
        return begins.weekday() < 5 and any(start <= begins.hour < end for start, end in self.busy_hours)

    def answer_by(self, said_at: datetime) -> datetime:
        """When the set time ends for a yes said at this moment, in UTC."""
        if self.answer_on_working_days:
            return later_on_working_days(said_at, self.answer_within_hours)
        return said_at.astimezone(UTC) + timedelta(hours=self.answer_within_hours)

    def put_into(self, words: Label) -> Label:
        """A declaration's words with the thresholds filled in: ``{venues}``."""
        return words.fill(venues=self.venues_per_occasion)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The rules as stored; a threshold that did not exist when they were stored has its default."""
        known = {field.name for field in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        if "busy_hours" in values:
            values["busy_hours"] = tuple((start, end) for start, end in values["busy_hours"])
        return cls(**values)


DEFAULTS = Rules()
"""The thresholds where no others were set."""


@dataclass(frozen=True)
class Circumstances:
    """What a measure may look at beside the answers.

    ``begins`` is when the work began, local time; ``linked_begins`` the same of the entry that this one is linked to;
    ``linked_here`` how many current entries are linked to this one.
    """

    begins: datetime
    organisations: frozenset[str]
    rules: Rules
    linked_begins: datetime | None = None
    linked_here: int = 0

    @property
    def in_time(self) -> bool:
        """Whether this work began within the set time after the work that it is linked to."""
        return self.linked_begins is not None and self.begins <= self.rules.answer_by(self.linked_begins)


Amount = Callable[[Answers, Circumstances], int | None]


@dataclass(frozen=True)
class Measure:
    """One number that an entry yields; None means not counted, which is never the same as zero.

    ``public`` says how far it may be published: ``open`` by day and area, ``period`` as one total, ``never``.
    ``otherwise`` tells why an entry with the amount 0 does not count, for measures that entries have to qualify for,
    with ``{venues}`` for the threshold in force.
    """

    name: str
    label: Label
    amount: Amount
    public: Publicity = "never"
    otherwise: Label | None = None


def one(_answers: Answers, _circumstances: Circumstances) -> int:
    """Every entry is one."""
    return 1


def share(part: str, whole: str, label: Label, public: Publicity) -> tuple[Measure, Measure]:
    """Two measures, ``part-of-whole`` and ``whole-for-part``: the counts from entries that have both.

    How many entries lack them is the leading measure's entries minus theirs.
    """

    def both(name: str) -> Amount:
        def amount(answers: Answers, _circumstances: Circumstances) -> int | None:
            return None if answers.get(part) is None or answers.get(whole) is None else answers[name]

        return amount

    return (
        Measure(f"{part}-of-{whole}", label, both(part), public),
        Measure(f"{whole}-for-{part}", label, both(whole), public),
    )
