"""What was redacted is nowhere in the files of a SQLite database, nor in its log, while the site goes on running."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import text

from fieldlog.actors import Actor
from fieldlog.cli import main
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.intake.actions import accept
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW, correction, item

SECRET = "Zarathustra Zetterqvist"
HOLDS: dict[str, Any] = {"note": f"{SECRET} {'fyllnad ' * 50}", "place": SECRET}


@pytest.fixture
def database(app: Flask) -> Database:
    """The running site's own, so that its connections are open all the while."""
    return house_of(app).database


@pytest.fixture
def by(database: Database) -> Actor:
    return person(database, "officer")


def log(database: Database, by: Actor, *items: Item) -> None:
    """Each in a transaction of its own."""
    for one in items:
        database.write(partial(accept, items=[one], by=by, now=NOW))


def redact(settings: Settings, original: Item) -> Result:
    environment = {"FIELDLOG_INSTANCE": str(settings.instance), "FIELDLOG_DATABASE_URL": settings.database_url}
    return CliRunner().invoke(main, ["redact", str(original.id)], env=environment)


def in_files(folder: Path) -> list[str]:
    """The files that still hold it."""
    return [path.name for path in folder.iterdir() if path.is_file() and SECRET.encode() in path.read_bytes()]


def test_a_redacted_text_is_in_no_file(settings: Settings, database: Database, by: Actor) -> None:
    original = item(answers=HOLDS)
    first = correction(original, explanation=SECRET)
    refused = correction(original, {"vehicles": -1, **HOLDS})
    log(database, by, original, first, refused, *(item(answers={"note": "Lugnt " * 60}) for _ in range(30)))
    assert in_files(settings.instance)
    done = redact(settings, original)
    assert (done.exit_code, done.output) == (0, "Blacked out the text in 3 versions.\n")
    assert in_files(settings.instance) == []


def test_nor_is_what_was_moved_about_before(settings: Settings, database: Database, by: Actor) -> None:
    """Rows of all lengths come and go, so that pages are split, freed and used again."""
    original = item(answers=HOLDS)
    log(database, by, original)
    for length in range(0, 480, 32):
        log(database, by, item(answers={"note": "x" * length}), item(answers={"note": "y" * length, "vehicles": -1}))
    database.write(lambda session: session.execute(text("delete from refusals")))
    assert redact(settings, original).exit_code == 0
    assert in_files(settings.instance) == []


def test_a_text_that_somebody_is_just_reading_is_said_to_be_still_there(
    settings: Settings, database: Database, by: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldlog.database.BUSY_SECONDS", 0.1)
    original = item(answers=HOLDS)
    log(database, by, original)
    with database.read() as reading:
        reading.execute(text("select count(*) from entries"))
        assert redact(settings, original).exit_code == 1
    assert redact(settings, original).exit_code == 0
    assert in_files(settings.instance) == []


def test_an_entry_that_does_not_exist_is_said_in_one_line(settings: Settings, database: Database) -> None:
    done = redact(settings, item())
    assert done.exit_code == 1
    assert "no entry" in done.output
