"""Phones' clocks: believed while they are right, made up for at "Nu", and otherwise the time is marked for review."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import Entry
from fieldlog.programmes.actions import load_example
from tests.fixtures.work import NOW, item, log, log_one

HOUR = timedelta(hours=1)


NEXT_YEAR = NOW + timedelta(days=365)


LONG_AGO = datetime(1970, 1, 1, 0, 5, tzinfo=UTC)


def logged(session: Session, by: Actor, **sent: Any) -> Entry:
    return session.get_one(Entry, log_one(session, by, **sent))


@pytest.mark.parametrize("skew", [timedelta(), timedelta(minutes=2), -timedelta(minutes=2)])
@pytest.mark.parametrize("untouched", [True, False])
def test_a_clock_that_is_nearly_right_is_believed(
    session: Session, officer: Actor, skew: timedelta, untouched: bool
) -> None:
    work = NOW - 3 * HOUR
    entry = logged(session, officer, happened_at=work, saved_at=work, skew=skew, untouched_now=untouched)
    assert (entry.happened_at, entry.stated_at, entry.doubtful_time) == (work, work, False)


@pytest.mark.parametrize("skew", [5 * HOUR, -5 * HOUR, NOW - LONG_AGO, NOW - NEXT_YEAR])
def test_a_time_left_at_now_is_put_right_by_what_the_clock_is_wrong(
    session: Session, officer: Actor, skew: timedelta
) -> None:
    right = NOW - HOUR
    said = right - skew
    entry = logged(session, officer, happened_at=said, saved_at=said, skew=skew, untouched_now=True)
    assert (entry.happened_at, entry.stated_at, entry.doubtful_time) == (right, said, False)
    assert (str(entry.day), entry.hour) == ("2026-11-21", 20)


def test_any_other_time_of_a_wrong_clock_is_kept_and_marked(session: Session, officer: Actor) -> None:
    work = NOW - 3 * HOUR
    typed = logged(session, officer, happened_at=work, skew=HOUR)
    earlier_page = logged(session, officer, happened_at=work, saved_at=work, skew=HOUR)
    for entry in (typed, earlier_page):
        assert (entry.happened_at, entry.doubtful_time) == (work, True)


@pytest.mark.parametrize("skew", [timedelta(), -HOUR], ids=["clock right by now", "clock wrong"])
@pytest.mark.parametrize("untouched", [True, False])
def test_what_a_clock_ahead_of_ours_gave_is_held_to_be_now_and_marked(
    session: Session, officer: Actor, skew: timedelta, untouched: bool
) -> None:
    ahead = NOW + 30 * HOUR
    entry = logged(session, officer, happened_at=ahead, saved_at=ahead, skew=skew, untouched_now=untouched)
    assert (entry.happened_at, entry.stated_at, entry.doubtful_time) == (NOW, ahead, True)
    assert str(entry.day) == "2026-11-21"


def test_a_time_typed_ahead_is_refused_by_a_right_clock_and_held_by_a_wrong_one(
    session: Session, officer: Actor
) -> None:
    (refused,) = log(session, officer, item(happened_at=NOW + HOUR))
    assert refused.reasons.keys() == {"happened_at"}
    entry = logged(session, officer, happened_at=NOW + HOUR, skew=-2 * HOUR)
    assert (entry.happened_at, entry.doubtful_time) == (NOW, True)


def test_a_clock_that_began_anew_in_1970_loses_no_entry(session: Session, officer: Actor) -> None:
    skew = NOW - LONG_AGO - HOUR
    entry = logged(session, officer, happened_at=LONG_AGO, saved_at=LONG_AGO, skew=skew)
    assert (entry.happened_at, entry.stated_at, entry.doubtful_time) == (NOW, LONG_AGO, True)


def test_a_time_before_the_pledge_is_refused_when_no_clock_explains_it(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load_example(session, NOW.year, by=administrator, now=NOW)
    last_year = NOW - timedelta(days=365)
    (refused,) = log(session, officer, item(happened_at=last_year, saved_at=last_year, skew=HOUR))
    assert refused.reasons.keys() == {"happened_at"}


@pytest.mark.parametrize(
    "said", [datetime.min.replace(tzinfo=timezone(14 * HOUR)), datetime.max.replace(tzinfo=timezone(-12 * HOUR))]
)
@pytest.mark.parametrize("untouched", [True, False])
def test_the_ends_of_time_are_a_wrong_clock_too(
    session: Session, officer: Actor, said: datetime, untouched: bool
) -> None:
    sent = item(happened_at=said, saved_at=said, skew=NOW - said, untouched_now=untouched)
    assert [result.outcome for result in log(session, officer, sent, sent)] == ["accepted", "already"]
    entry = session.get_one(Entry, sent.id)
    assert (entry.happened_at, entry.stated_at) == (NOW, NOW)
