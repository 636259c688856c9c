"""Reading a commitment's spread from its figures."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace
from fieldlog.counting.models import Aside, Limit, Rule
from fieldlog.kinds import KINDS, measure
from fieldlog.labels import Label
from fieldlog.measures import Publicity
from fieldlog.periods import Span, Window, window_of
from fieldlog.tallies.models import DayTally, MonthTally
from fieldlog.tallies.queries import Hours, is_one_of, within
from fieldlog.targets.models import Basis, Beside

NO_AREA = "-"
STEP = 2
NOW_IN = {
    Window.WEEK: Label("hittills den här veckan", "so far this week"),
    Window.MONTH: Label("hittills den här månaden", "so far this month"),
    Window.TERM: Label("hittills den här terminen", "so far this term"),
}
BEFORE = Label("före löftet", "before the promise")
TOO_LATE = Label("efter sista dagen", "after the last day")


def publicity(refs: Collection[str]) -> Publicity:
    """How far a number that is made of these measures may be told: as far as the strictest of them."""
    found = {measure(ref).public for ref in refs}
    return "never" if "never" in found else "period" if "period" in found else "open"


def is_open(rule: Rule) -> bool:
    """Whether all that the rule counts may be told by area and month."""
    return publicity(rule.counts) == "open"


def beside(basis: Basis) -> tuple[Beside, ...]:
    """The numbers beside the tally: those of the target first, then those that the rule names."""
    return (*_of_target(basis), *(named(basis, aside) for aside in basis.rule.beside))


def named(basis: Basis, aside: Aside) -> Beside:
    """A number that the rule names, over the whole period."""
    amount = _sum(basis, aside.counts)
    whole = _sum(basis, aside.of) if aside.of else None
    return Beside(aside.one if aside.one and amount == 1 else aside.label, amount, whole)


def where(basis: Basis, places: Sequence[AreaPlace]) -> tuple[tuple[tuple[str, int], ...], tuple[int, int] | None]:
    """``told_by_area`` of the commitment; nothing for measures that may not be told by area."""
    if not is_open(basis.rule):
        return (), None
    found, reached = told_by_area(partial(_amount_in, basis), places, basis.period.first)
    return found, reached if basis.rule.spread and found else None


def told_by_area(
    amount_in: Callable[[str], int], places: Sequence[AreaPlace], since: date
) -> tuple[tuple[tuple[str, int], ...], tuple[int, int]]:
    """What each area has (name, amount), in the order given, and in how many of all there was any.

    Areas out of use by the day ``since`` are none of all, and left out where nothing was done. "–" stands last for work
    without an area, if there is any.
    """
    amounts = [(place, amount_in(place.slug)) for place in places]
    used = [amount for place, amount in amounts if place.is_used_after(since)]
    found = [(place.name, amount) for place, amount in amounts if amount or place.is_used_after(since)]
    elsewhere = amount_in(NO_AREA)
    return (*found, *([("–", elsewhere)] if elsewhere else [])), (sum(amount > 0 for amount in used), len(used))


def by_month(basis: Basis) -> tuple[tuple[date, int], ...]:
    """What each month of the period has so far; empty for measures that may not be told by month."""
    if not is_open(basis.rule):
        return ()
    return tuple((month.first, basis.count(month).amount) for month in basis.period.until(basis.day).months)


def held(basis: Basis, to: Organisation | None) -> tuple[tuple[Label, tuple[tuple[date, int], ...]], ...]:
    """Of each measure that is held together from ``to``, what each stretch of months has, by its last month.

    Nothing for those who read the rows, nor for everybody.
    """
    rule, span = basis.rule, basis.period.until(basis.day)
    named = dict.fromkeys(ref for counts in (rule.counts, *(aside.counts for aside in rule.beside)) for ref in counts)
    refs = [ref for ref in named if to and KINDS[ref.partition(".")[0]].is_held_from(to)]
    months = ((ref, basis.figures.by_month(ref, span.first, span.last)) for ref in refs if span)
    return tuple(
        (measure(ref).label, tuple((month, value.amount) for month, value in found.items())) for ref, found in months
    )


def has_hours(basis: Basis) -> bool:
    """Whether hours can be told: of open measures, of all their work, and counted the same way on every day so far.

    The tallies by hour know months, and neither days nor areas.
    """
    rules = [rule for rule, _ in basis.stretches(basis.period.until(basis.day))]
    whole = all(rule.limit.is_open and rule.counts == basis.rule.counts for rule in rules)
    return basis.rule.spread and whole and is_open(basis.rule)


def by_hour(basis: Basis, hours: Hours) -> tuple[tuple[int, ...], ...]:
    """What began in each ``STEP`` hours of the day, and in them on each weekday, Monday first.

    Empty where the hours cannot be told, or are not in ``hours``.
    """
    found = [hours[ref] for ref in basis.rule.counts if ref in hours] if has_hours(basis) else []
    sums = Counter[tuple[int, int]]()
    for amounts in found:
        sums.update(amounts)
    return in_steps(sums) if found else ()


def in_steps(hours: Mapping[tuple[int, int], int]) -> tuple[tuple[int, ...], ...]:
    """Amounts by weekday and hour as a row for each ``STEP`` hours, with a number for each weekday, Monday first."""
    return tuple(
        tuple(sum(hours.get((day, hour), 0) for hour in range(start, start + STEP)) for day in range(7))
        for start in range(0, 24, STEP)
    )


@dataclass(frozen=True)
class _Cell:
    ref: str
    area: str
    unit: str
    amounts: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """Sums of some measures over several spans side by side, by area and unit."""

    width: int
    cells: Sequence[_Cell]

    def of(self, ref: str, *, area: str | None = None, unit: str | None = None) -> tuple[int, ...]:
        """The measure's sum in each span, in one area or of one unit where that is named."""
        found = [
            cell.amounts
            for cell in self.cells
            if cell.ref == ref and area in (None, cell.area) and unit in (None, cell.unit)
        ]
        return tuple(map(sum, zip(*found, strict=True))) if found else (0,) * self.width


