"""The whole public page as a PDF: the same figures in the same words."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.labels import Label
from fieldlog.publication.actions import hold, write_post
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.public.conftest import Log
from tests.reports.made import text_of

PAPER = "/programme/ostersund-2026/pledges.pdf"
Tomorrow = Callable[[], None]


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").replace("\xad", "").split())


def paper(client: FlaskClient, path: str = PAPER) -> str:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    return plain(text_of(answer.data))


def on_page(client: FlaskClient, path: str, tag: str) -> list[str]:
    """What stands in the page's elements of that tag, without their markup."""
    found = re.findall(rf"<{tag}\b[^>]*>(.*?)</{tag}>", client.get(path).text, re.DOTALL)
    return [plain(unescape(re.sub(r"<[^>]+>", " ", text))) for text in found]


@pytest.mark.parametrize("language", ["", "?language=en"])
def test_it_says_what_the_page_says(
    stranger: FlaskClient, app: Flask, log: Log, tomorrow: Tomorrow, language: str
) -> None:
    controls = [item(answers={"suspected": None, "near_school": True}) for _ in range(6)]
    log("officer", *controls, *(item("help-offer", area="-") for _ in range(6)), item("patrol"))
    house = house_of(app)
    news = {"title": "Vi kör igång", "title_en": "We begin", "text": "Nu börjar arbetet.", "text_en": "Work begins."}
    by = person(house.database, "coordinator")
    house.database.write(lambda session: write_post(session, news, by, house.clock()))
    tomorrow()
    read = paper(stranger, PAPER + language)
    paragraphs = on_page(stranger, f"/{language}", "p")
    headings = [text for level in ("h1", "h2", "h3") for text in on_page(stranger, f"/{language}", level)]
    ours = ("In English", "På svenska", "Hämta allt", "Get everything", "Per kommundel", "By area")
    told = [text for text in (*headings, *paragraphs) if not text.startswith(ours)]
    assert len(told) > 40
    assert not [text for text in told if text not in read]


def test_it_waits_and_holds_back_as_the_page_does(
    stranger: FlaskClient, app: Flask, log: Log, tomorrow: Tomorrow
) -> None:
    log("officer", *(item() for _ in range(3)))
    assert "Polisen lovade minst 50 kontroller. Inget är gjort ännu." in paper(stranger)
    tomorrow()
    first = stranger.get(PAPER)
    assert "Hittills är 3 gjorda." in paper(stranger)
    assert stranger.get(PAPER, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    house = house_of(app)
    by, where = person(house.database, "supervisor"), ("ostersund-2026", "traffic-controls")
    reason = Label("Vi rättar ett fel.", "We mend a fault.")
    house.database.write(lambda session: hold(session, where, reason, by, house.clock()))
    read = paper(stranger)
    assert "Siffrorna visas inte just nu. Vi rättar ett fel." in read
    assert "Hittills är 3 gjorda." not in read


def test_it_is_linked_and_nothing_else_is_there(stranger: FlaskClient) -> None:
    assert f'href="{PAPER}"' in stranger.get("/").text
    assert f'href="{PAPER}?language=en"' in stranger.get("/programme/ostersund-2026/traffic-safety?language=en").text
    assert stranger.get("/programme/none/pledges.pdf").status_code == 404
    assert "Set-Cookie" not in stranger.get(PAPER).headers
