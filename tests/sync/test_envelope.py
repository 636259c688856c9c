"""An envelope that cannot be read: nothing of it is taken in, and the answer names what is wrong."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, an_entry


def stored(app: Flask) -> tuple[int, int]:
    """How many entries and refusals there are."""
    with house_of(app).database.read() as session:
        return session.scalar(select(func.count(Entry.id))) or 0, session.scalar(select(func.count(Refusal.id))) or 0


def test_a_body_that_is_too_large_is_refused_whole(app: Flask, phone: Phone) -> None:
    answer = phone.post(b" " * 1_000_001)
    assert (answer.status_code, answer.get_json()) == (413, {"error": "Request Entity Too Large"})


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"entries",
        b'{"account": 1',
        b"\xff\xfe{}",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b'{"account":' + b"9" * 5000 + b"}",
    ],
)
def test_what_is_no_envelope_is_400_with_what_is_wrong(phone: Phone, body: bytes) -> None:
    answer = phone.post(body)
    assert answer.status_code == 400
    assert answer.get_json()["error"] == "Bad Request"
    assert answer.get_json()["reasons"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("account", None),
        ("account", "1"),
        ("account", 1.0),
        ("account", True),
        ("device", "my phone"),
        ("device", 7),
        ("app", None),
        ("sent_at", "yesterday"),
        ("sent_at", 1_700_000_000),
        ("sent_at", "2026-11-21T21:40:00"),
        ("sent_at", "2026-02-30T21:40:00Z"),
        ("waiting", -1),
        ("waiting", "none"),
        ("discarded", "all"),
        ("entries", None),
        ("entries", {}),
        ("entries", "[]"),
    ],
)
def test_a_part_of_the_envelope_that_is_wrong_is_named(app: Flask, phone: Phone, name: str, value: Any) -> None:
    answer = phone.send(**({"entries": [an_entry()]} | {name: value}))
    assert answer.status_code == 400
    assert answer.get_json()["reasons"].keys() == {name}
    assert stored(app) == (0, 0)
