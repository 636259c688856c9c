"""A copy of the database, and putting it back: what was acknowledged since comes back from the phones, once."""

import os
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from fieldlog import migrations
from fieldlog.audit.models import AuditEvent
from fieldlog.cli import main
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.sync.models import Epoch
from fieldlog.sync.queries import epoch
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, a_correction, an_entry


class Shell:
    def __init__(self, settings: Settings) -> None:
        self.environment = {"FIELDLOG_INSTANCE": str(settings.instance)}
        self.live = settings.instance / "fieldlog.sqlite"

    def __call__(self, *words: str | Path, **environment: str) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env=self.environment | environment)

    def refuses(self, *words: str | Path, **environment: str) -> str:
        """The one line in which the command says why it will not."""
        answer = self(*words, **environment)
        assert answer.exit_code == 1, answer.output
        assert answer.stdout == ""
        assert answer.stderr.startswith("fieldlog: ")
        assert answer.stderr.count("\n") == 1
        return answer.stderr


@pytest.fixture
def shell(settings: Settings) -> Shell:
    return Shell(settings)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite"


def entries(database: Database) -> set[str]:
    with database.read() as session:
        assert recount(session) == []
        return {str(entry.id) for entry in session.scalars(select(Entry))}


def epoch_of(phone: Phone) -> str:
    return str(phone.client.get("/whoami").get_json()["epoch"])


class TestLostAndSentAgain:
    def test_what_the_restore_lost_comes_back_from_the_phone_and_counts_once(
        self, app: Flask, shell: Shell, copy: Path
    ) -> None:
        phone = Phone(app)
        early, late = an_entry(answers={"vehicles": 1}), an_entry(answers={"vehicles": 2})
        corrected = a_correction(late, {"vehicles": 5})
        assert phone.outcomes(early) == ["accepted"]
        before = epoch_of(phone)
        assert shell("backup", copy).exit_code == 0
        assert phone.outcomes(late, corrected) == ["accepted", "accepted"]
        assert shell("restore", copy).exit_code == 0
        assert entries(house_of(app).database) == {early["id"]}

        assert epoch_of(phone) != before, "the phone notices"
        kept = [early, late, corrected]
        assert phone.outcomes(*kept) == ["already", "accepted", "accepted"]
        assert phone.outcomes(*kept) == ["already"] * 3
        told = phone.send().get_json()
        assert told["tallies"]["kinds"]["traffic-control"] == "2 av 50"
        assert told["epoch"] == epoch_of(phone)
        assert entries(house_of(app).database) == {one["id"] for one in kept}

    def test_no_epoch_comes_twice_however_often_the_same_backup_is_put_back(
        self, app: Flask, shell: Shell, copy: Path
    ) -> None:
        phone = Phone(app)
        seen = [epoch_of(phone)]
        shell("backup", copy)
        for _ in range(3):
            shell("restore", copy)
            seen.append(epoch_of(phone))
        assert len(set(seen)) == 4

    def test_an_epoch_can_begin_without_a_file(self, app: Flask, shell: Shell) -> None:
        phone = Phone(app)
        before = epoch_of(phone)
        assert shell("restore").exit_code == 0
        assert epoch_of(phone) != before

    def test_a_restore_is_in_the_audit_log(self, app: Flask, shell: Shell, copy: Path) -> None:
        shell("backup", copy)
        shell("restore", copy)
        with house_of(app).database.read() as session:
            events = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc()).limit(2)).all()
            subject = f"epoch:{epoch(session)}"
        assert {event.action for event in events} == {"database-restored", "epoch-begun"}
        assert subject in {event.subject for event in events}


