"""A public page with some work behind it."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.intake.actions import accept
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of

Log = Callable[..., None]


@pytest.fixture
def log(app: Flask) -> Log:
    """Log items at the clock's moment, as somebody."""

    def send(name: str, *items: Item) -> None:
        house = house_of(app)
        by: Actor = person(house.database, name)

        def work(session: Session) -> None:
            results = accept(session, items, by, house.clock())
            assert {result.outcome for result in results} == {"accepted"}, results

        house.database.write(work)

    return send


@pytest.fixture
def tomorrow(clock: StoppedClock) -> Callable[[], None]:
    return lambda: clock.move(days=1)


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    return app.test_client()
