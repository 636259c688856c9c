"""When the server is in trouble: the phone is told when to come back, and what was stored stays acknowledged."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.database import BusyError
from fieldlog.pledges import queries as pledges
from fieldlog.sync import views
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, an_entry


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

    monkeypatch.setattr(pledges, "tallies", broken)
    told = phone.send(an_entry()).get_json()
    assert told["results"][0]["outcome"] == "accepted"
    assert told["tallies"] is None


def test_a_fault_of_ours_is_json_and_tells_no_details(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("secret")

    client.application.testing = False
    monkeypatch.setattr(views, "epoch", broken)
    answer = client.get("/whoami")
    assert (answer.status_code, answer.get_json()) == (500, {"error": "Internal Server Error"})
