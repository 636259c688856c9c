"""On which weekdays and in which hours the work was done, where that can be told."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.pledges.actions import Where, change_rule
from fieldlog.pledges.queries import by_kind, standing
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.forms import ProgrammeText
from fieldlog.programmes.queries import OSTERSUND, read_programme
from tests.fixtures.promises import at_least
from tests.fixtures.work import log_one

TODAY = date(2026, 11, 21)
YEAR = read_programme(OSTERSUND).for_year(2026)
SATURDAY, SUNDAY = 5, 6
LATE_EVENING = 10  # from 20 to 22


@pytest.fixture
def logged(session: Session, officer: Actor, inspector: Actor, now: datetime) -> None:
    """Two controls on a Saturday at 21:40 local time, one on a Sunday at 0:30, and a joint inspection."""
    for _ in range(2):
        log_one(session, officer, happened_at=now)
    log_one(session, officer, happened_at=datetime(2026, 10, 3, 22, 30, tzinfo=UTC))
    log_one(session, inspector, "alcohol-inspection", {"venues": 5, "organisations": ["police", "municipality"]})


def hours(
    session: Session, now: datetime, kind: str = "traffic-control", day: date = TODAY
) -> tuple[tuple[int, ...], ...]:
    session.flush()
    session.expire_all()
    found = standing(session, "2380", day, now)
    assert found is not None
    return by_kind(found)[kind].by_hour


def load(session: Session, by: Actor, now: datetime, text: ProgrammeText = YEAR) -> None:
    load_programme(session, text, by=by, now=now)


@pytest.mark.usefixtures("logged")
def test_two_hours_a_row_and_a_weekday_a_column(session: Session, administrator: Actor, now: datetime) -> None:
    load(session, administrator, now)
    found = hours(session, now)
    assert (len(found), {len(row) for row in found}) == (12, {7})
    assert found[LATE_EVENING][SATURDAY] == 2
    assert found[0][SUNDAY] == 1
    assert sum(map(sum, found)) == 3
    assert hours(session, now, "alcohol-inspection")[LATE_EVENING][SATURDAY] == 1


@pytest.mark.usefixtures("logged")
def test_what_is_not_open_or_not_there_has_no_hours(session: Session, administrator: Actor, now: datetime) -> None:
    load(session, administrator, now)
    for kind in ("help-offer", "handover-outcome", "outreach", "safety-walk"):
        assert not hours(session, now, kind)


@pytest.mark.usefixtures("logged")
def test_a_past_day_has_hours_when_its_month_was_over(session: Session, administrator: Actor, now: datetime) -> None:
    load(session, administrator, now)
    assert not hours(session, now, day=date(2026, 11, 20))
    assert sum(map(sum, hours(session, now, day=date(2026, 10, 31)))) == 1


@pytest.mark.usefixtures("logged")
def test_a_programme_that_cuts_a_month_has_none(session: Session, administrator: Actor, now: datetime) -> None:
    load(session, administrator, now, YEAR.model_copy(update={"first_day": date(2026, 1, 2)}))
    assert not hours(session, now)


@pytest.mark.usefixtures("logged")
def test_work_counted_in_two_ways_has_none(
    session: Session, administrator: Actor, supervisor: Actor, now: datetime
) -> None:
    load(session, administrator, now)
    where = Where("ostersund-2026", "traffic-controls")
    spread = at_least(60).model_copy(update={"spread": True})
    change_rule(session, where, spread, TODAY, by=supervisor, now=now - timedelta(days=1))
    assert sum(map(sum, hours(session, now))) == 3
    for other in ({"counts": ["traffic-control.near-school"]}, {"limit": {"areas": ["lit"]}}):
        rule = type(spread).from_json({**spread.to_json(), **other})
        change_rule(session, where, rule, TODAY, by=supervisor, now=now - timedelta(days=1))
        assert not hours(session, now)
