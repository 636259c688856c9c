"""The database: all or nothing, moments in UTC, and one line for writers."""

import threading
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from fieldlog import database as ground
from fieldlog.audit.models import AuditEvent
from fieldlog.database import ATTEMPTS, BusyError, Database


def event(at: datetime, subject: str = "test:1") -> AuditEvent:
    return AuditEvent(municipality="2380", at=at, account=0, device=None, action="tried", subject=subject, details={})


def subjects(database: Database) -> list[str]:
    with database.read() as reading:
        return list(reading.scalars(select(AuditEvent.subject).order_by(AuditEvent.subject)))


def test_what_was_written_is_read(database: Database, now: datetime) -> None:
    database.write(lambda session: session.add(event(now)))
    assert subjects(database) == ["test:1"]


def test_an_error_tells_no_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught:
        database.write(lambda session: session.execute(text("insert into nowhere values (:note)"), {"note": "SECRET"}))
    assert "nowhere" in str(caught.value)
    assert "SECRET" not in str(caught.value)


def test_nothing_stays_of_work_that_fails(database: Database, now: datetime) -> None:
    def fail(session: Session) -> None:
        session.add(event(now))
        session.flush()
        raise LookupError

    with pytest.raises(LookupError):
        database.write(fail)
    assert subjects(database) == []


def test_moments_come_back_in_utc_whatever_offset_they_had(database: Database, now: datetime) -> None:
    database.write(lambda session: session.add(event(now.astimezone(timezone(timedelta(hours=5))))))
    with database.read() as reading:
        kept = reading.scalars(select(AuditEvent.at)).one()
    assert kept == now
    assert kept.utcoffset() == timedelta(0)


def test_a_moment_without_offset_is_not_stored(session: Session, now: datetime) -> None:
    session.add(event(now.replace(tzinfo=None)))
    with pytest.raises(Exception, match="offset"):
        session.flush()


def test_a_deadlocked_work_is_done_again(database: Database, now: datetime) -> None:
    tries: list[int] = []

    def work(session: Session) -> None:
        session.add(event(now, f"test:{len(tries)}"))
        session.flush()
        tries.append(1)
        if len(tries) < ATTEMPTS:
            raise deadlock()

    database.write(work)
    assert subjects(database) == [f"test:{ATTEMPTS - 1}"]


def test_deadlocks_without_end_are_busy(database: Database) -> None:
    def work(_session: Session) -> None:
        raise deadlock()

    with pytest.raises(BusyError):
        database.write(work)


def test_a_fault_is_not_taken_for_being_busy(database: Database) -> None:
    with pytest.raises(Exception, match="nowhere"):
        database.write(lambda session: session.execute(text("select * from nowhere")))


def test_a_writer_that_does_not_end_makes_the_next_one_busy(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "BUSY_SECONDS", 0.05)
    inside, done = threading.Event(), threading.Event()

    def hold(_session: Session) -> None:
        inside.set()
        done.wait(5)

    holder = threading.Thread(target=sqlite.write, args=(hold,))
    holder.start()
    inside.wait(5)
    with pytest.raises(BusyError):
        sqlite.write(lambda _session: None)
    done.set()
    holder.join()


def test_many_writers_at_once_all_get_in(database: Database, now: datetime) -> None:
    def write(number: int) -> None:
        database.write(lambda session: session.add(event(now, f"test:{number}")))

    writers = [threading.Thread(target=write, args=(number,)) for number in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(subjects(database)) == 10


def test_a_reading_session_cannot_write_to_sqlite(sqlite: Database, now: datetime) -> None:
    with sqlite.read() as reading:
        reading.add(event(now))
        with pytest.raises(OperationalError, match="readonly"):
            reading.flush()


def test_sqlite_is_set_so_that_nothing_acknowledged_is_lost(sqlite: Database) -> None:
    with sqlite.writer.connect() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys")
        kept = {pragma: connection.execute(text(f"pragma {pragma}")).scalar() for pragma in pragmas}
    assert kept == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


class _DeadlockError(Exception):
    sqlstate = "40P01"


def deadlock() -> OperationalError:
    return OperationalError("update", {}, _DeadlockError("deadlock detected"))
