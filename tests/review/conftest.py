"""A supervisor's browser for the review."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "supervisor")
    return client
