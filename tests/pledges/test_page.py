"""The page of pledges."""

import pytest
from flask.testing import FlaskClient

from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import sign_in


@pytest.fixture
def officer(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


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


def test_the_year_that_is_over_can_be_read_in_the_next(officer: FlaskClient, clock: StoppedClock) -> None:
    clock.move(days=60)
    assert "c-traffic-controls" not in officer.get("/pledges").text
    assert "Ej uppfyllt" in officer.get("/pledges?period=2026-01-01").text
