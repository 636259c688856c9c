"""What is told of the units: reported, nothing to report, or not heard from; of others the state alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldlog.accounts.actions import open_device
from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.supervision.models import Grain, Stretch, UnitNews, UnitState
from fieldlog.supervision.queries import overview
from tests.fixtures.work import item, log, log_one, void

TODAY = date(2026, 11, 21)


def news(session: Session, by: Actor, now: datetime, grain: Grain = Grain.DAY) -> dict[str, UnitNews]:
    session.flush()
    return {found.unit.slug: found for found in overview(session, by, Stretch.around(TODAY, grain), now).units}


def test_work_is_reported_and_a_quiet_shift_is_not_silence(
    session: Session, officer: Actor, other_officer: Actor, supervisor: Actor, now: datetime
) -> None:
    log_one(session, officer, happened_at=now - timedelta(hours=2))
    log_one(session, officer, "nothing-to-report", happened_at=now)
    log_one(session, other_officer, "nothing-to-report", happened_at=now - timedelta(hours=1))
    found = news(session, supervisor, now)
    states = {slug: found[slug].state for slug in ("turlag-1", "turlag-2", "turlag-3")}
    assert list(states.values()) == [UnitState.NOTHING, UnitState.NOT_HEARD, UnitState.REPORTED]
    assert found["turlag-3"].kind
    assert found["turlag-3"].kind.slug == "traffic-control"
    assert found["turlag-3"].happened_at == now - timedelta(hours=2)
    assert found["turlag-1"].happened_at == now - timedelta(hours=1)


def test_what_was_voided_or_was_another_day_does_not_count(
    session: Session, officer: Actor, other_officer: Actor, supervisor: Actor, now: datetime
) -> None:
    sent = item(happened_at=now)
    log(session, officer, sent, void(sent))
    log_one(session, other_officer, happened_at=datetime(2026, 11, 20, 22, 59, tzinfo=UTC))
    found = news(session, supervisor, now)
    assert {found[slug].state for slug in ("turlag-1", "turlag-3")} == {UnitState.NOT_HEARD}
    assert news(session, supervisor, now, Grain.WEEK)["turlag-1"].state is UnitState.REPORTED


def test_a_silent_unit_tells_when_a_device_was_last_in_touch(
    session: Session, officer: Actor, colleague: Actor, supervisor: Actor, now: datetime
) -> None:
    for hours, person in enumerate((officer, colleague)):
        open_device(session, person.account, now - timedelta(hours=hours), "Chrome, Android")
    session.execute(update(Device).where(Device.account_id == officer.account).values(revoked_at=now))
    found = news(session, supervisor, now)
    assert found["turlag-3"].in_touch_at == now - timedelta(hours=1)
    assert found["turlag-2"].in_touch_at is None


@pytest.mark.parametrize("kind", ["traffic-control", "nothing-to-report"])
def test_of_another_organisations_units_the_state_alone_is_told(
    session: Session, officer: Actor, coordinator: Actor, now: datetime, kind: str
) -> None:
    open_device(session, officer.account, now, "Chrome, Android")
    log_one(session, officer, kind, happened_at=now)
    found = news(session, coordinator, now)
    for other in found.values():
        if other.unit.organisation is not coordinator.organisation:
            assert (other.kind, other.happened_at, other.in_touch_at) == (None, None, None)
    assert found["turlag-3"].state is not UnitState.NOT_HEARD
    assert next(iter(found.values())).unit.organisation is coordinator.organisation
