"""Beside a link stands a picture that shows what the page says now."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from fieldlog.cards import views
from fieldlog.labels import Label
from fieldlog.pledges.actions import Where, change_plan
from fieldlog.posters import SIZE, Row, poster
from fieldlog.publication.actions import hold
from fieldlog.targets.models import Plan
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.public.conftest import Log

PLEDGE = "/programme/ostersund-2026/traffic-safety"
Tomorrow = Callable[[], None]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """The rows that are drawn."""
    rows: list[Row] = []

    def watched(heading: str, shown: list[Row], foot: str, accent: str) -> bytes:
        rows.extend(shown)
        return poster(heading, shown, foot, accent)

    monkeypatch.setattr(views, "poster", watched)
    return rows


def picture_of(client: FlaskClient, path: str) -> str:
    found = re.search(r'property="og:image" content="https://loften\.example([^"]+)"', client.get(path).text)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize("path", ["/", PLEDGE, "/programme/ostersund-2026"])
def test_the_picture_shows_the_pages_figure(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, drawn: list[Row], path: str
) -> None:
    log("officer", item(), item(), item())
    tomorrow()
    answer = stranger.get(picture_of(stranger, path))
    assert answer.mimetype == "image/png"
    assert Image.open(BytesIO(answer.data)).size == SIZE == (1200, 630)
    assert len(answer.data) < 60_000
    assert ("Trafikkontroller", "3 av 50", 0.06) in {(row.title, row.words, row.share) for row in drawn}
    assert "Hittills är 3 gjorda." in stranger.get(path).text


def test_the_picture_is_sent_and_drawn_again_only_when_it_changed(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow, drawn: list[Row]
) -> None:
    address = picture_of(stranger, PLEDGE)
    again = {"If-None-Match": stranger.get(address).headers["ETag"]}
    before = len(drawn)
    log("officer", item())
    assert stranger.get(address, headers=again).status_code == 304
    assert len(drawn) == before
    tomorrow()
    assert picture_of(stranger, PLEDGE) != address, "who keeps pictures by their addresses asks for the new one"
    assert stranger.get(address, headers=again).status_code == 200


def test_a_figure_that_is_held_back_gets_the_picture_another_address(
    stranger: FlaskClient, known: Flask, log: Log, tomorrow: Tomorrow, clock: StoppedClock
) -> None:
    log("officer", item())
    tomorrow()
    before, house = picture_of(stranger, PLEDGE), house_of(known)
    by, where = person(house.database, "coordinator"), ("ostersund-2026", "traffic-controls")
    clock.move(minutes=1)
    house.database.write(lambda session: hold(session, where, Label("Fel.", ""), by, house.clock()))
    assert (held := picture_of(stranger, PLEDGE)) != before
    inspections, plan = Where("ostersund-2026", "alcohol-inspections"), Plan(dates=(date(2026, 12, 3),))
    house.database.write(
        lambda session: change_plan(session, inspections, plan, date(2026, 11, 24), by=by, now=house.clock())
    )
    assert picture_of(stranger, PLEDGE) == held, "nobody learns that somebody planned"


def test_an_english_page_is_shared_as_such(stranger: FlaskClient) -> None:
    page = stranger.get(f"{PLEDGE}?language=en").text
    assert f'property="og:url" content="https://loften.example{PLEDGE}?language=en"' in page


@pytest.mark.parametrize("path", ["none.png", "ostersund-2026/none.png", "none/traffic-safety.png", "%2e%2e.png"])
def test_what_is_not_promised_has_no_picture(stranger: FlaskClient, path: str) -> None:
    assert stranger.get(f"/image/{path}").status_code == 404


def test_swedish_letters_have_their_marks_and_no_words_are_too_long() -> None:
    def one(words: str) -> bytes:
        return poster(words, [Row(words, words, "I fas", 0.5)] * 9, words, "#1446a0")

    assert len({one(letter) for letter in "aåäoöAÅÄOÖeé"}) == 12
    assert one("å" * 500) != one("a" * 500)
    assert one("đŋ\u202f中") == one("đŋ\u202f中")
