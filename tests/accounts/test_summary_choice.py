"""Choosing the daily summary: where it goes, in which language, and who may."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.accounts import queries
from fieldlog.audit.models import AuditEvent
from tests.fixtures.site import house_of, sign_in, submit

CHOSEN = {"email": " yttre@polisen.example ", "summary_language": "sv"}


def chosen(app: Flask) -> tuple[str | None, str | None]:
    with house_of(app).database.read() as reading:
        found = queries.account(reading, "supervisor")
    assert found is not None
    return found.email, found.summary_language


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    """The supervisor's browser."""
    sign_in(client, "supervisor")
    return client


def test_a_supervisor_chooses_it_and_changes_their_mind(app: Flask, client: FlaskClient) -> None:
    submit(client, "/settings/summary", CHOSEN, page="/settings")
    assert chosen(app) == ("yttre@polisen.example", "sv")
    assert 'value="yttre@polisen.example"' in client.get("/settings").text
    submit(client, "/settings/summary", {"email": "", "summary_language": ""}, page="/settings")
    assert chosen(app) == (None, None)


def test_the_address_is_not_noted(app: Flask, client: FlaskClient) -> None:
    submit(client, "/settings/summary", CHOSEN, page="/settings")
    with house_of(app).database.read() as reading:
        event = reading.scalars(select(AuditEvent).where(AuditEvent.action == "summary-chosen")).one()
    assert event.details == {"language": "sv", "email": True}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": ""}, "Skriv den e-postadress som sammanfattningen ska gå till."),
        ({"email": "yttre"}, "Skriv en e-postadress, som namn@kommun.se."),
        ({"email": "a@b.se\r\nBcc: c@d.se"}, "Skriv en e-postadress, som namn@kommun.se."),
        ({"email": "a@b.se\0"}, "Skriv en e-postadress, som namn@kommun.se."),
        ({"email": "x" * 100_000}, "Skriv en e-postadress, som namn@kommun.se."),
        ({"summary_language": "de"}, "Välj ett språk."),
    ],
)
def test_what_will_not_do_is_said_and_stays(app: Flask, client: FlaskClient, typed: dict[str, str], said: str) -> None:
    answer = submit(client, "/settings/summary", CHOSEN | typed, page="/settings")
    assert answer.status_code == 400
    assert said in answer.text
    if "email" not in typed:
        assert 'value="yttre@polisen.example"' in answer.text
    assert chosen(app) == (None, None)


@pytest.mark.parametrize("name", ["officer", "administrator"])
def test_it_is_offered_to_nobody_else(app: Flask, name: str) -> None:
    client = app.test_client()
    sign_in(client, name)
    assert "Dagens sammanfattning" not in client.get("/settings").text
    assert submit(client, "/settings/summary", CHOSEN, page="/settings").status_code == 403
