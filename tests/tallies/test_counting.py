"""What entries add to the tallies, and what corrections and voids change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.actions import change_rules
from fieldlog.entries.models import EntryAmount
from fieldlog.measures import Rules
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally, HourTally
from fieldlog.tallies.queries import Amount
from tests.fixtures.work import NOW, correction, item, log, log_one, void
from tests.tallies.year import Total


def test_a_control_counts_as_one_and_its_counts_add_up(session: Session, officer: Actor, total: Total) -> None:
    log_one(session, officer, answers={"vehicles": 14, "near_school": True})
    log_one(session, officer, answers={"vehicles": 6})
    assert total("traffic-control.controls") == Amount(2, 2)
    assert total("traffic-control.vehicles") == Amount(20, 2)
    assert total("traffic-control.near-school") == Amount(1, 2)


def test_a_count_left_empty_is_not_counted_and_zero_is(session: Session, officer: Actor, total: Total) -> None:
    log_one(session, officer, answers={"tests": 0})
    log_one(session, officer)
    assert total("traffic-control.tests") == Amount(0, 1)


def test_a_correction_moves_the_entry_to_its_new_day_area_and_amount(session: Session, officer: Actor) -> None:
    original = item(answers={"vehicles": 3})
    moved = correction(original, {"vehicles": 5}, area="lit", happened_at=NOW - timedelta(days=31))
    log(session, officer, original, moved)
    rows = session.scalars(select(DayTally).where(DayTally.measure == "vehicles", DayTally.entries > 0)).all()
    assert [(row.day, row.area, row.amount) for row in rows] == [(date(2026, 10, 21), "lit", 5)]
    assert recount(session) == []


def test_a_voided_entry_is_out_of_every_tally(session: Session, officer: Actor, total: Total) -> None:
    original = item(answers={"vehicles": 3})
    log(session, officer, original, void(original))
    assert total("traffic-control.controls") == Amount(0, 0)
    assert session.scalars(select(HourTally).where(HourTally.entries != 0)).all() == []
    assert recount(session) == []


def test_an_entry_belongs_to_the_local_day_on_which_the_work_began(session: Session, officer: Actor) -> None:
    log_one(session, officer, happened_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    row = session.scalars(select(DayTally).where(DayTally.measure == "controls")).one()
    assert row.day == date(2026, 7, 1)
    hour = session.scalars(select(HourTally).where(HourTally.measure == "controls")).one()
    assert (hour.month, hour.weekday, hour.hour) == (date(2026, 7, 1), 2, 0)


def test_an_inspection_qualifies_with_five_venues_and_both_authorities(
    session: Session, inspector: Actor, total: Total
) -> None:
    for venues, together in ((4, ["police"]), (6, ["police"]), (6, []), (9, ["police"])):
        log_one(session, inspector, "alcohol-inspection", {"venues": venues, "organisations": together})
    assert total("alcohol-inspection.occasions").amount == 4
    assert total("alcohol-inspection.qualified").amount == 2
    assert total("alcohol-inspection.venues").amount == 25


def test_a_walk_qualifies_with_police_municipality_and_one_more(
    session: Session, inspector: Actor, total: Total
) -> None:
    for along in (["police"], ["police", "residents"], ["residents", "school"]):
        log_one(session, inspector, "safety-walk", {"organisations": along})
    assert total("safety-walk.qualified") == Amount(1, 3)


def test_a_share_takes_both_parts_from_an_entry_or_neither(session: Session, inspector: Actor, total: Total) -> None:
    for participants, passed in ((10, 8), (12, None), (None, 3)):
        log_one(session, inspector, "server-training", {"participants": participants, "passed": passed})
    assert total("server-training.passed-of-participants") == Amount(8, 1)
    assert total("server-training.participants-for-passed") == Amount(10, 1)
    assert total("server-training.courses").entries - 1 == 2, "how many lack the parts"


def test_busy_hours_changed_from_a_day_on_leave_the_days_before_alone(
    session: Session, officer: Actor, total: Total
) -> None:
    friday, monday = datetime(2026, 11, 20, 19, 0, tzinfo=UTC), datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    change_rules(session, Rules(busy_hours=((20, 21),)), date(2026, 11, 22), officer, NOW)
    log_one(session, officer, happened_at=friday)
    assert total("traffic-control.busy-time").amount == 0
    (result,) = log(session, officer, item(happened_at=monday), now=monday)
    assert result.outcome == "accepted"
    assert total("traffic-control.busy-time").amount == 1
    assert recount(session) == []


@pytest.mark.parametrize("day", [20, 21])
def test_rules_are_not_changed_for_days_that_have_begun(session: Session, officer: Actor, day: int) -> None:
    with pytest.raises(ValueError, match="not backwards"):
        change_rules(session, Rules(), date(2026, 11, day), officer, NOW)


def test_a_recount_reports_what_differs_and_repairs_it_when_asked(
    session: Session, officer: Actor, total: Total
) -> None:
    log_one(session, officer, answers={"vehicles": 5})
    session.execute(update(DayTally).where(DayTally.measure == "vehicles").values(amount=7))
    session.execute(update(EntryAmount).where(EntryAmount.measure == "controls").values(amount=3))
    found = recount(session)
    assert {(difference.where, difference.stored[0], difference.counted[0]) for difference in found} == {
        ("entry_amounts", 3, 1),
        ("day_tallies", 7, 5),
    }
    assert len(recount(session, repair=True)) == 2
    assert recount(session) == []
