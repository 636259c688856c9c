"""A programme comes and goes as one file."""

from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.planning.desk import form_on, said, send

UPLOAD = "/manage/upload-programme"
SOURCE = Path(__file__).parents[2] / "fieldlog" / "programmes" / "ostersund-2017.toml"


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "administrator")
    return client


def test_what_is_downloaded_can_be_taken_in_for_another_year(desk: FlaskClient) -> None:
    answer = desk.get("/manage/programme/ostersund-2026/download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ostersund-2026.toml"'
    for field, instead in (("ostersund-2026", "ostersund-2027"), ("2026-", "2027-")):
        answer.text.replace(field, instead)
    moved = answer.text.replace("2026", "2027").encode()
    values = form_on(desk.get(UPLOAD).text)
    sent = desk.post(UPLOAD, data={**values, "file": (BytesIO(moved), "next.toml")})
    assert sent.status_code == 303
    assert desk.get("/manage/programme/ostersund-2027/download").data == moved


@pytest.mark.parametrize(
    ("there", "instead", "why"),
    [
        ("at_least = 50", "at_leest = 50", "Rad 258, pledges.3.commitments.0.rule.target.at_leest: känns inte igen"),
        ("at_least = 50", "at_least = 0", "Rad 258, pledges.3.commitments.0.rule.target.at_least: ska vara minst 1"),
        ("at_least = 50", "at_least = x", "Rad 258, target: så skrivs inte TOML"),
        ("2017-12-31", "2016-12-31", "Rad 7, last_day: Den sista dagen kommer före den första."),
        ('"2380"', '"2361"', "Filen gäller kommunen 2361, men det här är 2380."),
        ("-12-31", "-12-30", ""),
        ("patrol.patrols", "patrol.dragons", "Det finns inget mått patrol.dragons (visible-patrols)"),
        ('counts = ["patrol.patrols"]', "counts = []", "Rad 50, pledges.0.commitments.0.rule.counts: är tom"),
        ("Unga i riskzon", "Unga 811218-9876", "ett personnummer"),
        ("{year}", "2026", "Det finns redan ett medborgarlöfte som heter ostersund-2026."),
    ],
)
def test_a_wrong_file_stays_on_the_page_with_line_and_field(
    desk: FlaskClient, there: str, instead: str, why: str
) -> None:
    words = SOURCE.read_text(encoding="utf-8").replace(there, instead)
    values = form_on(desk.get(UPLOAD).text)
    answer = send(desk, UPLOAD, values, words=words)
    if not why:
        assert answer.status_code == 303
        return
    assert answer.status_code == 422
    assert why in said(answer)[0]
    assert form_on(answer.text)["words"][0].strip() == words.strip()


@pytest.mark.parametrize("words", ["", "\x00\x01", "[", "x" * 100_000, "a = 1\n" * 2, "= = ="])
def test_no_text_breaks_the_page(desk: FlaskClient, words: str) -> None:
    answer = send(desk, UPLOAD, form_on(desk.get(UPLOAD).text), words=words)
    assert answer.status_code == 422
    assert len(said(answer)) == 1
