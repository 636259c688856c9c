"""An editor finds words to paste, the picture that goes with them, and the card."""

from collections.abc import Callable
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in
from tests.fixtures.work import item
from tests.public.conftest import Log

SHARE = "/manage/publication/share"
Tomorrow = Callable[[], None]


def test_the_words_are_the_pages(known: Flask, stranger: FlaskClient, log: Log, tomorrow: Tomorrow) -> None:
    log("officer", item(), item())
    tomorrow()
    desk = known.test_client()
    sign_in(desk, "supervisor")
    page = unescape(desk.get(SHARE).text)
    sentence = "Polisen lovade minst 50 kontroller. Hittills är 2 gjorda."
    assert sentence in page
    assert sentence in stranger.get("/").text
    assert "Följ hur det går: https://loften.example/programme/ostersund-2026/traffic-safety" in page
    assert '<iframe src="https://loften.example/embed/traffic-safety"' in page
    assert stranger.get("/image/ostersund-2026/traffic-safety.png").status_code == 200
    assert "/image/ostersund-2026/traffic-safety.png" in page
    assert f'href="{SHARE}"' in desk.get("/manage/publication").text


def test_there_is_no_card_to_paste_where_none_may_be_shown(app: Flask) -> None:
    desk = app.test_client()
    sign_in(desk, "supervisor")
    page = desk.get(SHARE).text
    assert "iframe" not in page
    assert "avstängda" in page
