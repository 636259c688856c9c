"""The public side with some work behind it, as its own tests have it, at an address that is known."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from tests.fixtures.site import house_of
from tests.public.conftest import log, tomorrow

__all__ = ["log", "tomorrow"]


@pytest.fixture
def known(app: Flask) -> Iterator[Flask]:
    """The application where its address and those who may show its cards are set."""
    house = house_of(app)
    more = {"url": "https://loften.example", "embed_hosts": "ostersund.se *.polisen.se"}
    made = create_app(house.settings.model_copy(update=more), clock=house.clock)
    yield made
    house_of(made).database.close()


@pytest.fixture
def stranger(known: Flask) -> FlaskClient:
    return known.test_client()
