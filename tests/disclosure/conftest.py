"""A supervisor's browser, after some work by the police and the municipality."""

import sys
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.intake.actions import accept
from tests.disclosure.desk import CONTROL, WALK
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, item


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The police's supervisor, after a control, a walk, and an inspection by the municipality with the police."""
    monkeypatch.setitem(vars(sys.modules["fieldlog.disclosure.views"]), "later", lambda work: work())
    database = house_of(app).database
    theirs = item("alcohol-inspection", {"organisations": ["police"], "note": "kommunens", "place": "Kajen"})
    for name, work in {"officer": [CONTROL, WALK], "inspector": [theirs]}.items():
        database.write(partial(accept, items=work, by=person(database, name), now=NOW))
    client = app.test_client()
    sign_in(client, "supervisor")
    return client
