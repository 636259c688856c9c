"""What a phone keeps is renewed when something changed, and at no cost when nothing did."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.areas.models import Area
from fieldlog.database import BusyError
from fieldlog.shell import queries, views
from fieldlog.shell.models import Material, Shell
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import log_one
from tests.shell.worker import told


def add_area(app: Flask) -> None:
    place = Area(municipality="2380", slug="new", name="Nyaste byn", lat=63.2, lon=14.6, col=1, row=1)
    house_of(app).database.write(lambda session: session.add(place))


def test_the_worker_is_asked_for_again_and_again_at_no_cost(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = client.get("/sw.js")
    assert first.headers["Cache-Control"] == "no-cache"
    monkeypatch.setattr(views, "render_template", None)
    monkeypatch.setattr(queries, "material", None)
    again = client.get("/sw.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in again.headers


def test_after_a_minute_it_is_looked_at_and_made_anew_only_if_something_changed(
    app: Flask, client: FlaskClient, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(client)["version"]
    made: list[Material] = []
    make = views._make

    def count(material: Material) -> Shell:
        made.append(material)
        return make(material)

    monkeypatch.setattr(views, "_make", count)
    clock.move(minutes=2)
    assert told(client)["version"] == first
    assert not made
    add_area(app)
    assert told(client)["version"] == first
    clock.move(minutes=2)
    assert told(client)["version"] != first
    assert len(made) == 1
    assert "Nyaste byn" in client.get("/shell/log/patrol").text


def test_work_that_was_logged_changes_nothing(app: Flask, client: FlaskClient, clock: StoppedClock) -> None:
    first, house = told(client), house_of(app)
    officer = person(house.database, "officer")
    house.database.write(lambda session: log_one(session, officer))
    clock.move(minutes=2)
    assert told(client) == first


def test_the_one_before_stays_when_a_new_one_cannot_be_made(
    app: Flask, client: FlaskClient, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = told(client)

    def fail(*_: object) -> None:
        raise BusyError

    monkeypatch.setattr(queries, "material", fail)
    clock.move(minutes=2)
    assert client.get("/sw.js").status_code == 503
    assert told(client) == first
