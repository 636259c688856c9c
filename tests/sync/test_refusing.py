"""When nothing of a batch is taken in: every answer is JSON, says why, and leaves the outbox as it was."""

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from fieldlog import create_app
from fieldlog.database import BusyError
from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from fieldlog.sync import queries
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, open_device
from tests.sync.phone import Phone, an_entry


def stored(app: Flask) -> tuple[int, int]:
    """How many entries and refusals there are."""
    with house_of(app).database.read() as session:
        return session.scalar(select(func.count(Entry.id))) or 0, session.scalar(select(func.count(Refusal.id))) or 0


def test_another_persons_outbox_is_not_taken_in(app: Flask, phone: Phone) -> None:
    other = person(house_of(app).database, "colleague")
    answer = phone.send(an_entry(), account=other.account)
    assert (answer.status_code, answer.get_json()) == (409, {"error": "Conflict"})
    assert stored(app) == (0, 0)


def test_whoever_is_signed_out_is_asked_to_sign_in(app: Flask, phone: Phone) -> None:
    body = json.dumps(phone.envelope(an_entry()))
    answer = app.test_client().post("/sync", data=body, content_type="application/json")
    assert (answer.status_code, answer.get_json()) == (401, {"error": "Unauthorized"})


def test_a_session_that_was_revoked_keeps_nothing_from_being_sent_later(app: Flask, phone: Phone) -> None:
    sent = an_entry()
    phone.client.post("/sign-out", data={"csrf_token": "gone"})
    with phone.client.session_transaction() as session:
        session["_user_id"] = "revoked"
    assert phone.send(sent).status_code == 401
    with phone.client.session_transaction() as session:
        session["_user_id"] = open_device(app, "officer")
    assert phone.outcomes(sent) == ["accepted"]


def test_administrators_log_nothing(app: Flask) -> None:
    answer = Phone(app, "administrator").send(an_entry())
    assert (answer.status_code, answer.get_json()) == (403, {"error": "Forbidden"})


@pytest.mark.parametrize(
    "content_type",
    ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain", "application/json-seq", None],
)
def test_only_json_is_taken_because_no_other_site_can_send_it(
    app: Flask, phone: Phone, content_type: str | None
) -> None:
    answer = phone.post(json.dumps(phone.envelope(an_entry())), content_type=content_type)
    assert (answer.status_code, answer.get_json()) == (415, {"error": "Unsupported Media Type"})
    assert stored(app) == (0, 0)


def test_a_charset_beside_the_type_is_no_other_type(phone: Phone) -> None:
    body = json.dumps(phone.envelope(an_entry()))
    assert phone.post(body, content_type="application/json; charset=utf-8").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}])
def test_another_site_is_refused(app: Flask, phone: Phone, headers: dict[str, str]) -> None:
    answer = phone.post(json.dumps(phone.envelope(an_entry())), headers=headers)
    assert (answer.status_code, answer.get_json()) == (403, {"error": "Forbidden"})
    assert stored(app) == (0, 0)


def test_a_body_that_is_too_large_is_refused_whole(app: Flask, phone: Phone) -> None:
    answer = phone.post(b" " * 1_000_001)
    assert (answer.status_code, answer.get_json()) == (413, {"error": "Request Entity Too Large"})


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_refused(phone: Phone, method: str) -> None:
    answer = phone.client.open("/sync", method=method)
    assert answer.is_json
    assert answer.status_code in {400, 405}


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


def test_too_many_batches_are_told_when_to_come_back(app: Flask, clock: StoppedClock) -> None:
    house = house_of(app)
    slow = create_app(house.settings.model_copy(update={"sync_limit": "3 per minute"}), clock=clock)
    phone, other = Phone(slow), Phone(slow)
    assert [phone.send().status_code for _ in range(3)] == [200] * 3
    answer = phone.send(an_entry())
    assert (answer.status_code, answer.get_json()) == (429, {"error": "Too Many Requests"})
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert other.send().status_code == 200, "another phone has its own"
    house_of(slow).database.close()


def test_a_busy_database_asks_to_come_back(app: Flask, phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: Any) -> None:
        raise BusyError("locked")

    sent = an_entry()
    with monkeypatch.context() as patched:
        patched.setattr("fieldlog.database.Database.write", locked)
        answer = phone.send(sent)
    assert (answer.status_code, answer.get_json()) == (503, {"error": "Service Unavailable"})
    assert int(answer.headers["Retry-After"]) > 0
    assert phone.outcomes(sent) == ["accepted"]


def test_what_was_stored_is_acknowledged_although_the_tallies_cannot_be_told(
    app: Flask, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "standing", broken)
    told = phone.send(an_entry()).get_json()
    assert told["results"][0]["outcome"] == "accepted"
    assert told["tallies"] is None


def test_a_fault_of_ours_is_json_and_tells_no_details(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("secret")

    client.application.testing = False
    monkeypatch.setattr(queries, "epoch", broken)
    answer = client.get("/whoami")
    assert (answer.status_code, answer.get_json()) == (500, {"error": "Internal Server Error"})
