"""What is public is compared with the entries; what differs is told by the next publication."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.disclosure.actions import retain
from fieldlog.publication.actions import publish, recount
from fieldlog.publication.models import PublishedAmount
from tests.disclosure.test_retain import DECISION, LATER, SPRING
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, item, log

TOMORROW = NOW + timedelta(days=1)
CONTROLS = PublishedAmount.measure == "controls"


def controls(session: Session) -> int | None:
    return session.scalar(select(func.sum(PublishedAmount.amount)).where(CONTROLS))


def test_what_nobody_touched_does_not_differ(session: Session, officer: Actor, administrator: Actor) -> None:
    assert recount(session, PLACE) == []
    log(session, officer, item(happened_at=SPRING), item())
    publish(session, PLACE, TOMORROW, 1)
    log(session, officer, item(), now=TOMORROW)
    assert recount(session, PLACE) == []
    retain(session, DECISION, administrator, LATER, carry_out=True)
    assert recount(session, PLACE) == []


def test_what_is_missing_is_reported_and_told_by_the_next_publication(session: Session, officer: Actor) -> None:
    log(session, officer, item(), item(area="lit"))
    publish(session, PLACE, TOMORROW, 1)
    session.execute(delete(PublishedAmount).where(CONTROLS, PublishedAmount.area == "lit"))
    (found,) = recount(session, PLACE)
    assert (found.where, found.stored, found.counted) == ("published_amounts", (0, 0), (1, 1))
    recount(session, PLACE, repair=True)
    assert recount(session, PLACE, repair=True) == [], "once is enough"
    log(session, officer, item(area="lit"), now=TOMORROW)
    publish(session, PLACE, TOMORROW + timedelta(days=1), 1)
    assert (controls(session), recount(session, PLACE)) == (3, [])


def test_what_is_too_much_is_taken_away(session: Session, officer: Actor) -> None:
    log(session, officer, item())
    publish(session, PLACE, TOMORROW, 1)
    session.execute(update(PublishedAmount).where(CONTROLS).values(amount=4))
    assert [one.stored for one in recount(session, PLACE, repair=True)] == [(4, 1)]
    publish(session, PLACE, TOMORROW + timedelta(days=1), 1)
    assert controls(session) == 1
