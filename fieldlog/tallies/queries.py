"""Reading tallies."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.entries.queries import RulesByDay, is_current
from fieldlog.tallies.models import DayTally, HourTally, MonthTally

Hours = dict[str, dict[tuple[int, int], int]]
"""For each measure its sum by weekday (Monday is 0) and local hour."""


@dataclass(frozen=True)
class Amount:
    """A sum, and how many entries it is made of."""

    amount: int = 0
    entries: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(self.amount + other.amount, self.entries + other.entries)


@dataclass(frozen=True)
class _Row:
    day: date
    area: str
    value: Amount


class Figures:
    """The tallies of some measures over some days, loaded once and asked many times.

    Measures are written ``kind.measure``. Figures of months answer for whole months only.
    """

    def __init__(self, rows: dict[str, list[_Row]]) -> None:
        self._rows = rows

    def total(
        self,
        ref: str,
        first: date,
        last: date,
        *,
        areas: Collection[str] = (),
        weekdays: Collection[int] = (),
        months: Collection[int] = (),
    ) -> Amount:
        """The measure's sum from ``first`` to ``last``, limited to areas, weekdays (Monday is 0) and months (1–12)."""
        found = [
            row.value
            for row in self._between(ref, first, last)
            if (not areas or row.area in areas)
            and (not weekdays or row.day.weekday() in weekdays)
            and (not months or row.day.month in months)
        ]
        return Amount(sum(value.amount for value in found), sum(value.entries for value in found))

    def by_area(self, ref: str, first: date, last: date) -> dict[str, Amount]:
        """The sum for each area that has any; ``-`` is where no area was given."""
        sums: dict[str, Amount] = defaultdict(Amount)
        for row in self._between(ref, first, last):
            sums[row.area] += row.value
        return {area: value for area, value in sums.items() if value.entries}

    def by_month(self, ref: str, first: date, last: date) -> dict[date, Amount]:
        """The sum for each month that has any, by the month's first day."""
        sums: dict[date, Amount] = defaultdict(Amount)
        for row in self._between(ref, first, last):
            sums[row.day.replace(day=1)] += row.value
        return {month: value for month, value in sums.items() if value.entries}

    def days(self, refs: Collection[str]) -> list[date]:
        """The days, or the first days of the months, on which there is any of the measures."""
        return sorted({row.day for ref in refs for row in self._rows.get(ref, ())})

    def _between(self, ref: str, first: date, last: date) -> list[_Row]:
        return [row for row in self._rows.get(ref, ()) if first <= row.day <= last]


def figures(
    session: Session, municipality: str, first: date, last: date, refs: Collection[str], *, daily: bool = False
) -> Figures:
    """The tallies of ``refs`` from ``first`` to ``last``, by day or else by month, in one query."""
    table = DayTally if daily else MonthTally
    when = DayTally.day if daily else MonthTally.month
    since = first if daily else first.replace(day=1)
    wanted = [tuple(ref.split(".", 1)) for ref in refs]
    query = (
        select(table.kind, table.measure, when, table.area, func.sum(table.amount), func.sum(table.entries))
        .where(table.municipality == municipality, when.between(since, last))
        .where(table.kind.in_({kind for kind, _ in wanted}), tuple_(table.kind, table.measure).in_(wanted))
        .group_by(table.kind, table.measure, when, table.area)
    )
    rows: dict[str, list[_Row]] = defaultdict(list)
    for kind, measure, day, area, amount, entries in session.execute(query):
        rows[f"{kind}.{measure}"].append(_Row(day, area, Amount(int(amount), int(entries))))
    return Figures(rows)


def hours(session: Session, municipality: str, first: date, last: date, refs: Collection[str]) -> Hours:
    """The tallies of ``refs`` by weekday and hour, in the whole months from ``first``'s to ``last``'s, in one query."""
    wanted = [tuple(ref.split(".", 1)) for ref in refs]
    query = (
        select(HourTally.kind, HourTally.measure, HourTally.weekday, HourTally.hour, func.sum(HourTally.amount))
        .where(HourTally.municipality == municipality, HourTally.month.between(first.replace(day=1), last))
        .where(HourTally.kind.in_({kind for kind, _ in wanted}))
        .where(tuple_(HourTally.kind, HourTally.measure).in_(wanted))
        .group_by(HourTally.kind, HourTally.measure, HourTally.weekday, HourTally.hour)
    )
    found: Hours = defaultdict(dict)
    for kind, measure, weekday, hour, amount in session.execute(query):
        found[f"{kind}.{measure}"][weekday, hour] = int(amount)
    return found


def overdue(session: Session, rules: RulesByDay, municipality: str, first: date, last: date, *, now: datetime) -> int:
    """How many yeses to help from ``first`` to ``last`` still wait although their promised time has passed.

    Asked of the rows, since it changes with the clock and not with an entry; there are tens of them in a year.
    """
    query = (
        select(Entry.day, Entry.happened_at)
        .join(EntryAmount, EntryAmount.entry_id == Entry.id)
        .where(Entry.municipality == municipality, Entry.day.between(first, last), Entry.kind == "help-offer")
        .where(EntryAmount.measure == "unanswered", EntryAmount.amount > 0, is_current())
    )
    waiting = session.execute(query)
    return sum(now - began > timedelta(hours=rules.on(day).answer_within_hours) for day, began in waiting)
