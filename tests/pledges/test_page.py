"""The page of pledges."""

from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


def card_of(page: str, slug: str) -> str:
    """The commitment's card."""
    return page.partition(f'id="c-{slug}"')[2].partition("</article>")[0]


def test_a_stranger_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/pledges").status_code == 302


def test_the_page_tells_every_promise_and_that_it_is_an_example(officer: FlaskClient) -> None:
    page = officer.get("/pledges").text
    for words in (
        "Exempel efter 2017 års löfte, inte beslutat",
        "Trafikkontroller",
        "Synliga patruller",
        "Krogar mot knark",
    ):
        assert words in page


def test_a_focus_area_shows_its_commitments_only(officer: FlaskClient) -> None:
    page = officer.get("/pledges?focus=traffic").text
    assert "c-traffic-controls" in page
    assert "c-youth-visits" not in page


@pytest.mark.parametrize("query", ["focus=%3Cscript%3E", "focus=", "period=yesterday", "period=2017-01-01"])
def test_what_does_not_exist_is_not_asked_for(officer: FlaskClient, query: str) -> None:
    answer = officer.get(f"/pledges?{query}")
    assert answer.status_code == 200
    assert "c-youth-visits" in answer.text


def test_the_links_to_a_focus_area_stay_in_the_period(officer: FlaskClient) -> None:
    assert "period=" not in officer.get("/pledges?focus=traffic").text
    page = unescape(officer.get("/pledges?period=2026-01-01").text)
    assert "?focus=traffic&period=2026-01-01" in page
    assert 'href="/pledges?period=2026-01-01"' in page


def test_what_the_controls_must_also_be_stands_open_beside_their_total(officer: FlaskClient) -> None:
    card = card_of(officer.get("/pledges").text, "traffic-controls")
    open_part = card.partition("<details")[0]
    for words in (
        "kommundelar", "vid skola", "på vältrafikerad plats", "i rusningstid", "hastighet", "beteende", "nykterhet",
    ):  # fmt: skip
        assert words in open_part


def test_it_says_where_no_number_was_promised(officer: FlaskClient) -> None:
    page = officer.get("/pledges").text
    assert "Inget antal utlovat" in card_of(page, "youth-visits").partition("<details")[0]
    for slug in ("traffic-controls", "help-asked"):
        assert "Inget antal utlovat" not in card_of(page, slug)


@pytest.mark.parametrize("name", ["supervisor", "coordinator", "administrator"])
def test_who_plans_is_told_before_and_after_the_programme_ends(
    client: FlaskClient, clock: StoppedClock, name: str
) -> None:
    sign_in(client, name)
    assert "Lägg in nästa" not in client.get("/pledges").text
    clock.move(days=15)
    sign_in(client, name)
    page = client.get("/pledges").text
    assert "Medborgarlöftet slutar 31 december 2026." in page
    assert '<a href="/manage/programme">Lägg in nästa medborgarlöfte</a>' in page
    clock.move(days=30)
    sign_in(client, name)
    assert "Lägg in nästa medborgarlöfte</a>" in client.get("/pledges").text
    earlier = client.get("/pledges?period=2026-01-01").text
    assert "Inget medborgarlöfte gäller i dag." in earlier
    assert "Lägg in nästa medborgarlöfte</a>" in earlier


def test_who_reports_is_not_asked_for_a_programme(officer: FlaskClient, clock: StoppedClock) -> None:
    clock.move(days=15)
    assert "Lägg in nästa" not in officer.get("/pledges").text


def test_weekdays_and_hours_are_a_chart_and_a_table(officer: FlaskClient) -> None:
    database = house_of(officer.application).database
    assert "Veckodag och klockslag" not in officer.get("/pledges").text
    database.write(lambda writing: log_one(writing, person(database, "officer")))
    card = card_of(officer.get("/pledges").text, "traffic-controls")
    assert "Veckodag och klockslag" in card
    assert card.count("20–22") == 2


def test_the_year_that_is_over_can_be_read_in_the_next(officer: FlaskClient, clock: StoppedClock) -> None:
    clock.move(days=60)
    assert "c-traffic-controls" not in officer.get("/pledges").text
    assert "Ej uppfyllt" in officer.get("/pledges?period=2026-01-01").text
