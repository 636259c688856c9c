"""Stretches of local days, and the weeks, months and terms in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

ONE_DAY = timedelta(days=1)


class Window(StrEnum):
    """A stretch that comes again and again: weeks begin on Monday, terms on 1 January and 1 July."""

    WEEK = "week"
    MONTH = "month"
    TERM = "term"


@dataclass(frozen=True, order=True)
class Span:
    """The days from ``first`` to ``last``, both of them included; empty when ``last`` is before ``first``."""

    first: date
    last: date

    def __len__(self) -> int:
        return max(0, (self.last - self.first).days + 1)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __iter__(self) -> Iterator[date]:
        return (self.first + n * ONE_DAY for n in range(len(self)))

    def cut(self, other: "Span") -> "Span":
        """The days that both spans have."""
        return Span(max(self.first, other.first), min(self.last, other.last))

    def until(self, day: date) -> "Span":
        """The span's days up to and with ``day``."""
        return Span(self.first, min(self.last, day))

    def finished(self, day: date) -> "Span":
        """The days that are over when it is ``day``: today is not."""
        return self.until(day - ONE_DAY)

    @property
    def months(self) -> list["Span"]:
        """The months in the span, the first and the last cut by it."""
        return [self.cut(month) for month in _windows(self, Window.MONTH)]

    @property
    def has_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + ONE_DAY).day == 1

    @property
    def whole_months(self) -> "Span":
        """The months that the span has all days of; empty when there is none."""
        first = self.first if self.first.day == 1 else _first_of_next_month(self.first)
        last = self.last if (self.last + ONE_DAY).day == 1 else self.last.replace(day=1) - ONE_DAY
        return Span(first, last)

    def without(self, inner: "Span") -> list["Span"]:
        """What the span has before and after ``inner``; all of it when that is empty."""
        if not inner:
            return [self] if self else []
        before, after = self.until(inner.first - ONE_DAY), Span(inner.last + ONE_DAY, self.last)
        return [side for side in (before, after) if side]


def windows(span: Span, window: Window) -> list[Span]:
    """The windows that belong to the span: those with more than half of their days in it, cut by it.

    For weeks that is ISO 8601's own rule for the year that a week belongs to, so that of two spans that follow each
    other no more than one has a given window.
    """
    return [span.cut(whole) for whole in _windows(span, window) if 2 * len(span.cut(whole)) > len(whole)]


def number_of(span: Span, window: Window) -> Fraction:
    """How many windows long the span is: a part of a window counts by its share of the window's days."""
    return sum((Fraction(len(span.cut(whole)), len(whole)) for whole in _windows(span, window)), Fraction())


def window_of(day: date, window: Window) -> Span:
    """The whole window in which the day lies."""
    if window is Window.WEEK:
        first = day - day.weekday() * ONE_DAY
        return Span(first, first + 6 * ONE_DAY)
    if window is Window.MONTH:
        return Span(day.replace(day=1), _first_of_next_month(day) - ONE_DAY)
    spring = day.month <= 6
    return Span(date(day.year, 1 if spring else 7, 1), date(day.year, 6, 30) if spring else date(day.year, 12, 31))


def same_day(day: date, year: int) -> date:
    """The day in another year; 29 February becomes the 28th where there is none."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 3, 1) - ONE_DAY if is_leap_day else day.replace(year=year)


def _windows(span: Span, window: Window) -> Iterator[Span]:
    day = span.first
    while day <= span.last:
        whole = window_of(day, window)
        yield whole
        day = whole.last + ONE_DAY


def _first_of_next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * ONE_DAY).replace(day=1)
