"""The sealer chains what was committed, whoever writes meanwhile; what is changed afterwards is found."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.audit.actions import note, seal
from fieldlog.audit.models import AppendOnlyError, AuditEvent, AuditSeal
from fieldlog.audit.queries import broken, sealed
from fieldlog.cli.sealing import seal_all
from fieldlog.database import Database
from tests.audit.tampering import tamper
from tests.fixtures.databases import StoppedClock, empty
from tests.fixtures.people import person
from tests.fixtures.work import NOW


def note_some(database: Database, by: Actor, number: int = 1, first: int = 0) -> None:
    def some(session: Session) -> None:
        for one in range(first, first + number):
            note(session, by, NOW, "entry-voided", f"entry:{one}", reason="duplicate")

    database.write(some)


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return list(broken(session))


def subjects_in_order(database: Database) -> list[str]:
    with database.read() as session:
        events = select(AuditEvent.subject).join(AuditSeal, AuditSeal.event_id == AuditEvent.id)
        return list(session.scalars(events.order_by(AuditSeal.place)))


def test_events_get_their_places_once_and_in_order(database: Database, officer: Actor, clock: StoppedClock) -> None:
    note_some(database, officer, 3)
    assert seal_all(database, clock) == 3
    assert seal_all(database, clock) == 0
    note_some(database, officer, 2, first=3)
    assert seal_all(database, clock) == 2
    assert subjects_in_order(database) == [f"entry:{one}" for one in range(5)]
    assert faults(database) == []
    with database.read() as session:
        assert (sealed(session).places, sealed(session).at) == (5, NOW)


def test_more_than_one_transaction_holds_are_sealed_too(
    database: Database, officer: Actor, clock: StoppedClock
) -> None:
    note_some(database, officer, 1_001)
    assert seal_all(database, clock) == 1_001
    assert faults(database) == []


def test_writers_and_sealers_at_once_leave_one_whole_chain(database: Database, clock: StoppedClock) -> None:
    by = person(database, "officer")

    def work(number: int) -> None:
        if number % 3:
            note_some(database, by, 2, first=number * 10)
        else:
            seal_all(database, clock)

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(work, range(30)))
    seal_all(database, clock)
    assert len(subjects_in_order(database)) == len(set(subjects_in_order(database))) == 40
    assert faults(database) == []


def test_a_lower_id_that_is_committed_later_is_not_skipped(request: pytest.FixtureRequest, clock: StoppedClock) -> None:
    """Only PostgreSQL lets two write at once."""
    database: Database = request.getfixturevalue("postgresql")
    empty(database)
    stranger = Actor(0, "2380", Organisation.PARTNER, Role.REPORTER)
    with Session(database.writer) as slow:
        note(slow, stranger, NOW, "entry-voided", "entry:slow")
        slow.flush()
        note_some(database, stranger)
        assert seal_all(database, clock) == 1
        slow.commit()
    assert seal_all(database, clock) == 1
    assert subjects_in_order(database) == ["entry:0", "entry:slow"]
    assert faults(database) == []


@pytest.mark.parametrize("change", ["update audit_events set action = 'nothing'", "delete from audit_events",
                                    "update audit_seals set hash = 'nothing'", "delete from audit_seals"])  # fmt: skip
def test_the_database_itself_refuses_to_change_it(
    database: Database, officer: Actor, clock: StoppedClock, change: str
) -> None:
    note_some(database, officer)
    seal_all(database, clock)
    with pytest.raises(DBAPIError, match="stay as they were written"), database.writer.begin() as connection:
        connection.execute(text(change))
    assert faults(database) == []


def test_a_seal_cannot_be_changed_in_passing(session: Session, officer: Actor) -> None:
    note(session, officer, NOW, "entry-voided", "entry:7")
    seal(session, NOW)
    session.scalars(select(AuditSeal)).one().digest = "nothing"
    with pytest.raises(AppendOnlyError):
        session.flush()


def test_an_event_that_comes_after_all_is_sealed_when_everything_is_looked_through(
    database: Database, officer: Actor, clock: StoppedClock
) -> None:
    note_some(database, officer, 3)
    tamper(database, "update audit_events set id = id + 1000")
    seal_all(database, clock)
    clock.move(hours=3)
    note_some(database, officer, 1, first=9)
    tamper(database, "update audit_events set id = 1 where subject = 'entry:9'")
    assert seal_all(database, clock) == 0
    assert seal_all(database, clock, everything=True) == 1
    assert faults(database) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update audit_events set account = account + 1 where subject = 'entry:1'", "not as it was sealed"),
        ("update audit_events set details = '{}' where subject = 'entry:1'", "not as it was sealed"),
        ("delete from audit_events where subject = 'entry:1'", "is gone"),
        ("delete from audit_seals where place = 2", "are missing"),
        ("update audit_seals set digest = hash where place = 2", "does not follow"),
    ],
)
def test_what_is_changed_behind_its_back_is_found(
    database: Database, officer: Actor, clock: StoppedClock, change: str, found: str
) -> None:
    note_some(database, officer, 3)
    seal_all(database, clock)
    tamper(database, change)
    assert any(found in fault for fault in faults(database)), faults(database)


def test_two_events_that_change_places_are_found(database: Database, officer: Actor, clock: StoppedClock) -> None:
    note_some(database, officer, 3)
    seal_all(database, clock)
    with database.read() as session:
        one, other = session.scalars(select(AuditEvent.id).order_by(AuditEvent.id)).all()[:2]
    swap = "update audit_events set id = :to where id = :at"
    for at, to in ((one, 9_999), (other, one), (9_999, other)):
        tamper(database, swap, at=at, to=to)
    assert len(faults(database)) == 2


def test_an_empty_log_is_a_whole_chain(database: Database, clock: StoppedClock) -> None:
    assert seal_all(database, clock) == 0
    assert faults(database) == []
