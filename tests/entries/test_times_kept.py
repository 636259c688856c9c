"""A time that is held stays so: when the entry is sent again, corrected or voided."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import Entry, EntryAmount
from tests.fixtures.work import NOW, correction, item, log, log_one, void

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True)])
def test_an_entry_sent_again_after_a_restart_is_the_same(
    session: Session, officer: Actor, first: bool, second: bool
) -> None:
    sent = item(untouched_now=first, skew=-5 * HOUR)
    again = item(id=sent.id, untouched_now=second, skew=timedelta())
    assert [result.outcome for result in log(session, officer, sent, again)] == ["accepted", "already"]


@pytest.mark.parametrize("known", ["stated_at", "happened_at"])
def test_a_correction_that_leaves_the_time_alone_does_not_change_it(
    session: Session, officer: Actor, known: str
) -> None:
    said = NOW - 6 * HOUR
    original = item(answers={"vehicles": 1}, happened_at=said, saved_at=said, skew=5 * HOUR, untouched_now=True)
    log(session, officer, original)
    first = session.get_one(Entry, original.id)
    corrected = correction(original, {"vehicles": 2}, happened_at=getattr(first, known), skew=5 * HOUR)
    assert log(session, officer, corrected)[0].outcome == "accepted"
    second = session.get_one(Entry, corrected.id)
    assert (second.happened_at, second.doubtful_time) == (NOW - HOUR, False)


def test_a_mark_stays_until_the_time_is_corrected(session: Session, officer: Actor) -> None:
    original = item(happened_at=NOW - 3 * HOUR, skew=HOUR)
    counted = correction(original, {"vehicles": 2})
    moved = correction(counted, happened_at=NOW - 4 * HOUR, reason="wrong-time")
    log(session, officer, original, counted, moved)
    marks = [session.get_one(Entry, one.id).doubtful_time for one in (original, counted, moved)]
    assert marks == [True, True, False]
    other = item(happened_at=NOW - 3 * HOUR, skew=HOUR)
    gone = void(other)
    log(session, officer, other, gone)
    assert session.get_one(Entry, gone.id).doubtful_time


def test_it_counts_on_the_day_that_is_held(session: Session, officer: Actor) -> None:
    ahead = NOW + 30 * HOUR
    log_one(session, officer, happened_at=ahead, saved_at=ahead)
    assert str(session.scalar(select(func.max(EntryAmount.day)))) == "2026-11-21"
