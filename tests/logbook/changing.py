"""Correcting and voiding as the pages do it."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.intake.posting import changed, controls


def correct(client: FlaskClient, entry: str, **typed: str) -> TestResponse:
    page = controls(client.get(f"/entries/{entry}/correct"))
    return client.post(f"/entries/{entry}/correct", data=changed(page, **{"reason": "wrong-count", **typed}))


def void(client: FlaskClient, entry: str, **typed: str) -> TestResponse:
    page = controls(client.get(f"/entries/{entry}/void"))
    return client.post(f"/entries/{entry}/void", data=changed(page, **{"reason": "duplicate", **typed}))
