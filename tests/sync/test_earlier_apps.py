"""Phones that were not updated: what an earlier version of the app sends is taken in for ever.

Each file holds what one version sent, frozen as it was. When a test here fails, the door has to be mended, never the
file: somewhere a phone still holds such entries.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from fieldlog.entries.models import Entry
from fieldlog.kinds import KINDS
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of
from tests.sync.phone import Phone

FIRST = json.loads((Path(__file__).parent / "first_app.json").read_text(encoding="utf-8"))


@pytest.fixture
def taken(app: Flask) -> dict[str, str]:
    """What became of each entry."""
    told: dict[str, str] = {}
    for batch in FIRST:
        phone = Phone(app, batch["by"])
        answer = phone.post(json.dumps(batch["envelope"] | {"account": phone.account}))
        assert answer.status_code == 200, answer.text
        for result in answer.get_json()["results"]:
            told[result["id"]] = f"{result['outcome']} {result.get('reasons', '')}".strip()
    return told


def entries() -> list[dict[str, Any]]:
    return [entry for batch in FIRST for entry in batch["envelope"]["entries"]]


def test_everything_is_accepted(taken: dict[str, str]) -> None:
    refused = {entry["kind"]: taken[entry["id"]] for entry in entries() if taken[entry["id"]] != "accepted"}
    assert not refused


def test_nothing_that_was_answered_is_lost(app: Flask, taken: dict[str, str]) -> None:
    with house_of(app).database.read() as session:
        stored = {str(entry.id): entry.answers for entry in session.scalars(select(Entry))}
        assert recount(session) == []
    for entry in entries():
        for name, answer in entry["answers"].items():
            if answer and name != "organisations":
                kept = stored[entry["id"]][name]
                assert KINDS[entry["kind"]].is_same(name, kept, answer), f"{entry['kind']}.{name}"
