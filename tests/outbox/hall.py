"""Watches over the server while phones do whatever they do: copies it, puts it back, looks what is stored."""

import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.epochs.actions import begin_epoch
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally
from tests.fixtures.browser import Live
from tests.fixtures.databases import NOW
from tests.fixtures.people import person


class Hall:
    def __init__(self, live: Live, folder: Path) -> None:
        self.live = live
        self.file = str(live.database.writer.url.database)
        self.copy = str(folder / "copy.sqlite")

    def snapshot(self) -> None:
        _copy(self.file, self.copy)

    def restore(self) -> None:
        """The database as it was, in a new epoch."""
        _copy(self.copy, self.file)
        by = person(self.live.database, "administrator")
        self.live.database.write(lambda session: begin_epoch(session, by, NOW))

    def look(self, ids: list[str]) -> list[dict[str, Any]]:
        """What is stored of these ids."""
        with self.live.database.read() as session:
            rows = session.scalars(select(Entry).where(Entry.id.in_([UUID(one) for one in ids])))
            return [
                {
                    "id": str(row.id),
                    "account": row.account_id,
                    "replaces": str(row.replaces_id) if row.replaces_id else None,
                    "void": row.is_void,
                    "vehicles": row.answers.get("vehicles"),
                }
                for row in rows
            ]

    def expect(self, *, counted: int, vehicles: int, versions: int | None = None) -> None:
        """What the phones believe is what the database has, in its rows and in its tallies."""
        with self.live.database.read() as session:
            assert recount(session) == []
            if versions is not None:
                assert session.scalar(select(func.count()).select_from(Entry)) == versions
            counts = select(func.count()).select_from(Entry).where(is_current(), ~Entry.is_void)
            assert session.scalar(counts) == counted
            for measure, amount in (("controls", counted), ("vehicles", vehicles)):
                total = select(func.sum(DayTally.amount)).filter_by(kind="traffic-control", measure=measure)
                assert (session.scalar(total) or 0) == amount, measure


def _copy(source: str, target: str) -> None:
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()
