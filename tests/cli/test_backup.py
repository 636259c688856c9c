"""A copy of the database, made while it is in use."""

import stat
from pathlib import Path

from flask import Flask

from fieldlog.database import Database
from tests.cli.shell import Shell, entries
from tests.sync.phone import Phone, an_entry


def test_it_is_one_file_for_its_owner_only_and_holds_what_is_in_the_log(app: Flask, shell: Shell, copy: Path) -> None:
    sent = an_entry()
    Phone(app).send(sent)
    assert shell("backup", copy).exit_code == 0
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert sorted(copy.parent.glob("copy.sqlite*")) == [copy]
    database = Database(f"sqlite:///{copy}")
    assert entries(database) == {sent["id"]}
    database.close()


def test_it_overwrites_nothing(shell: Shell, copy: Path) -> None:
    copy.write_text("precious")
    assert "exists already" in shell.refuses("backup", copy)
    assert copy.read_text() == "precious"


def test_it_says_what_is_wrong_in_one_line(shell: Shell, tmp_path: Path) -> None:
    assert "No such file" in shell.refuses("backup", tmp_path / "nowhere" / "copy.sqlite")
    other = "postgresql://nobody@127.0.0.1:1/nothing"
    assert "pg_dump" in shell.refuses("backup", tmp_path / "copy", FIELDLOG_DATABASE_URL=other)
    assert "pg_restore" in shell.refuses("restore", tmp_path / "copy", FIELDLOG_DATABASE_URL=other)


def test_without_a_database_nothing_is_left_behind(shell: Shell, copy: Path) -> None:
    shell.live.unlink()
    assert "there is no database" in shell.refuses("backup", copy)
    assert not copy.exists()
