"""What comes in as a day is published, or by a clock that goes wrong, is told by the next publication, once."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut
from tests.fixtures.people import PLACE, person
from tests.fixtures.work import item, log, void
from tests.publication.recount import recounted
from tests.publication.test_properties import nonzero, public

BEFORE = datetime(2026, 11, 21, 22, 59, 59, 900_000, tzinfo=UTC)
"""A moment before midnight in Östersund."""
AFTER = BEFORE + timedelta(seconds=0.3)
WORK = BEFORE - timedelta(hours=2)
CONTROLS = "traffic-control.controls"


def told(session: Session, now: datetime) -> int:
    """How many controls are public then; it has to be what the rows say."""
    session.flush()
    session.expire_all()
    sums = public(session, cut(now, 1))
    assert nonzero(sums) == nonzero(recounted(session, cut(now, 1)))
    return sum(number for (ref, *_), number in sums.items() if ref == CONTROLS)


def test_what_was_sent_before_midnight_and_stored_after_the_publication_is_told_by_the_next(
    session: Session, officer: Actor
) -> None:
    log(session, officer, item(happened_at=WORK), now=WORK)
    publish(session, PLACE, AFTER, 1)
    log(session, officer, item(happened_at=WORK), now=BEFORE)
    assert told(session, AFTER) == 1
    publish(session, PLACE, AFTER + timedelta(days=1), 1)
    assert told(session, AFTER + timedelta(days=1)) == 2


def test_voiding_what_came_late_takes_nothing_else_away(session: Session, officer: Actor) -> None:
    late = item(happened_at=WORK)
    log(session, officer, item(happened_at=WORK), now=WORK)
    publish(session, PLACE, AFTER, 1)
    log(session, officer, late, now=BEFORE)
    log(session, officer, void(late), now=AFTER + timedelta(days=1))
    publish(session, PLACE, AFTER + timedelta(days=4), 1)
    assert told(session, AFTER + timedelta(days=4)) == 1


def test_a_clock_that_is_set_back_loses_nothing(session: Session, officer: Actor) -> None:
    publish(session, PLACE, AFTER + timedelta(days=2), 1)
    log(session, officer, item(happened_at=WORK), now=AFTER)
    publish(session, PLACE, AFTER + timedelta(days=3), 1)
    assert told(session, AFTER + timedelta(days=3)) == 1


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_publication_waits_for_what_is_on_its_way_in(database: Database) -> None:
    """SQLite lets no more than one writer in; PostgreSQL is asked to."""
    officer = person(database, "officer")
    publishing = Thread(target=lambda: database.write(lambda other: publish(other, PLACE, AFTER, 1)))
    waits = text("select count(*) from pg_locks where locktype = 'advisory' and not granted")
    with Session(database.writer) as session, database.read() as looking:
        log(session, officer, item(happened_at=WORK), now=BEFORE)
        publishing.start()
        while publishing.is_alive() and not looking.scalar(waits):
            pass
        session.commit()
    publishing.join()
    with database.read() as session:
        assert told(session, AFTER) == 1
