"""A supervisor's request for documents: opened, looked through, handed out."""

import re
from io import BytesIO

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fixtures.site import shown, submit
from tests.fixtures.work import item
from tests.ground.test_sheets import workbook_of

CONTROL = item(answers={"note": "mörk bil sågs", "place": "Torget", "vehicles": 3})
WALK = item(
    "safety-walk", {"organisations": ["municipality"], "findings": [{"category": "lighting", "where": "vid Ahls port"}]}
)
USUAL = {
    "number": "KS 2026/9", "decided_by": "Kommunjurist", "first": "2026-01-01", "last": "2026-12-31",
    "kinds": ["traffic-control", "safety-walk"],
}  # fmt: skip


def opened(client: FlaskClient, **changed: object) -> str:
    answer = submit(client, "/manage/disclosure", {**USUAL, **changed})
    assert answer.status_code == 303, shown(answer.text)
    return str(answer.location)


def handed_out(client: FlaskClient, page: str, form: str = "xlsx") -> TestResponse:
    """The file of the copy, fetched when it is made: at once, since nothing of these tests is done later."""
    answer = submit(client, f"{page}/hand-out", {"format": form}, page=page)
    assert answer.status_code == 303, shown(answer.text)
    assert "Filen är klar" in client.get(answer.location).text
    return client.get(f"{answer.location}/file", buffered=True)


def copy(client: FlaskClient, page: str) -> dict[str, list[list[object]]]:
    return workbook_of(BytesIO(handed_out(client, page).data))


def look(client: FlaskClient, page: str, *fit: tuple[object, str]) -> None:
    places = [f"{version} {field}" for version, field in fit]
    texts = [(CONTROL.id, "place"), (CONTROL.id, "note"), (WALK.id, "findings")]
    every = [f"{version} {field}" for version, field in texts]
    sent = {"shown": every, "was": went_out(client, page), "released": places}
    assert submit(client, page, sent).status_code == 303


def went_out(client: FlaskClient, page: str) -> list[str]:
    """The texts that the page shows as let out."""
    return re.findall(r'name="was" value="([^"]+)"', client.get(page).text)
