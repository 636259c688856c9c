"""Whose entries are taken in, and from where: otherwise the answer is JSON and the outbox stays as it was."""

import json

import pytest
from flask import Flask
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
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


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_another_method_is_refused(phone: Phone, method: str) -> None:
    answer = phone.client.open("/sync", method=method)
    assert answer.is_json
    assert answer.status_code in {400, 405}


def test_a_host_that_can_be_no_name_is_answered_in_json_too(phone: Phone) -> None:
    answer = phone.post(json.dumps(phone.envelope(an_entry())), headers={"Host": "a..b"})
    assert (answer.status_code, answer.is_json) == (400, True)
