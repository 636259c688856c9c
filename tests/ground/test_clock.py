"""The municipality's days: 23, 24 or 25 hours long, and never the server's."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldlog.clock import day_bounds, from_wall, local, local_day, system_clock


def utc(year: int, month: int, day: int, *clock: int) -> datetime:
    """A moment in UTC; ``clock`` is hours, minutes and seconds, as many as matter."""
    since_midnight = dict(zip(("hours", "minutes", "seconds"), clock, strict=False))
    return datetime(year, month, day, tzinfo=UTC) + timedelta(**since_midnight)


def wall(shown: str) -> datetime:
    """What a clock on the wall shows: a time without an offset."""
    return datetime.fromisoformat(shown)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (utc(2026, 11, 21, 20, 40), date(2026, 11, 21)),
        (utc(2026, 11, 21, 22, 59, 59), date(2026, 11, 21)),
        (utc(2026, 11, 21, 23, 0), date(2026, 11, 22)),
        (utc(2026, 7, 1, 21, 59, 59), date(2026, 7, 1)),
        (utc(2026, 7, 1, 22, 0), date(2026, 7, 2)),
        (utc(2026, 12, 31, 22, 59, 59), date(2026, 12, 31)),
        (utc(2026, 12, 31, 23, 0), date(2027, 1, 1)),
    ],
)
def test_a_moment_belongs_to_the_local_day(moment: datetime, day: date) -> None:
    assert local_day(moment) == day


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 3, 29), 23),
        (date(2026, 10, 25), 25),
        (date(2026, 11, 21), 24),
        (date(2026, 12, 31), 24),
    ],
)
def test_a_day_is_as_long_as_the_clocks_make_it(day: date, hours: int) -> None:
    start, end = day_bounds(day)
    assert end - start == timedelta(hours=hours)
    assert local_day(start) == day
    assert local_day(end - timedelta(microseconds=1)) == day
    assert local_day(end) == day + timedelta(days=1)


def test_every_hour_of_the_nights_when_clocks_change_belongs_to_its_day() -> None:
    for day in (date(2026, 3, 29), date(2026, 10, 25)):
        start, end = day_bounds(day)
        hours = [start + timedelta(hours=step) for step in range(int((end - start) / timedelta(hours=1)))]
        assert {local_day(hour) for hour in hours} == {day}


def test_the_hour_that_is_skipped_in_march_was_on_no_clock() -> None:
    with pytest.raises(ValueError, match="summer time"):
        from_wall(wall("2026-03-29T02:30"))
    assert from_wall(wall("2026-03-29T03:00")) == utc(2026, 3, 29, 1, 0)


def test_the_hour_that_comes_twice_in_october_is_taken_as_the_first() -> None:
    assert from_wall(wall("2026-10-25T02:30")) == utc(2026, 10, 25, 0, 30)


def test_new_years_eve_ends_at_midnight_in_ostersund() -> None:
    assert day_bounds(date(2026, 12, 31))[1] == utc(2026, 12, 31, 23, 0)


def test_a_moment_without_offset_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        local(wall("2026-11-21T21:40"))


def test_the_machines_clock_is_read_in_utc() -> None:
    assert system_clock().utcoffset() == timedelta(0)
