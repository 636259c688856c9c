"""The values that come out of a target's arithmetic, and what goes into it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from fieldlog.counting.models import ANY, Limit, Rule, Value
from fieldlog.labels import Label, WrongValueError
from fieldlog.measures import DEFAULTS, Rules
from fieldlog.periods import ONE_DAY, Span
from fieldlog.tallies.queries import Amount, Figures


class State(StrEnum):
    """Where a commitment stands."""

    FULFILLED = "fulfilled"
    ON_TRACK = "on-track"
    BEHIND = "behind"
    NOT_STARTED = "not-started"
    ONGOING = "ongoing"
    NOT_FULFILLED = "not-fulfilled"

    @property
    def label(self) -> Label:
        return _STATES[self]


_STATES = {
    State.FULFILLED: Label("Uppfyllt", "Fulfilled"),
    State.ON_TRACK: Label("I fas", "On track"),
    State.BEHIND: Label("Ligger efter", "Behind"),
    State.NOT_STARTED: Label("Ej påbörjat", "Not started"),
    State.ONGOING: Label("Pågår", "Under way"),
    State.NOT_FULFILLED: Label("Ej uppfyllt", "Not fulfilled"),
}


SO_MANY = Label("{n} {noun}", "{n} {noun}")
PART_OF = Label("{part} av {whole} {noun}", "{part} of {whole} {noun}")


def written(amount: int) -> str:
    """A number as it stands in a text: 1234 as 1 234, with a space that does not break."""
    return f"{amount:,}".replace(",", "\u202f")


@dataclass(frozen=True)
class Progress:
    """How far one target has come.

    ``target`` is what is needed and ``upto`` a range's end; ``whole`` is a share's denominator; ``expected`` what
    should be done by now, None when nothing says. ``lacking`` entries lack what a share needs, as ``lacking_words``
    tells. ``is_small``: a share of so few has no percentage. ``share_done`` and ``share_expected`` are 0–1, for the
    bar.
    """

    done: int
    state: State
    noun: Label
    words: Label
    target: int | None = None
    upto: int | None = None
    whole: int | None = None
    expected: int | None = None
    lacking: int = 0
    lacking_words: Label | None = None
    is_small: bool = False
    share_done: float = 0.0
    share_expected: float | None = None


@dataclass(frozen=True)
class Beside:
    """A number shown beside a tally, such as 9 "vid skola"; with a ``whole``, 3 of it."""

    label: Label
    amount: int
    whole: int | None = None

    @property
    def words(self) -> Label:
        if self.whole is None:
            return SO_MANY.fill(n=written(self.amount), noun=self.label)
        return PART_OF.fill(part=written(self.amount), whole=written(self.whole), noun=self.label)


Refs = Callable[[Rule], tuple[str, ...]]


@dataclass(frozen=True)
class Version:
    """A commitment's rule, in force from a day on."""

    valid_from: date
    rule: Rule


TWICE = Label("Varje månad och dag planeras en gång.", "each month and each day is planned once")


class MonthAmount(Value):
    """How many are planned in a month, named by its first day."""

    month: date
    amount: Annotated[int, Field(ge=0, le=99_999)]


class Plan(Value):
    """How a commitment's work is planned: on which days, or so many in each month. Internal, never published."""

    dates: tuple[date, ...] = ()
    months: tuple[MonthAmount, ...] = ()

    @classmethod
    def from_json(cls, stored: object) -> Self:
        """The plan as stored or as written in a file. Raises pydantic's ValidationError, a ValueError."""
        return cls.model_validate(stored)

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        months = [item.month for item in self.months]
        if any(month.day != 1 for month in months) or any(len(set(days)) < len(days) for days in (months, self.dates)):
            raise WrongValueError(TWICE)
        return self


@dataclass(frozen=True)
class Basis:
    """All that one commitment is judged by, as of ``day``.

    ``versions`` stand in the order of their days; ``plan`` is keyed by each month's first day; ``overdue`` are
    the days of yeses that have waited longer for an answer than the ``thresholds``, those of the day, allow. ``since``
    is given when the commitment joined its programme later, and ``until`` when it left: it stands ever after as it did
    on that day.
    """

    period: Span
    day: date
    versions: tuple[Version, ...]
    figures: Figures
    dates: tuple[date, ...] = ()
    plan: Mapping[date, int] = field(default_factory=dict)
    overdue: tuple[date, ...] = ()
    thresholds: Rules = DEFAULTS
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.until and self.until < self.day:
            object.__setattr__(self, "day", self.until)

    @property
    def rule(self) -> Rule:
        """The rule in force on the day, or on the period's last day when that is past."""
        return self.rule_on(min(self.day, self.period.last))

    @property
    def is_over(self) -> bool:
        return self.day > self.period.last

    def rule_on(self, day: date) -> Rule:
        """The rule in force on a day; before the first version, the first."""
        return next((version.rule for version in reversed(self.versions) if version.valid_from <= day), self.first)

    @property
    def first(self) -> Rule:
        return self.versions[0].rule

    def stretches(self, span: Span) -> list[tuple[Rule, Span]]:
        """The span in pieces, each with the rule that was in force on its days."""
        starts = [span.first, *(version.valid_from for version in self.versions if version.valid_from > span.first)]
        ends = [*(start - ONE_DAY for start in starts[1:]), span.last]
        pieces = [Span(start, min(end, span.last)) for start, end in zip(starts, ends, strict=True)]
        return [(self.rule_on(piece.first), piece) for piece in pieces if piece]

    def count(self, span: Span, within: Limit = ANY, refs: Refs = lambda rule: rule.counts) -> Amount:
        """The sum of the measures, each day by the rule in force on it; nothing after the day that it is."""
        found = Amount()
        for rule, days in self.stretches(span.until(self.day)):
            if not rule.limit.overlaps(within):
                continue
            limit = rule.limit.narrow(within)
            for ref in refs(rule):
                found += self.figures.total(
                    ref, days.first, days.last, areas=limit.areas, weekdays=limit.weekdays, months=limit.months
                )
        return found
