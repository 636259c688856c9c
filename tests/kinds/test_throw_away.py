"""A kind is one declaration: one that nobody has seen before is logged, checked, counted and taken out."""

from collections.abc import Iterator
from datetime import date, time

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldlog.ids import new_id
from fieldlog.intake.forms import form_for
from fieldlog.kinds import KINDS
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import headings
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import Amount, figures
from tests.fixtures.site import house_of, shown, sign_in, submit
from tests.fixtures.work import NOW
from tests.kinds.kite_check import KITE_CHECK
from tests.tables.reading import YEAR, table

TODAY = date(2026, 11, 21)
PATH = "/log/kite-check"
FILLED = {
    "kites": "3",
    "red_ones": "1",
    "windy": "yes",
    "string": "torn",
    "where_torn": "=mitt på",
    "tails-1-length": "7",
}


@pytest.fixture
def police(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    monkeypatch.setitem(KINDS, KITE_CHECK.slug, KITE_CHECK)
    sign_in(client, "officer")
    yield client
    form_for.cache_clear()


def post(client: FlaskClient, **answers: str) -> TestResponse:
    return submit(client, PATH, {"id": str(new_id(NOW)), "area": "froso", **answers})


def total(client: FlaskClient, name: str) -> Amount:
    with house_of(client.application).database.read() as reading:
        assert recount(reading) == []
        ref = f"kite-check.{name}"
        return figures(reading, "2380", TODAY, TODAY, [ref], daily=True).total(ref, TODAY, TODAY, areas=["froso"])


def test_it_has_a_tile_and_a_form(police: FlaskClient) -> None:
    assert PATH in police.get("/log").text
    page = police.get(PATH).text
    for words in ("Drakkontroll", "Drakar", "Var gick den av?", 'max="50"', 'data-at-most="kites"', "string=torn"):
        assert words in page


def test_it_is_logged_and_counted(police: FlaskClient) -> None:
    assert post(police, **FILLED).status_code == 303
    assert post(police, kites="2").status_code == 303
    assert total(police, "checks") == Amount(2, 2)
    assert total(police, "kites") == Amount(5, 2)
    assert total(police, "red-ones") == Amount(1, 1), "what was left empty was not counted"
    assert total(police, "string-torn") == Amount(1, 1)
    assert total(police, "tails") == Amount(1, 2)
    assert "Drakkontroll" in police.get("/entries").text


def test_nothing_to_remark_sets_its_remark_counts_to_zero(police: FlaskClient) -> None:
    assert post(police, kites="2", action="clean").status_code == 303
    assert total(police, "red-ones") == Amount(0, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kites": ""}, "Fyll i det här."),
        ({"kites": "51"}, "Skriv ett tal från 0 till 50."),
        ({"red_ones": "4"}, "Kan inte vara fler än drakar (3)."),
        ({"where_torn": ""}, "Fyll i det här."),
        ({"string": "held"}, "Lämna tomt: frågan gäller bara om du svarat Av."),
        ({"string": "knotted", "where_torn": ""}, "Välj ett av alternativen."),
        ({"note": "890201-3286"}, "personnummer"),
    ],
)
def test_it_is_checked_and_nothing_is_counted(police: FlaskClient, wrong: dict[str, str], said: str) -> None:
    answer = post(police, **(FILLED | wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert shown(answer.text).count('class="error"') == 1, "only what is wrong is blamed"
    assert total(police, "checks") == Amount()


def test_a_wild_number_is_asked_about_once(police: FlaskClient) -> None:
    answer = post(police, kites="41")
    assert answer.status_code == 422
    assert "Stämmer det här?" in shown(answer.text)
    assert 'class="error"' not in shown(answer.text), "a question that is not asked is not missed"
    assert post(police, kites="41", confirmed="yes").status_code == 303
    assert total(police, "kites") == Amount(41, 1)


def test_it_is_taken_out_in_both_languages(police: FlaskClient) -> None:
    post(police, **FILLED)
    with house_of(police.application).database.read() as reading:
        for language, cells in {
            "sv": ["Polisen", None, 3, 1, "Ja", "Av", "=mitt på", None, "7", None, "Polisen", None, "Räknas"],
            "en": ["Police", None, 3, 1, "Yes", "Torn", "=mitt på", None, "7", None, "Police", None, "Counts"],
        }.items():
            (row,) = table(reading, KITE_CHECK, language=language)
            assert row[1:5] == [TODAY, time(21, 40), "Frösö", "Turlag 3"]
            assert row[5:-1] == cells
    english = headings(KITE_CHECK, Selection(YEAR, (KITE_CHECK.slug,), language="en"))
    assert [column.title for column in english[6:9]] == ["Control", "Kites", "Red"]
