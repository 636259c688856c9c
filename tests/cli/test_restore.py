"""Putting a copy of the database back, whatever became of the database."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from fieldlog import migrations
from fieldlog.database import Database
from fieldlog.epochs.models import Epoch
from tests.cli.shell import Shell, entries
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, an_entry


def test_what_was_there_before_is_kept(app: Flask, shell: Shell, copy: Path) -> None:
    shell("backup", copy)
    sent = an_entry()
    Phone(app).send(sent)
    answer = shell("restore", copy)
    (kept,) = shell.live.parent.glob("fieldlog.sqlite.before-*")
    assert str(kept) in answer.output
    database = Database(f"sqlite:///{kept}")
    assert entries(database) == {sent["id"]}
    database.close()


@pytest.mark.parametrize("state", ["gone", "gone but for its log", "no database any more", "cut off", "folder gone"])
def test_it_repairs_what_was_destroyed(app: Flask, shell: Shell, copy: Path, state: str) -> None:
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
    shell: Shell, copy: Path, content: bytes | None, reason: str
) -> None:
    if content is not None:
        copy.write_bytes(content)
    before = shell.live.read_bytes()
    assert reason in shell.refuses("restore", copy)
    assert shell.live.read_bytes() == before
    assert not list(shell.live.parent.glob("restore-*"))


def test_a_backup_of_a_newer_fieldlog_is_refused(shell: Shell, copy: Path) -> None:
    shell("backup", copy)
    with sqlite3.connect(copy) as opened:
        opened.execute("update alembic_version set version_num = '9999'")
    opened.close()
    assert "another version" in shell.refuses("restore", copy)


def test_a_backup_of_an_earlier_fieldlog_is_brought_up_to_date(shell: Shell, copy: Path) -> None:
    first_release = Database(f"sqlite:///{copy}")
    migrations.upgrade(first_release, "0001")
    first_release.close()
    assert shell("restore", copy).exit_code == 0
    database = Database(f"sqlite:///{shell.live}")
    with database.read() as session:
        assert len(session.scalars(select(Epoch)).all()) == 2
    database.close()
