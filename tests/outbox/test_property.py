"""Whatever happens to a phone and to its requests: acknowledged is stored is counted, once."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from fieldlog.config import Settings
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.sync.actions import begin_epoch
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally
from tests.fixtures.browser import Live
from tests.fixtures.databases import NOW
from tests.fixtures.people import person
from tests.houserules.tree import ROOT
from tests.outbox.node import MISSING, node

SHIFTS = int(os.environ.get("FIELDLOG_TEST_SHIFTS", "500"))
SEED = int(os.environ.get("FIELDLOG_TEST_SEED", "1"))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As ever, for a phone in more of a hurry than any other."""
    return settings.model_copy(update={"sync_limit": "1000000 per minute"})


class Hall:
    """What the shifts ask of whoever watches over the server."""

    def __init__(self, live: Live, folder: Path) -> None:
        self.live = live
        self.file = str(live.database.writer.url.database)
        self.copy = str(folder / "copy.sqlite")

    def answer(self, asked: dict[str, Any]) -> Any:
        if asked["do"] == "look":
            return self.look(asked["ids"])
        return self.snapshot() if asked["do"] == "snapshot" else self.restore()

    def snapshot(self) -> None:
        _copy(self.file, self.copy)

    def restore(self) -> None:
        """The database as it was, in a new epoch."""
        _copy(self.copy, self.file)
        by = person(self.live.database, "administrator")
        self.live.database.write(lambda session: begin_epoch(session, by, NOW))

    def look(self, ids: list[str]) -> list[dict[str, Any]]:
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


def _copy(source: str, target: str) -> None:
    with sqlite3.connect(source) as one, sqlite3.connect(target) as other:
        one.backup(other)
    one.close()
    other.close()


@pytest.mark.skipif(node() is None, reason=MISSING)
def test_whatever_happens_everything_is_counted_once(app: Flask, live: Live, tmp_path: Path) -> None:
    """Under node. Say FIELDLOG_TEST_SEED and FIELDLOG_TEST_SHIFTS for others than the usual."""
    people = [
        {"account": person(live.database, name).account, "cookie": f"fieldlog={live.session(name)}"}
        for name in ("officer", "colleague")
    ]
    place = {"url": live.url, "people": people, "now": NOW.timestamp() * 1000, "seed": SEED, "shifts": SHIFTS}
    hall = Hall(live, tmp_path)
    command = [str(node()), "tests/outbox/property.js", json.dumps(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        said: dict[str, Any] = {}
        for line in running.stdout:
            said = json.loads(line)
            if "do" in said:
                running.stdin.write(json.dumps(hall.answer(said)) + "\n")
                running.stdin.flush()
    assert "failed" not in said, _told(said["failed"])
    assert said.get("done"), f"it ended with {said}"
    _agrees(live, said["done"])


def _agrees(live: Live, done: dict[str, int]) -> None:
    """What the phones believe is what the database has, in its rows and in its tallies."""
    with live.database.read() as session:
        assert recount(session) == []
        assert session.scalar(select(func.count()).select_from(Entry)) == done["versions"]
        counts = select(func.count()).select_from(Entry).where(is_current(), ~Entry.is_void)
        assert session.scalar(counts) == done["counted"]
        for measure, amount in (("controls", done["counted"]), ("vehicles", done["vehicles"])):
            total = select(func.sum(DayTally.amount)).filter_by(kind="traffic-control", measure=measure)
            assert session.scalar(total) == amount, measure


def _told(failed: dict[str, Any]) -> str:
    steps, seed = " → ".join(failed["steps"]), f"FIELDLOG_TEST_SEED={failed['seed']}"
    return f"the shift of {seed} goes wrong with {steps}:\n{failed['why']}\n{failed['first']}"
