"""A request for documents: opened with all that it needs, read page by page, by its own organisation alone."""

import sys
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.disclosure.desk import USUAL, handed_out, opened
from tests.fixtures.site import shown, sign_in, submit


def test_a_request_belongs_to_its_organisation(client: FlaskClient, app: Flask) -> None:
    page = opened(client)
    other = app.test_client()
    sign_in(other, "coordinator")
    assert other.get(page).status_code == 404
    assert submit(other, f"{page}/hand-out", {}, page="/manage/disclosure").status_code == 404
    assert "KS 2026/9" not in other.get("/manage/disclosure").text


def test_pages_of_texts_follow_each_other(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(sys.modules["fieldlog.disclosure.views"]), "PAGE", 2)
    page = opened(client)
    assert client.get(page).text.count('name="released"') == 2
    assert client.get(f"{page}?page=1").text.count('name="released"') == 1
    assert "Inga fler texter" in client.get(f"{page}?page=2").text
    for odd in ("-1", "x", "9" * 30):
        assert client.get(f"{page}?page={odd}").status_code == 200


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"number": ""}, "Skriv begärans diarienummer."),
        ({"number": "x" * 41}, "Texten är för lång."),
        ({"decided_by": " "}, "Skriv vilken funktion som beslutar"),
        ({"first": "2026-12-31", "last": "2026-01-01"}, "Perioden slutar innan den börjar."),
        ({"kinds": ["outreach"]}, "Den typen av aktivitet finns inte här"),
        ({"kinds": []}, "Välj minst en typ"),
    ],
)
def test_what_is_missing_is_told(client: FlaskClient, changed: dict[str, object], words: str) -> None:
    answer = submit(client, "/manage/disclosure", {**USUAL, **changed})
    assert answer.status_code == 422
    assert words in shown(answer.text)


def test_the_copy_comes_as_csv_too_masked_and_with_its_record(client: FlaskClient) -> None:
    answer = handed_out(client, opened(client), "csv")
    assert answer.headers["Content-Disposition"] == "attachment; filename=utlamnande-1.zip"
    with ZipFile(BytesIO(answer.data)) as packed:
        texts = [packed.read(name).decode("utf-8-sig") for name in packed.namelist()]
    assert len(texts) == 4
    assert "KS 2026/9" in texts[0]
    assert "Maskeras" in texts[-1]
    assert "mörk bil" not in "".join(texts)


def test_a_copy_is_fetched_by_its_own_person_alone(client: FlaskClient, app: Flask) -> None:
    page = opened(client)
    made = str(submit(client, f"{page}/hand-out", {}, page=page).location)
    other = app.test_client()
    sign_in(other, "coordinator")
    assert {other.get(f"{made}{part}").status_code for part in ("", "/file")} == {404}
