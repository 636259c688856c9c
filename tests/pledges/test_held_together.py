"""What others than its readers are told of outreach, month by month: whole stretches, and never a hidden month."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.pledges.queries import standing
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from tests.fixtures.work import log_one


@pytest.fixture(autouse=True)
def _programme(session: Session, administrator: Actor, now: datetime) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=administrator, now=now)
    session.flush()


def passes(session: Session, by: Actor, month: int, number: int) -> None:
    at = datetime(2026, month, 10, 18, tzinfo=UTC)
    for _ in range(number):
        log_one(session, by, "outreach", {"with_police": True}, happened_at=at, saved_at=at)


def told(session: Session, to: Organisation | None, now: datetime) -> list[dict[date, int]]:
    """Each table of every commitment."""
    programme = standing(session, "2380", local_day(now), now, to=to)
    assert programme
    commitments = [one for pledge in programme.pledges for one in pledge.commitments]
    return [dict(rows) for one in commitments for _, rows in one.held]


def test_others_see_months_held_together_until_they_are_five(session: Session, outreach: Actor, now: datetime) -> None:
    for month, number in ((2, 3), (3, 1), (4, 2), (6, 5), (8, 4), (9, 0), (11, 9)):
        passes(session, outreach, month, number)
    table = {date(2026, 4, 1): 6, date(2026, 6, 1): 5}
    for other in (Organisation.POLICE, Organisation.MUNICIPALITY, Organisation.PARTNER):
        tables = told(session, other, now)
        assert tables
        assert all(rows == table for rows in tables if rows), "August's four and November wait"
    assert told(session, Organisation.SOCIAL_SERVICES, now) == []
    assert told(session, None, now) == [], "the public page has no months of outreach"


def test_no_day_asked_for_gives_a_hidden_month(session: Session, outreach: Actor, now: datetime) -> None:
    for month, number in ((2, 3), (3, 1), (4, 2), (6, 5)):
        passes(session, outreach, month, number)
    amounts = set()
    for month in range(1, 12):
        day = date(2026, month, 20)
        programme = standing(session, "2380", day, now, to=Organisation.POLICE)
        assert programme
        found = [rows for pledge in programme.pledges for one in pledge.commitments for _, rows in one.held]
        amounts |= {sum(amount for _, amount in rows) for rows in found}
    assert amounts == {0, 6, 11}
