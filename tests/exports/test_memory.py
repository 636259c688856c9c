"""An export holds no more than a chunk of rows at a time, and sees one moment however long it takes."""

import tracemalloc
from datetime import timedelta
from functools import partial

import pytest

from fieldlog.database import Database
from fieldlog.exports.actions import csv_parts, write_file
from fieldlog.exports.models import Format, Order
from fieldlog.intake.actions import accept
from tests.fixtures.people import person
from tests.fixtures.work import NOW, item
from tests.tables.reading import POLICE, YEAR

ORDER = Order(YEAR, ("traffic-control",))


class Sink:
    """Takes what is written and keeps nothing; an archive wants to know where it is."""

    def __init__(self) -> None:
        self.at = 0

    def write(self, part: bytes) -> int:
        self.at += len(part)
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""


def fill(database: Database, number: int) -> None:
    officer = person(database, "officer")
    items = [item(happened_at=NOW - timedelta(minutes=minute), answers={"note": "x" * 200}) for minute in range(number)]
    for start in range(0, number, 500):
        database.write(partial(accept, items=items[start : start + 500], by=officer, now=NOW))


def peak(database: Database, form: Format) -> int:
    tracemalloc.start()
    with database.snapshot() as session:
        write_file(session, Order(YEAR, ("traffic-control",), format=form), POLICE, Sink())  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_memory_does_not_grow_with_the_rows(sqlite: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldlog.tables.queries.CHUNK", 50)
    fill(sqlite, 200)
    few = {form: peak(sqlite, form) for form in (Format.CSV, Format.XLSX)}
    few = {form: peak(sqlite, form) for form in few}  # what is made once is there now
    fill(sqlite, 2_000)
    many = {form: peak(sqlite, form) for form in few}
    # Eleven times as many rows: half a megabyte of notes alone, were they kept.
    assert all(many[form] < few[form] + 150_000 for form in few), (few, many)


def test_one_moment_is_seen_however_long_it_takes_and_writers_go_on(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldlog.tables.queries.CHUNK", 1)
    fill(database, 3)
    with database.snapshot() as session:
        parts = csv_parts(session, ORDER, POLICE)
        next(parts), next(parts)
        fill(database, 2)
        assert len(list(parts)) == 2
        assert sum(1 for _ in csv_parts(session, ORDER, POLICE)) == 4
    with database.snapshot() as session:
        assert sum(1 for _ in csv_parts(session, ORDER, POLICE)) == 6
