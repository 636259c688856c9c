"""Reading tallies."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from fieldlog.entries.models import NO_AREA, Entry, EntryAmount
from fieldlog.entries.queries import is_current
from fieldlog.holding import Audience, Stretch, held_together
from fieldlog.kinds import KINDS
from fieldlog.periods import ONE_DAY, Span
from fieldlog.tallies.models import DayTally, HourTally, MonthTally, Tally

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

    @classmethod
    def of(cls, sums: Mapping[tuple[str, date, str], Amount]) -> Self:
        """The sums of measures by day (or a month's first day) and area."""
        rows: dict[str, list[_Row]] = defaultdict(list)
        for (ref, day, area), value in sums.items():
            rows[ref].append(_Row(day, area, value))
        return cls(rows)

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
        return {area: value for area, value in sums.items() if value.entries or value.amount}

    def by_month(self, ref: str, first: date, last: date) -> dict[date, Amount]:
        """The sum for each month that has any, by the month's first day."""
        sums: dict[date, Amount] = defaultdict(Amount)
        for row in self._between(ref, first, last):
            sums[row.day.replace(day=1)] += row.value
        return {month: value for month, value in sums.items() if value.entries or value.amount}

    def days(self, refs: Collection[str]) -> list[date]:
        """The days, or the first days of the months, on which there is any of the measures."""
        return sorted({row.day for ref in refs for row in self._rows.get(ref, ())})

    def _between(self, ref: str, first: date, last: date) -> list[_Row]:
        return [row for row in self._rows.get(ref, ()) if first <= row.day <= last]


def figures(
    session: Session,
    municipality: str,
    first: date,
    last: date,
    refs: Collection[str],
    *,
    daily: bool = False,
    to: Audience | None = None,
) -> Figures:
    """The tallies of ``refs`` from ``first`` to ``last``, by day or else by month, in one query.

    By month, the days before and after the whole months are one sum each, as if all were of their first day. What is
    held together is told ``to`` others than its readers as stretches of months without an area, each with its last
    day; and not at all when nobody is named.
    """
    span = Span(first, last)
    held = {ref for ref in refs if KINDS[ref.partition(".")[0]].is_held_from(to and to.organisation)}
    refs = [ref for ref in refs if ref not in held]
    months = Span(first, first - ONE_DAY) if daily else span.whole_months
    selects = [_by_area(MonthTally, MonthTally.month, municipality, refs, [months])] if months and refs else []
    days = span.without(months) if refs else []
    if daily and days:
        selects.append(_by_area(DayTally, DayTally.day, municipality, refs, days))
    else:
        selects += [_by_area(DayTally, DayTally.day, municipality, refs, [part], told_as=part.first) for part in days]
    rows: dict[str, list[_Row]] = defaultdict(list)
    found: Any = session.execute(union_all(*selects)) if selects else ()
    for kind, measure, day, area, amount, entries in found:
        rows[f"{kind}.{measure}"].append(_Row(day, area, Amount(int(amount), int(entries))))
    for ref, stretch in stretches(session, municipality, held, to) if held and to else ():
        rows[ref].append(_Row(stretch.span.last, NO_AREA, Amount(stretch.amount)))
    return Figures(rows)


def stretches(session: Session, municipality: str, refs: Collection[str], to: Audience) -> list[tuple[str, Stretch]]:
    """All that ``to`` is told of measures that are held together, each in stretches of months.

    Where one ends depends on all that was before it, whatever days are asked for.
    """
    table, sums, found = MonthTally, (func.sum(MonthTally.amount), func.sum(MonthTally.entries)), []
    for kind in (KINDS[slug] for slug in sorted({ref.partition(".")[0] for ref in refs})):
        query = select(table.month, table.measure, *sums).group_by(table.month, table.measure)
        query = query.where(table.municipality == municipality, table.kind == kind.slug, table.month < to.settled)
        months: dict[date, dict[str, tuple[int, int]]] = defaultdict(dict)
        for month, measure, amount, entries in session.execute(query):
            months[month][measure] = int(amount), int(entries)
        found += [
            (f"{kind.slug}.{one.measure}", one) for one in held_together(months, next(iter(kind.measures)), kind.flags)
        ]
    return [(ref, stretch) for ref, stretch in found if ref in refs]


def _by_area(
    table: type[DayTally | MonthTally],
    when: InstrumentedAttribute[date],
    municipality: str,
    refs: Collection[str],
    spans: Collection[Span],
    *,
    told_as: date | None = None,
) -> Select[str, str, date, str, int, int]:
    """The sums of each day or month, or of all of them under one date."""
    day = literal(told_as, Date) if told_as else when
    return (
        select(table.kind, table.measure, day, table.area, func.sum(table.amount), func.sum(table.entries))
        .where(table.municipality == municipality, within(when, spans), is_one_of(table, refs))
        .group_by(table.kind, table.measure, table.area, *(() if told_as else (when,)))
    )


def is_one_of(table: type[Tally], refs: Collection[str]) -> ColumnElement[bool]:
    """The condition that a row holds one of the measures."""
    wanted = [tuple(ref.split(".", 1)) for ref in refs]
    kinds, names = {kind for kind, _ in wanted}, {name for _, name in wanted}
    # The names alone leave most rows out, for a third of what it takes to look up the pair.
    return and_(table.kind.in_(kinds), table.measure.in_(names), tuple_(table.kind, table.measure).in_(wanted))


def within(day: InstrumentedAttribute[date], spans: Collection[Span]) -> ColumnElement[bool]:
    """The condition that a day lies in one of the spans; there is at least one."""
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    # Without the range that holds them all, a database would pass over every day there is.
    return and_(day.between(first, last), or_(*(day.between(span.first, span.last) for span in spans)))


def hours(session: Session, municipality: str, first: date, last: date, refs: Collection[str]) -> Hours:
    """The tallies of ``refs`` by weekday and hour, in the whole months from ``first``'s to ``last``'s, in one query."""
    query = (
        select(HourTally.kind, HourTally.measure, HourTally.weekday, HourTally.hour, func.sum(HourTally.amount))
        .where(HourTally.municipality == municipality, HourTally.month.between(first.replace(day=1), last))
        .where(is_one_of(HourTally, refs))
        .group_by(HourTally.kind, HourTally.measure, HourTally.weekday, HourTally.hour)
    )
    found: Hours = defaultdict(dict)
    for kind, measure, weekday, hour, amount in session.execute(query):
        found[f"{kind}.{measure}"][weekday, hour] = int(amount)
    return found


def hours_on(session: Session, municipality: str, span: Span, ref: str) -> dict[tuple[int, int], int]:
    """One measure's sum by weekday and hour on the days of the span: of whole months from the tallies, else from rows.

    Not for kinds that count on another entry's day.
    """
    months, (kind, measure) = span.whole_months, ref.split(".", 1)
    parts: list[Select[int, date, int, int]] = []
    if days := span.without(months):
        parts.append(
            select(literal(0), EntryAmount.day, EntryAmount.hour, func.sum(EntryAmount.amount))
            .join(Entry, EntryAmount.entry_id == Entry.id)
            .where(Entry.municipality == municipality, within(Entry.day, days), Entry.kind == kind)
            .where(EntryAmount.measure == measure, is_current())
            .group_by(EntryAmount.day, EntryAmount.hour)
        )
    if months:
        parts.append(
            select(HourTally.weekday, cast(null(), Date), HourTally.hour, func.sum(HourTally.amount))
            .where(HourTally.municipality == municipality, HourTally.kind == kind, HourTally.measure == measure)
            .where(HourTally.month.between(months.first, months.last))
            .group_by(HourTally.weekday, HourTally.hour)
        )
    found = Counter[tuple[int, int]]()
    for weekday, day, hour, amount in session.execute(union_all(*parts)):
        found[day.weekday() if day else weekday, hour] += int(amount)
    return found