class TestBackup:
    def test_it_is_one_file_for_its_owner_only_and_holds_what_is_in_the_log(
        self, app: Flask, shell: Shell, copy: Path
    ) -> None:
        sent = an_entry()
        Phone(app).send(sent)
        assert shell("backup", copy).exit_code == 0
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert sorted(copy.parent.glob("copy.sqlite*")) == [copy]
        database = Database(f"sqlite:///{copy}")
        assert entries(database) == {sent["id"]}
        database.close()

    def test_it_overwrites_nothing(self, shell: Shell, copy: Path) -> None:
        copy.write_text("precious")
        assert "exists already" in shell.refuses("backup", copy)
        assert copy.read_text() == "precious"

    def test_it_says_what_is_wrong_in_one_line(self, shell: Shell, tmp_path: Path) -> None:
        assert "No such file" in shell.refuses("backup", tmp_path / "nowhere" / "copy.sqlite")
        other = "postgresql://nobody@127.0.0.1:1/nothing"
        assert "pg_dump" in shell.refuses("backup", tmp_path / "copy", FIELDLOG_DATABASE_URL=other)
        assert "pg_restore" in shell.refuses("restore", tmp_path / "copy", FIELDLOG_DATABASE_URL=other)

    def test_without_a_database_nothing_is_left_behind(self, shell: Shell, copy: Path) -> None:
        shell.live.unlink()
        assert "there is no database" in shell.refuses("backup", copy)
        assert not copy.exists()


class TestRestore:
    def test_what_was_there_before_is_kept(self, app: Flask, shell: Shell, copy: Path) -> None:
        shell("backup", copy)
        sent = an_entry()
        Phone(app).send(sent)
        answer = shell("restore", copy)
        (kept,) = shell.live.parent.glob("fieldlog.sqlite.before-*")
        assert str(kept) in answer.output
        database = Database(f"sqlite:///{kept}")
        assert entries(database) == {sent["id"]}
        database.close()

    @pytest.mark.parametrize(
        "state", ["gone", "gone but for its log", "no database any more", "cut off", "folder gone"]
    )
    def test_it_repairs_what_was_destroyed(self, app: Flask, shell: Shell, copy: Path, state: str) -> None:
        sent = an_entry()
        Phone(app).send(sent)
        shell("backup", copy)
        house_of(app).database.close()
        if state == "folder gone":
            shutil.rmtree(shell.live.parent)
        elif state == "no database any more":
            shell.live.write_bytes(b"coffee" * 10_000)
        elif state == "cut off":
            os.truncate(shell.live, 5000)
        else:
            shell.live.unlink()
        if state == "gone but for its log":
            shell.live.with_name("fieldlog.sqlite-wal").write_bytes(b"stale" * 10_000)
        assert shell("restore", copy).exit_code == 0
        database = Database(f"sqlite:///{shell.live}")
        assert entries(database) == {sent["id"]}
        database.close()

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"", "not a database of fieldlog"),
            (b"coffee" * 1000, "not a database"),
            (None, "unable to open"),
        ],
    )
    def test_it_takes_nothing_else_and_leaves_everything_as_it_was(
        self, shell: Shell, copy: Path, content: bytes | None, reason: str
    ) -> None:
        if content is not None:
            copy.write_bytes(content)
        before = shell.live.read_bytes()
        assert reason in shell.refuses("restore", copy)
        assert shell.live.read_bytes() == before
        assert not list(shell.live.parent.glob("restore-*"))

    def test_a_backup_of_a_newer_fieldlog_is_refused(self, shell: Shell, copy: Path) -> None:
        shell("backup", copy)
        with sqlite3.connect(copy) as opened:
            opened.execute("update alembic_version set version_num = '9999'")
        opened.close()
        assert "another version" in shell.refuses("restore", copy)

    def test_a_backup_of_an_earlier_fieldlog_is_brought_up_to_date(self, shell: Shell, copy: Path) -> None:
        first_release = Database(f"sqlite:///{copy}")
        migrations.upgrade(first_release, "0001")
        first_release.close()
        assert shell("restore", copy).exit_code == 0
        database = Database(f"sqlite:///{shell.live}")
        with database.read() as session:
            assert len(session.scalars(select(Epoch)).all()) == 2
        database.close()
