"""What may be expected by now, and when a tally has fallen behind."""

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldlog.pace import NOTHING_EXPECTED, dates_passed, elapsed, pace, planned_by, planned_days
from fieldlog.periods import Span

YEAR = Span(date(2017, 1, 1), date(2017, 12, 31))


def test_today_is_not_over_so_nothing_is_expected_for_it() -> None:
    assert elapsed(list(YEAR), date(2017, 1, 1)) == 0
    assert elapsed(list(YEAR), date(2017, 1, 2)) == Fraction(1, 365)
    assert elapsed(list(YEAR), date(2017, 12, 31)) == Fraction(364, 365)
    assert elapsed(list(YEAR), date(2018, 1, 1)) == 1


def test_a_leap_year_has_a_day_more_to_do_it_in() -> None:
    assert elapsed(list(Span(date(2024, 1, 1), date(2024, 12, 31))), date(2024, 7, 2)) == Fraction(183, 366)


def test_a_large_target_is_expected_in_a_line_with_room_for_a_tenth() -> None:
    half = pace(50, Fraction(1, 2), None, None)
    assert half.expected == 25
    assert half.enough == 20


def test_the_room_is_never_less_than_two() -> None:
    assert pace(12, Fraction(1, 2), None, None).enough == 4


def test_a_plan_by_months_is_followed_where_there_is_one() -> None:
    plan = {date(2017, 1, 1): 10, date(2017, 4, 1): 30, date(2017, 10, 1): 10}
    assert planned_by(plan, YEAR, date(2017, 3, 31)) == 10
    assert planned_by(plan, YEAR, date(2017, 4, 16)) == 25
    assert planned_by(plan, YEAR, date(2018, 1, 1)) == 50
    assert pace(50, Fraction(1, 4), None, Fraction(25)).expected == 25


def test_a_plan_for_more_than_was_promised_expects_no_more_than_that() -> None:
    assert pace(50, Fraction(1), None, Fraction(60)).expected == 50


def test_no_plan_is_not_a_plan_for_nothing() -> None:
    assert planned_by({}, YEAR, date(2017, 6, 1)) is None


def test_a_planned_date_is_expected_two_weeks_later() -> None:
    planned = [date(2017, 3, 1), date(2017, 6, 1)]
    assert dates_passed(planned, date(2017, 3, 14)) == 0
    assert dates_passed(planned, date(2017, 3, 15)) == 1
    assert dates_passed([], date(2017, 3, 15)) is None
    assert pace(6, Fraction(1, 2), 1, None).enough == 1


MAY, JUNE, SEPTEMBER = date(2017, 5, 12), date(2017, 6, 1), date(2017, 9, 1)
DAYS = st.lists(st.dates(date(2017, 1, 1), date(2017, 12, 31)), max_size=6)


@pytest.mark.parametrize(
    ("typed", "occasions", "dates"),
    [
        ([MAY, SEPTEMBER], [], [MAY, SEPTEMBER]),
        ([MAY, SEPTEMBER], [MAY], [MAY, SEPTEMBER]),
        ([MAY, SEPTEMBER], [date(2017, 5, 15)], [date(2017, 5, 15), SEPTEMBER]),
        ([MAY, JUNE], [date(2017, 5, 29)], [MAY, date(2017, 5, 29)]),
        ([MAY], [MAY, MAY], [MAY, MAY]),
        ([MAY], [SEPTEMBER], [MAY, SEPTEMBER]),
        ([], [JUNE], [JUNE]),
    ],
)
def test_an_occasion_takes_the_place_of_the_nearest_typed_date(
    typed: list[date], occasions: list[date], dates: list[date]
) -> None:
    assert planned_days(typed, occasions) == tuple(dates)


@given(DAYS.map(lambda days: list(set(days))), DAYS)
def test_no_day_that_has_both_is_expected_twice_and_no_occasion_is_lost(
    typed: list[date], occasions: list[date]
) -> None:
    dates = Counter(planned_days(typed, occasions))
    assert all(dates[day] == max(occasions.count(day), 1) for day in dates if day in occasions)
    assert max(len(typed), len(occasions)) <= dates.total() <= len(typed) + len(occasions)


def test_a_small_target_without_dates_is_expected_only_in_the_last_quarter() -> None:
    assert pace(6, Fraction(74, 100), None, None) == NOTHING_EXPECTED
    assert pace(6, Fraction(3, 4), None, None).expected == 4
    assert pace(6, Fraction(1), None, None).expected == 6


def test_a_small_target_is_one_below_twelve() -> None:
    assert pace(11, Fraction(1, 2), None, None) == NOTHING_EXPECTED
    assert pace(12, Fraction(1, 2), None, None).expected == 6
