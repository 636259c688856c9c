"""The door: one answer for every refusal, a limit on attempts, and a session that can be ended."""

import re
from unittest.mock import patch

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog import passwords
from fieldlog.accounts import actions
from fieldlog.audit.models import AuditEvent
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PASSWORD, person
from tests.fixtures.site import enter, house_of, sign_in, submit

REFUSED = "Namnet eller lösenordet stämmer inte."


def disable(app: Flask, name: str) -> None:
    house = house_of(app)
    by = person(house.database, "administrator")
    house.database.write(lambda writing: actions.disable_account(writing, by, house.clock(), name))


def test_a_right_name_and_password_lead_to_the_log(client: FlaskClient) -> None:
    answer = enter(client, " Officer ")
    assert (answer.status_code, answer.location) == (302, "/log")
    assert client.get("/settings").status_code == 200


def test_an_administrator_has_nothing_to_log(client: FlaskClient) -> None:
    assert enter(client, "administrator").location == "/manage"


def test_who_supervises_begins_with_the_day(client: FlaskClient) -> None:
    assert enter(client, "supervisor").location == "/day"


def test_every_refusal_looks_the_same_and_costs_the_same(app: Flask, client: FlaskClient) -> None:
    disable(app, "colleague")
    tries = {"officer": "wrong password", "nobody": PASSWORD, "colleague": PASSWORD}
    pages, work = set(), []
    for name, password in tries.items():
        with (
            patch.object(passwords, "HASHER", wraps=passwords.HASHER) as hasher,
            patch.object(house_of(app).database, "write", wraps=house_of(app).database.write) as write,
        ):
            answer = enter(client, name, password)
        work.append((hasher.verify.call_count, write.call_count))
        assert answer.status_code == 400
        assert REFUSED in answer.text
        assert PASSWORD not in answer.text
        pages.add(re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", answer.text).replace(name, "NAME"))
    assert work == [(1, 1)] * 3
    assert len(pages) == 1


def test_the_hash_that_nobody_has_costs_as_much_as_a_real_one() -> None:
    assert not passwords.HASHER.check_needs_rehash(passwords.NOBODYS_HASH)


def test_a_refusal_is_noted_and_so_is_signing_in(app: Flask, client: FlaskClient) -> None:
    enter(client, "officer", "wrong password")
    enter(client, "nobody")
    enter(client, "officer")
    with house_of(app).database.read() as reading:
        events = reading.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    noted = [(event.action, event.subject) for event in events if event.action.startswith("sign")]
    officer = person(house_of(app).database, "officer").account
    assert noted[:2] == [("sign-in-refused", f"account:{officer}"), ("sign-in-refused", "account:0")]
    assert noted[2][0] == "signed-in"


def test_what_is_missing_is_said_at_its_field_and_the_name_stays(client: FlaskClient) -> None:
    answer = enter(client, "officer", "")
    assert answer.status_code == 400
    assert "Skriv ditt lösenord." in answer.text
    assert 'value="officer"' in answer.text


@pytest.mark.parametrize("path", ["/pledges?focus=trafik", "/log/traffic-control"])
def test_after_signing_in_comes_the_page_that_was_asked_for(client: FlaskClient, path: str) -> None:
    assert enter(client, "officer", next=path).location == path


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\n/evil", "log"]
)
def test_it_never_leads_to_another_site(client: FlaskClient, path: str) -> None:
    assert enter(client, "officer", next=path).location == "/log"
    assert client.get("/sign-in", query_string={"next": path}).location == "/log"


def test_a_page_that_needs_signing_in_says_where_to_come_back_to(client: FlaskClient) -> None:
    assert client.get("/settings?a=1").location == "/sign-in?next=/settings?a%3D1"


def test_signing_out_ends_the_session_on_the_server_too(client: FlaskClient) -> None:
    sign_in(client, "officer")
    with client.session_transaction() as session:
        token = session["_user_id"]
    assert submit(client, "/sign-out", {}, page="/settings").location == "/sign-in"
    with client.session_transaction() as session:
        session["_user_id"] = token
    assert client.get("/settings").status_code == 302


def test_disabling_an_account_ends_its_session_at_once(app: Flask, client: FlaskClient) -> None:
    sign_in(client, "officer")
    assert client.get("/settings").status_code == 200
    disable(app, "officer")
    assert client.get("/settings").status_code == 302


def test_a_session_lives_on_while_it_is_used(client: FlaskClient, clock: StoppedClock) -> None:
    enter(client, "officer")
    for _ in range(3):
        clock.move(days=80)
        assert client.get("/settings").status_code == 200
    clock.move(days=91)
    assert client.get("/settings").status_code == 302
