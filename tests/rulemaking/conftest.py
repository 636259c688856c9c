"""A supervisor's browser after three controls, one of them near a school."""

from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one


@pytest.fixture
def desk(client: FlaskClient, app: Flask) -> FlaskClient:
    house = house_of(app)
    officer = person(house.database, "officer")
    for near_school in (True, False, False):
        house.database.write(partial(log_one, by=officer, answers={"near_school": near_school}))
    sign_in(client, "supervisor")
    return client
