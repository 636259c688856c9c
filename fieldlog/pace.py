"""What may be expected of a target by now, and when it has fallen behind."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from fieldlog.periods import Span

LINEAR_FROM = 12
TOLERANCE = 2
TOLERANCE_SHARE = Fraction(1, 10)
GRACE = timedelta(days=14)
LAST_QUARTER = Fraction(3, 4)


@dataclass(frozen=True)
class Pace:
    """``expected`` by now, None when nothing says; a tally below ``enough`` has fallen behind."""

    expected: Fraction | None
    enough: Fraction


NOTHING_EXPECTED = Pace(None, Fraction(0))


def pace(target: int, elapsed: Fraction, passed: int | None, planned: Fraction | None) -> Pace:
    """The pace of a target of so many when ``elapsed`` of its time is over.

    ``passed`` is how many planned dates have passed by two weeks, None when no dates were entered; ``planned`` what
    the monthly plan expects, None without a plan.
    """
    if target >= LINEAR_FROM:
        expected = min(Fraction(target), planned) if planned is not None else target * elapsed
        return Pace(expected, expected - max(Fraction(TOLERANCE), target * TOLERANCE_SHARE))
    if passed is not None:
        expected = Fraction(min(target, passed))
        return Pace(expected, expected)
    if elapsed >= LAST_QUARTER:
        expected = Fraction(int(target * elapsed))
        return Pace(expected, expected)
    return NOTHING_EXPECTED


def planned_days(typed: Collection[date], occasions: Iterable[date]) -> tuple[date, ...]:
    """The days for which something is planned: the occasions', and the typed dates for which there is no occasion yet.

    An occasion takes the place of the nearest typed date, the same day or less than two weeks off: the two are one.
    """
    days, free = sorted(occasions), sorted(typed)
    for day in days:
        off, nearest = min(((abs(one - day), one) for one in free), default=(GRACE, day))
        if off < GRACE:
            free.remove(nearest)
    return tuple(sorted([*days, *free]))


def dates_passed(dates: Collection[date], day: date) -> int | None:
    """How many of the planned dates lie two weeks back or more; None when there are no dates."""
    return sum(planned + GRACE <= day for planned in dates) if dates else None


def planned_by(plan: Mapping[date, int], span: Span, day: date) -> Fraction | None:
    """What a plan by months (keyed by each month's first day) expects by ``day``; None when there is no plan.

    Within a month it is linear over the month's days in the span; only finished days count.
    """
    if not plan:
        return None
    finished = span.finished(day)
    shares = ((plan.get(month.first.replace(day=1), 0), month) for month in span.months)
    return sum((amount * Fraction(len(month.cut(finished)), len(month)) for amount, month in shares), Fraction())


def elapsed(days: Collection[date], day: date) -> Fraction:
    """The share of the days that are over when it is ``day``. Today is not: nobody is behind for a day under way."""
    return Fraction(sum(other < day for other in days), len(days)) if days else Fraction(1)
