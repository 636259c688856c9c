"""Addresses and the days they name: ISO weeks, months, holidays, and what no calendar has."""

from datetime import date

import pytest

from fieldlog.periods import Span
from fieldlog.supervision.forms import stretch_named
from fieldlog.supervision.models import Grain, Stretch


@pytest.mark.parametrize(
    ("grain", "address", "first", "last"),
    [
        (Grain.DAY, "2026-11-21", date(2026, 11, 21), date(2026, 11, 21)),
        (Grain.DAY, "2028-02-29", date(2028, 2, 29), date(2028, 2, 29)),
        (Grain.WEEK, "2026-W47", date(2026, 11, 16), date(2026, 11, 22)),
        (Grain.WEEK, "2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        (Grain.WEEK, "2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        (Grain.MONTH, "2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_an_address_names_its_days_and_they_name_it(grain: Grain, address: str, first: date, last: date) -> None:
    stretch = stretch_named(grain, address)
    assert stretch == Stretch(grain, Span(first, last), address)
    assert stretch.after.before == stretch.before.after == stretch


@pytest.mark.parametrize(
    ("grain", "address"),
    [
        (Grain.DAY, "2026-02-30"), (Grain.DAY, "0001-01-01"), (Grain.DAY, "9999-12-31"), (Grain.DAY, "20261121"),
        (Grain.DAY, "2026-W47-6"), (Grain.DAY, "i-dag"), (Grain.DAY, "٢٠٢٦-١١-٢١"), (Grain.DAY, "2026-11-21\n"),
        (Grain.WEEK, "2025-W53"), (Grain.WEEK, "2026-W00"), (Grain.WEEK, "0000-W01"), (Grain.WEEK, "2026-47"),
        (Grain.MONTH, "2026-00"), (Grain.MONTH, "2026-13"), (Grain.MONTH, "9999-12"), (Grain.MONTH, "2026-1"),
    ],
)  # fmt: skip
def test_what_no_calendar_has_or_nobody_asks_for_is_not_there(grain: Grain, address: str) -> None:
    assert stretch_named(grain, address) is None


def test_a_page_leads_to_its_parts() -> None:
    day, week, month = (Stretch.around(date(2026, 11, 21), grain) for grain in (Grain.DAY, Grain.WEEK, Grain.MONTH))
    assert [part.address for part in day.parts] == [part.address for part in week.parts]
    assert [part.span.first.weekday() for part in week.parts] == list(range(7))
    assert [part.address for part in month.parts] == ["2026-W44", *(f"2026-W{week}" for week in range(45, 50))]


def test_holidays_and_the_eves_that_count_as_such_have_their_names() -> None:
    june = Stretch.around(date(2026, 6, 1), Grain.MONTH).holidays
    assert [(day.day, name.sv) for day, name in june] == [
        (6, "Nationaldagen"), (19, "Midsommarafton"), (20, "Midsommardagen"),
    ]  # fmt: skip
    new_year = Stretch.around(date(2027, 1, 1), Grain.WEEK).holidays
    assert [name.en for _, name in new_year] == ["New Year's Eve", "New Year's Day"]
