"""Browsers for whoever looks in the audit log."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.trail.looking import Browser


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser for whoever is named."""
    signed_in: dict[str, FlaskClient] = {}

    def of(name: str) -> FlaskClient:
        if name not in signed_in:
            signed_in[name] = app.test_client()
            sign_in(signed_in[name], name)
        return signed_in[name]

    return of
