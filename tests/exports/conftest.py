"""A supervisor for whom any export takes a while, and what waits to be done."""

import sys

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.exports.models import Format
from tests.exports.later import Work
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item, log


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """What is to be done later, for the test to do when it wants."""
    works: list[Work] = []
    monkeypatch.setitem(vars(sys.modules["fieldlog.exports.views"]), "later", works.append)
    return works


@pytest.fixture
def supervisor_s(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The police's supervisor, for whom any export takes a while."""
    monkeypatch.setattr(Format, "direct", 0)
    database = house_of(app).database
    officer = person(database, "officer")
    database.write(lambda session: log(session, officer, *(item() for _ in range(3))))
    client = app.test_client()
    sign_in(client, "supervisor")
    return client
