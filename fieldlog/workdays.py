"""Working days in Sweden, and time that only runs on them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from holidays import country_holidays

from fieldlog.clock import day_bounds, local_day

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@lru_cache(maxsize=20)
def _days_off(year: int) -> frozenset[date]:
    return frozenset(country_holidays("SE", years=year, categories=("public", "de_facto")))


def is_working_day(day: date) -> bool:
    """Whether it is none of the weekends, holidays and eves on which offices are closed."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def later_on_working_days(moment: datetime, hours: int) -> datetime:
    """The moment, in UTC, when so many hours of working days have passed."""
    left, day = timedelta(hours=hours), local_day(moment)
    while True:
        start, end = day_bounds(day)
        begins = max(start, moment)
        if is_working_day(day):
            if begins + left <= end:
                return begins + left
            left -= end - begins
        day += ONE_DAY
