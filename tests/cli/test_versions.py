"""What an entry says is bound to the audit log: on both databases, through corrections and redactions."""

import time

import pytest

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.audit.queries import sealed
from fieldlog.cli.sealing import keep_sealing, seal_all
from fieldlog.cli.versions import altered
from fieldlog.database import Database
from fieldlog.intake.actions import redact
from tests.audit.tampering import tamper
from tests.fixtures.databases import StoppedClock
from tests.fixtures.work import NOW, correction, item, log, void

CONTROL = item(answers={"vehicles": 3, "note": "Hemlig plats"})
FIRST = correction(CONTROL, {"vehicles": 4}, explanation="Räknade fel")


@pytest.fixture
def worked(database: Database, officer: Actor, clock: StoppedClock) -> Database:
    database.write(lambda session: log(session, officer, CONTROL, FIRST, void(FIRST)))
    seal_all(database, clock)
    return database


def faults(database: Database) -> list[str]:
    with database.read() as session:
        return list(altered(session))


def test_what_was_written_is_known_again(worked: Database) -> None:
    assert faults(worked) == []


def test_a_recorded_redaction_is_known_and_another_change_to_it_is_found(
    worked: Database, officer: Actor, clock: StoppedClock
) -> None:
    worked.write(lambda session: redact(session, CONTROL.id, officer, NOW))
    seal_all(worked, clock)
    assert faults(worked) == []
    tamper(worked, "update entries set area = 'frosen' where explanation is not null")
    assert len(faults(worked)) == 1


@pytest.mark.parametrize(
    ("change", "number"),
    [
        ("update entries set area = 'frosen' where replaces_id is null", 1),
        ("update entries set account_id = account_id + 1", 3),
        ("update entries set is_void = not is_void", 3),
        ("update entries set redacted_at = received_at where replaces_id is null", 1),
        ("update entries set explanation = 'annat' where explanation is not null", 1),
    ],
)
def test_a_change_that_nobody_recorded_is_found(worked: Database, change: str, number: int) -> None:
    tamper(worked, change)
    assert len(faults(worked)) == number
    assert all("not as it was written" in fault for fault in faults(worked))


def test_a_version_that_is_gone_is_found_unless_it_was_removed_by_decision(
    worked: Database, officer: Actor, clock: StoppedClock
) -> None:
    tamper(worked, "delete from entries where is_void")
    (gone,) = faults(worked)
    assert gone.endswith("gone")
    version = gone.split()[-2].rstrip(":")
    worked.write(lambda session: note(session, officer, NOW, "entries-removed", "entries:2026", removed=[version]))
    seal_all(worked, clock)
    assert faults(worked) == []


def test_the_server_seals_by_itself(database: Database, officer: Actor, clock: StoppedClock) -> None:
    stop = keep_sealing(database, clock, every=0.02)
    database.write(lambda session: log(session, officer, CONTROL))
    for _ in range(200):
        with database.read() as session:
            if places := sealed(session).places:
                break
        time.sleep(0.02)
    stop()
    assert places == 1