def side_by_side(session: Session, municipality: str, spans: Sequence[Span], refs: Collection[str]) -> Counted:
    """What there was in each span, in one query: of the last one the whole months by month, all else by day."""
    *short, long = spans
    months, parts = long.whole_months, list[Select[Any]]()
    if months:
        parts.append(_sums(MonthTally, MonthTally.month, municipality, refs, [*([] for _ in short), [months]]))
    if short or long.without(months):
        days = [*([span] for span in short), long.without(months)]
        parts.append(_sums(DayTally, DayTally.day, municipality, refs, days))
    cells = [
        _Cell(f"{kind}.{measure}", area, unit, tuple(map(int, amounts)))
        for kind, measure, area, unit, *amounts in session.execute(union_all(*parts))
    ]
    return Counted(len(spans), cells)


def _sums(
    table: type[DayTally | MonthTally],
    when: InstrumentedAttribute[date],
    municipality: str,
    refs: Collection[str],
    columns: Sequence[Sequence[Span]],
) -> Select[Any]:
    asked = [span for spans in columns for span in spans]
    amounts: list[ColumnElement[Any]] = [
        func.sum(table.amount if spans == asked else case((within(when, spans), table.amount), else_=0))
        if spans
        else literal(0)
        for spans in columns
    ]
    return (
        select(table.kind, table.measure, table.area, table.unit, *amounts)
        .where(table.municipality == municipality, within(when, asked), is_one_of(table, refs))
        .group_by(table.kind, table.measure, table.area, table.unit)
    )


def _amount_in(basis: Basis, area: str) -> int:
    return basis.count(basis.period, Limit(areas=(area,))).amount


def _sum(basis: Basis, refs: tuple[str, ...]) -> int:
    return basis.count(basis.period, refs=lambda _: refs).amount


def _of_target(basis: Basis) -> list[Beside]:
    target, found = basis.rule.target, []
    if target and target.each and basis.day in basis.period:
        current = window_of(basis.day, target.each).cut(basis.period)
        found.append(Beside(NOW_IN[target.each], basis.count(current).amount))
    if target and target.baseline is not None:
        found.append(Beside(BEFORE, target.baseline))
    if target and target.by:
        late = basis.count(basis.period).amount - basis.count(basis.period.until(target.by)).amount
        found += [Beside(TOO_LATE, late)] if late else []
    return found
