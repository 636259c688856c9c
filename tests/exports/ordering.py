"""What the page sends, and files read back."""

import csv
from io import StringIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fixtures.site import submit

USUAL: dict[str, Any] = {
    "first": "2026-01-01", "last": "2026-12-31", "kinds": ["traffic-control"], "format": "csv",
}  # fmt: skip


def ask(client: FlaskClient, **changed: Any) -> TestResponse:
    """Post an order; ``changed`` says what is different from the usual."""
    return submit(client, "/manage/exports", {**USUAL, **changed}, buffered=True)


def table(answer: TestResponse) -> list[dict[str, str]]:
    """The rows of a CSV with semicolons."""
    assert answer.mimetype == "text/csv", answer.text
    return list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))
