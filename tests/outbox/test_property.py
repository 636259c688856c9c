"""Whatever happens to a phone and to its requests: acknowledged is stored is counted, once."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fieldlog.config import Settings
from tests.fixtures.browser import Live
from tests.fixtures.databases import NOW
from tests.fixtures.people import person
from tests.houserules.tree import ROOT
from tests.outbox.hall import Hall
from tests.outbox.node import MISSING, node

SHIFTS = int(os.environ.get("FIELDLOG_TEST_SHIFTS", "500"))
AT_ONCE = 100
SEED = int(os.environ.get("FIELDLOG_TEST_SEED", "1"))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """As ever, for a phone in more of a hurry than any other."""
    return settings.model_copy(update={"sync_limit": "1000000 per minute"})


@pytest.mark.skipif(node() is None, reason=MISSING)
@pytest.mark.parametrize("first", range(SEED, SEED + SHIFTS, AT_ONCE))
def test_whatever_happens_everything_is_counted_once(live: Live, tmp_path: Path, first: int) -> None:
    """Under node. FIELDLOG_TEST_SEED and FIELDLOG_TEST_SHIFTS say others than the usual."""
    people = [
        {"account": person(live.database, name).account, "cookie": f"fieldlog={live.session(name)}"}
        for name in ("officer", "colleague")
    ]
    place = {
        "url": live.url,
        "people": people,
        "now": NOW.timestamp() * 1000,
        "seed": first,
        "shifts": min(AT_ONCE, SEED + SHIFTS - first),
    }
    hall = Hall(live, tmp_path)
    said = _watch(hall, [str(node()), "tests/outbox/property.js", json.dumps(place)])
    assert "failed" not in said, _told(said["failed"])
    assert "done" in said, f"it ended with {said}"
    hall.expect(**said["done"])


def _watch(hall: Hall, command: list[str]) -> dict[str, Any]:
    """Do what the shifts ask for; the last that they say."""
    said: dict[str, Any] = {}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        for line in running.stdout:
            said = json.loads(line)
            if "do" in said:
                running.stdin.write(json.dumps(_done(hall, said)) + "\n")
                running.stdin.flush()
    return said


def _done(hall: Hall, asked: dict[str, Any]) -> list[dict[str, Any]] | None:
    if asked["do"] == "look":
        return hall.look(asked["ids"])
    (hall.snapshot if asked["do"] == "snapshot" else hall.restore)()
    return None


def _told(failed: dict[str, Any]) -> str:
    steps, seed = " → ".join(failed["steps"]), f"FIELDLOG_TEST_SEED={failed['seed']}"
    return f"the shift of {seed} goes wrong with {steps}:\n{failed['why']}\n{failed['first']}"
