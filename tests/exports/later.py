"""Exports that are made later: begun, done when the test wants, and where their files are."""

from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.exports.ordering import ask
from tests.fixtures.site import house_of

Work = Any


def folder(app: Flask) -> Path:
    return house_of(app).settings.instance / "exports"


def do(app: Flask, work: Work) -> None:
    with app.app_context():
        work()


def started(client: FlaskClient) -> str:
    """The address of the page that shows how far a new export is."""
    answer = ask(client)
    assert answer.status_code == 303, answer.text
    return str(answer.location)
