"""Weeks, months and terms, and which of them belong to a period."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.periods import ONE_DAY, Span, Window, number_of, same_day, window_of, windows

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def test_a_year_that_begins_on_a_sunday_has_52_weeks_of_its_own() -> None:
    weeks = windows(Span(date(2017, 1, 1), date(2017, 12, 31)), Window.WEEK)
    assert (len(weeks), weeks[0].first, weeks[-1].last) == (52, date(2017, 1, 2), date(2017, 12, 31))


def test_a_cut_week_belongs_to_the_period_that_has_four_of_its_days() -> None:
    assert windows(Span(date(2026, 1, 1), date(2026, 1, 4)), Window.WEEK) == [Span(date(2026, 1, 1), date(2026, 1, 4))]
    assert windows(Span(date(2026, 1, 2), date(2026, 1, 4)), Window.WEEK) == []


def test_terms_begin_in_january_and_july() -> None:
    assert window_of(date(2017, 6, 30), Window.TERM) == Span(date(2017, 1, 1), date(2017, 6, 30))
    assert window_of(date(2017, 7, 1), Window.TERM) == Span(date(2017, 7, 1), date(2017, 12, 31))


def test_a_period_of_a_month_and_a_half_is_one_and_a_half_months_long() -> None:
    assert number_of(Span(date(2017, 3, 1), date(2017, 4, 15)), Window.MONTH) == Fraction(3, 2)


def test_a_leap_day_becomes_the_28th() -> None:
    assert same_day(date(2024, 2, 29), 2026) == date(2026, 2, 28)
    assert same_day(date(2024, 2, 29), 2028) == date(2028, 2, 29)


def test_a_span_that_ends_before_it_begins_is_empty() -> None:
    span = Span(date(2017, 2, 1), date(2017, 1, 31))
    assert not span
    assert span.months == list(span) == []


@given(DAYS, st.sampled_from(Window))
def test_every_day_lies_in_its_window_and_windows_do_not_overlap(day: date, window: Window) -> None:
    whole = window_of(day, window)
    assert day in whole
    assert window_of(whole.last, window) == whole
    assert window_of(whole.last + ONE_DAY, window).first == whole.last + ONE_DAY


@given(DAYS, st.integers(10, 800), st.integers(1, 799), st.sampled_from(Window))
def test_of_two_periods_in_a_row_no_more_than_one_has_a_window(day: date, days: int, cut: int, window: Window) -> None:
    change = day + min(cut, days - 1) * ONE_DAY
    before, after = Span(day, change - ONE_DAY), Span(change, day + days * ONE_DAY)
    whole = {window_of(part.first, window) for part in windows(before, window)}
    assert not whole & {window_of(part.first, window) for part in windows(after, window)}
