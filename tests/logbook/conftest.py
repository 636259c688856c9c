"""Two browsers that correct the same entries, and controls to correct."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.intake.posting import fill_in, saved_id


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


@pytest.fixture
def supervisor_s(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


@pytest.fixture
def control(officer_s: FlaskClient) -> str:
    return saved_id(fill_in(officer_s, vehicles="3", place="E14 Svedje"))


@pytest.fixture
def logged(officer_s: FlaskClient) -> str:
    """The id of a control with three vehicles."""
    return saved_id(fill_in(officer_s, vehicles="3", place="E14 Svedje", note="Lugnt", happened_at="2026-11-20T10:00"))
