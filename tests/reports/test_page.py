"""The report as a page and as a file."""

import re
from datetime import date, datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from fieldlog.labels import Label
from fieldlog.paper import letters
from fieldlog.pledges.actions import Where, write_note
from fieldlog.programmes.models import Programme
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item, log
from tests.reports.made import NOW, text_of

YEAR = "/report/2026-01-01/2026-12-31"


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    database = house_of(client.application).database
    officer = person(database, "officer")
    answers = {"place": "E14 Svedje", "note": "Lugnt vid rondellen", "vehicles": 14}
    spring = datetime(2026, 3, 3, 12, tzinfo=NOW.tzinfo)
    works = [item(answers=answers), item("patrol", {"minutes": 60}), item("patrol", happened_at=spring, area="lit")]
    database.write(lambda session: log(session, officer, *works))
    sign_in(client, "coordinator")
    return client


def test_page_and_paper_tell_the_same(desk: FlaskClient) -> None:
    page, paper = desk.get(YEAR).text, text_of(desk.get(f"{YEAR}/report.pdf").data)
    flat = " ".join(paper.split())
    for words in (
        "Medborgarlöfte Östersund 2026", "Hela 2026", "Exempel efter 2017 års löfte, inte beslutat",
        "Siffrorna gäller till och med 21 november 2026", "1 av 50", "Ligger efter", "Polisen lovade att synas ute",
        "Lovat av: Polisen", "En planerad och sammanhängande kontroll", "Vad rapporten inte visar",
        "För polisen", "För kommunen", "2 av 11 kommundelar", "färre än fem tillfrågade",
        "Trafikkontroller: 1 av 50, förväntat 44. Ligger efter.",
    ):  # fmt: skip
        assert words in page, words
        assert words in flat, words


def test_no_row_no_person_no_place_and_no_note_is_in_it(desk: FlaskClient) -> None:
    for text in (desk.get(YEAR).text, text_of(desk.get(f"{YEAR}/report.pdf").data)):
        for secret in ("Svedje", "rondellen", "Turlag", "turlag-3", "officer"):
            assert secret not in text


def test_the_days_are_counted_and_the_promise_stands_beside(desk: FlaskClient) -> None:
    page = desk.get("/report/2026-03-01/2026-03-31").text
    row = re.search(r"Synliga patruller</th>.*?</tr>", page, re.DOTALL)
    assert row is not None
    assert "<strong>1</strong>" in row[0]
    assert "1 pass" in row[0]


def test_who_decided_stands_on_it_when_it_is_known(desk: FlaskClient) -> None:
    decided = {"decided_on": date(2025, 12, 1), "registry_number": "KS 2025/417", "example_of": None}
    house_of(desk.application).database.write(lambda session: session.execute(update(Programme).values(**decided)))
    for text in (desk.get(YEAR).text, text_of(desk.get(f"{YEAR}/report.pdf").data)):
        assert "Beslutat 1 december 2025" in text
        assert "Diarienummer KS 2025/417" in text
        assert "Exempel" not in text


def test_it_is_english_for_an_english_reader(desk: FlaskClient) -> None:
    for path in (YEAR, f"{YEAR}/report.pdf"):
        answer = desk.get(f"{path}?language=en")
        text = text_of(answer.data) if path.endswith("pdf") else answer.text
        for words in ("What has been done", "fewer than five asked", "For the police", "Traffic controls"):
            assert words in text
        assert "Åtaganden" not in text


def test_the_file_says_what_it_is_and_is_the_same_each_time(desk: FlaskClient) -> None:
    answer = desk.get(f"{YEAR}/report.pdf")
    assert answer.mimetype == "application/pdf"
    assert 'filename="ostersund-2026-2026-01-01-2026-12-31.pdf"' in answer.headers["Content-Disposition"]
    assert answer.data == desk.get(f"{YEAR}/report.pdf").data
    for part in (b"/Lang (sv)", b"/Outlines", b"/DisplayDocTitle true", "Hela 2026".encode("utf-16-be").hex().encode()):
        assert part in answer.data
    assert re.search(r"Sida 1 av \s\d", text_of(answer.data))


def test_letters_that_the_paper_does_not_have_lose_their_mark_only() -> None:
    assert letters("Kåfjord – Čáhput, đ, 1\u202f234, e\u0301, −5, trafik\u00adkontroll, 木") == (
        "Kåfjord – Cáhput, d, 1\xa0234, e?, –5, trafikkontroll, ?"
    )


def test_what_is_done_about_what_lags_and_who_answers_stand_on_it(desk: FlaskClient) -> None:
    database = house_of(desk.application).database
    by, where = person(database, "coordinator"), Where("ostersund-2026", "traffic-controls")
    note = Label("Två extra kvällar i veckan.", "Two more evenings a week.")
    database.write(lambda session: write_note(session, where, note, by=by, now=NOW))
    row = update(Programme).values(answers_for="Trygghetssamordnaren", answers_address="trygghet@kommun.example")
    database.write(lambda session: session.execute(row))
    lag = "Trafikkontroller: 1 av 50, förväntat 44. Ligger efter. Två extra kvällar i veckan."
    who = "Ansvarar för löftet: Trygghetssamordnaren, trygghet@kommun.example"
    page, paper = desk.get(YEAR).text, " ".join(text_of(desk.get(f"{YEAR}/report.pdf").data).split())
    for words in (lag, who):
        assert words in page
        assert words in paper
    assert "Två extra" not in desk.get("/report/2026-01-01/2026-03-31").text, "it was not told then"
