"""Who follows in a feed reader: posts and milestones, whole and harmless, sent again only when something is new."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from xml.etree import ElementTree

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.labels import Label
from fieldlog.publication.actions import hold, withdraw_post, write_post
from fieldlog.publication.models import Post
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import correction, item
from tests.public.conftest import Log

ATOM = {"": "http://www.w3.org/2005/Atom"}
Tomorrow = Callable[[], None]


def post(app: Flask, title: str, text: str) -> None:
    house = house_of(app)
    by = person(house.database, "supervisor")
    told = {"title": title, "title_en": "", "text": text, "text_en": ""}
    house.database.write(lambda session: write_post(session, told, by, house.clock()))


def entries(client: FlaskClient) -> list[dict[str, str]]:
    """Each entry's parts. The feed is whole: what Atom demands is there, once."""
    answer = client.get("/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = ElementTree.fromstring(answer.data)
    assert [len(feed.findall(f"{part}", ATOM)) for part in ("id", "title", "updated", "author")] == [1, 1, 1, 1]
    found = []
    for entry in feed.findall("entry", ATOM):
        parts = {part: entry.findtext(part, "", ATOM) for part in ("id", "title", "updated", "content")}
        assert all(parts.values()), parts
        assert datetime.fromisoformat(parts["updated"]).utcoffset() is not None
        link = entry.find("link", ATOM)
        assert link is not None
        found.append({**parts, "href": link.attrib["href"]})
    assert len({entry["id"] for entry in found}) == len(found)
    return found


def test_a_milestone_is_told_as_the_page_tells_it_and_keeps_its_id(
    stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    log("officer", *(item() for _ in range(49)))
    tomorrow()
    assert entries(stranger) == []
    log("officer", item())
    assert entries(stranger) == [], "it is not public yet"
    tomorrow()
    (milestone,) = entries(stranger)
    assert milestone["title"] == "Trafikkontroller: 50 av 50"
    assert "Hittills är 50 gjorda." in stranger.get("/").text
    assert stranger.get(milestone["href"]).status_code == 200
    log("officer", item())
    tomorrow()
    assert entries(stranger) == [milestone], "and it stays as it was"


def test_a_milestone_that_was_corrected_away_or_is_held_back_is_not_told(
    app: Flask, stranger: FlaskClient, log: Log, tomorrow: Tomorrow
) -> None:
    rows = [item() for _ in range(50)]
    log("officer", *rows)
    tomorrow()
    assert len(entries(stranger)) == 1
    house = house_of(app)
    by, where = person(house.database, "supervisor"), ("ostersund-2026", "traffic-controls")
    for reason, told in ((Label("Vi ser över det.", "We look into it."), 0), (None, 1)):
        house.database.write(partial(hold, where=where, reason=reason, by=by, now=house.clock()))
        assert len(entries(stranger)) == told
    log("officer", correction(rows[0], void=True))
    tomorrow()
    assert entries(stranger) == []


def test_a_post_full_of_markup_is_text(app: Flask, stranger: FlaskClient) -> None:
    bad = "]]><script>alert(1)</script>&amp;&#0;\x0b\x00<!DOCTYPE a [<!ENTITY b 'c'>]>"
    post(app, '<b>Nytt</b> & "gott"', bad)
    (told,) = entries(stranger)
    assert told["title"] == '<b>Nytt</b> & "gott"'
    assert told["content"] == bad.replace("\x0b", "").replace("\x00", "")
    assert b"<script>" not in stranger.get("/feed.atom").data


def test_who_asks_every_second_is_sent_it_once(app: Flask, stranger: FlaskClient, clock: StoppedClock) -> None:
    post(app, "Nytt", "Nu kör vi.")
    first = stranger.get("/feed.atom")
    asked = (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]},
    )
    for headers in asked:
        clock.move(seconds=1)
        again = stranger.get("/feed.atom", headers=headers)
        assert (again.status_code, again.data) == (304, b"")
    house = house_of(app)
    by = person(house.database, "supervisor")

    def withdraw(session: Session) -> None:
        withdraw_post(session, session.get_one(Post, 1), by, house.clock())

    house.database.write(withdraw)
    for headers in asked:
        assert stranger.get("/feed.atom", headers=headers).status_code == 200, headers


def test_the_page_names_its_feed_in_its_language(stranger: FlaskClient) -> None:
    assert 'type="application/atom+xml"' in stranger.get("/").text
    assert 'href="/feed.atom?language=en"' in stranger.get("/?language=en").text
    assert 'xml:lang="en"' in stranger.get("/feed.atom?language=en").text
