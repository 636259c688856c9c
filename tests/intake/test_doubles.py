"""Before saving, the form shows what the unit did lately and asks whether a colleague logged the same."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, item
from tests.intake.posting import changed, controls, entries, fill_in
from tests.review.desk import send

FOLD, DOUBT = "Enhetens senaste två timmar", "Någon annan i enheten har loggat samma sak"


def open_form(app: Flask, name: str = "officer") -> FlaskClient:
    client = app.test_client()
    sign_in(client, name)
    return client


def test_the_unit_s_last_two_hours_stand_on_the_form(app: Flask) -> None:
    client = open_form(app)
    assert FOLD not in client.get("/log/patrol").text
    old = item(answers={"place": "Gammal"}, happened_at=NOW - timedelta(minutes=121))
    send(
        house_of(app), "colleague", old, item(answers={"place": "E14 Svedje"}, happened_at=NOW - timedelta(minutes=119))
    )
    page = client.get("/log/patrol").text
    assert FOLD in page
    assert "E14 Svedje" in page
    assert "Gammal" not in page
    assert "data-double" not in page, "it is of another kind"
    assert "data-double" in client.get("/log/traffic-control").text
    assert "E14 Svedje" not in open_form(app, "other-officer").get("/log/traffic-control").text
    assert "E14 Svedje" not in open_form(app, "supervisor").get("/log/traffic-control").text, "of no unit"


def test_without_a_script_the_same_work_is_asked_about_once(app: Flask) -> None:
    client = open_form(app)
    send(house_of(app), "colleague", item())
    answer = fill_in(client, vehicles="3")
    assert answer.status_code == 422
    assert f"{DOUBT} 21:40" in answer.text
    assert client.post("/log/traffic-control", data=changed(controls(answer), confirmed="yes")).status_code == 303
    assert entries(client) == 2


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("colleague", {"area": "lit"}),
        ("colleague", {"happened_at": "2026-11-21T20:39"}),
        ("officer", {}),
        ("other-officer", {}),
    ],
)
def test_other_work_is_not_asked_about(app: Flask, name: str, typed: dict[str, Any]) -> None:
    send(house_of(app), name, item())
    assert fill_in(open_form(app), vehicles="3", **typed).status_code == 303
