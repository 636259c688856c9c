"""`fieldlog check` finds what was really tampered with, names it, and is quiet about everything else."""

from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask

from fieldlog.database import Database, table
from fieldlog.entries.models import Entry
from tests.audit.tampering import tamper
from tests.cli.shell import Shell
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import correction, item, log, void

CONTROL = item(answers={"vehicles": 3, "note": "Hemlig plats"})
# Its id stands in the tests' names, which are the same for every worker.
FIRST = correction(CONTROL, {"vehicles": 4}, id=UUID("0192aaaa-0000-7000-8000-000000000001"))
OTHER = item("patrol", {"way": "foot"})


@pytest.fixture
def worked(app: Flask, shell: Shell) -> Database:
    """The shell's database with a corrected control and a voided patrol."""
    database = house_of(app).database
    by = person(database, "officer")
    database.write(lambda session: log(session, by, CONTROL, FIRST, OTHER, void(OTHER)))
    shell.live.chmod(0o600)
    return database


def test_what_nobody_touched_is_in_order_and_stays_so(worked: Database, shell: Shell) -> None:
    for _ in range(2):
        answer = shell("check")
        assert answer.exit_code == 0, answer.output
        assert "WRONG" not in answer.output
        assert answer.output.endswith("Everything is in order.\n")
    assert "Entries: 4 versions as they were written" in answer.output


def test_a_redaction_is_told_and_is_no_fault(worked: Database, shell: Shell) -> None:
    shell("check")
    assert shell("redact", str(CONTROL.id)).exit_code == 0
    answer = shell("check")
    assert answer.exit_code == 0, answer.output
    assert f"entry {CONTROL.id} redacted on 2026-" in answer.output
    assert "by a recorded event" in answer.output


WRITTEN = f"version {FIRST.id}: not as it was written"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update entries set answers = json_set(answers, '$.vehicles', 99) where id = :version", WRITTEN),
        ("update entries set explanation = 'x', redacted_at = '2026-01-01 00:00:00' where id = :version", WRITTEN),
        ("update entries set salt = null where id = :version", WRITTEN),
        ("update entries set happened_at = datetime(happened_at, '-1 day') where id = :version", WRITTEN),
        ("delete from entries where id = :version", f"version {FIRST.id}: gone"),
        ("delete from audit_events where action = 'entry-corrected'", "is gone (place"),
        ("update audit_events set account = 1 + account where action = 'entry-corrected'", "is not as it was sealed"),
        ("update audit_seals set event_id = -event_id where place < 3", "is gone (place"),
        ("update day_tallies set amount = amount + 1 where measure = 'vehicles'", "day_tallies"),
        ("update entry_amounts set amount = 99 where measure = 'vehicles' and entry_id = :version", "entry_amounts"),
        ("update entries set account_id = 4711 where id = :version", "refers to a row of accounts that does not exist"),
        ("delete from accounts where name = 'officer'", "refers to a row of accounts that does not exist"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_found_and_named(worked: Database, shell: Shell, change: str, found: str) -> None:
    assert shell("seal").exit_code == 0
    tamper(worked, change.replace(":version", f"'{FIRST.id.hex}'"))
    answer = shell("check")
    assert answer.exit_code == 1
    assert any(line.startswith("WRONG") and found in line for line in answer.output.splitlines()), answer.output


def test_an_entry_written_past_the_door_is_found(worked: Database, shell: Shell) -> None:
    shell("seal")
    names = [name for name in table(Entry).c.keys() if name not in {"id", "origin_id", "replaces_id"}]  # noqa: SIM118
    new = "0192aaaa000070008000000000000000"
    tamper(
        worked,
        f"insert into entries (id, origin_id, {', '.join(names)}) "
        f"select '{new}', '{new}', {', '.join(names)} from entries where id = '{OTHER.id.hex}'",
    )
    answer = shell("check")
    assert answer.exit_code == 1
    assert "the audit log does not know it" in answer.output


def test_events_in_another_order_are_found(worked: Database, shell: Shell) -> None:
    shell("seal")
    for at, to in ((1, -1), (2, 1), (-1, 2)):
        tamper(worked, "update audit_seals set place = :to where place = :at", at=at, to=to)
    answer = shell("check")
    assert answer.exit_code == 1
    assert "does not follow from the one before it" in answer.output


@pytest.mark.parametrize("name", ["notes.txt", "fieldlog.sqlite.old", "restore-abc"])
def test_a_file_that_does_not_belong_there_is_found(worked: Database, shell: Shell, name: str) -> None:
    (shell.live.parent / name).write_text("x")
    answer = shell("check")
    assert answer.exit_code == 1
    assert f"{name} is nothing that fieldlog keeps" in answer.output


def test_a_key_that_others_can_read_is_found(worked: Database, shell: Shell) -> None:
    (shell.live.parent / "secret.key").chmod(0o644)
    answer = shell("check")
    assert answer.exit_code == 1
    assert "can be read by others" in answer.output


def test_a_missing_key_is_found(worked: Database, shell: Shell) -> None:
    (shell.live.parent / "secret.key").unlink()
    assert "is missing" in shell("check").output


def test_a_damaged_database_is_said_in_plain_words(worked: Database, shell: Shell) -> None:
    worked.close()
    content = bytearray(shell.live.read_bytes())
    content[8192:60_000] = b"coffee" * ((60_000 - 8192) // 6)
    shell.live.write_bytes(content)
    answer = shell("check")
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output
    assert "malformed" in answer.output + answer.stderr or "WRONG" in answer.output


def test_many_faults_of_one_sort_are_counted(worked: Database, shell: Shell, tmp_path: Path) -> None:
    for number in range(30):
        (shell.live.parent / f"{number}.txt").touch()
    answer = shell("check")
    assert "WRONG  and 10 more like that" in answer.output
    assert "30 things are wrong." in answer.output
