"""The page is kept ready made: nothing is asked for it, and a change is seen within a second, whoever makes it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.database import Database
from fieldlog.labels import Label
from fieldlog.publication.actions import hold, write_post
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.houserules.test_pages import watched
from tests.public.conftest import Log

PAGES = ("/", "/programme/ostersund-2026", "/programme/ostersund-2026/traffic-safety")
REASON = Label("Räknas om", "Being recounted")
POST = {"title": "Ny sajt", "title_en": "", "text": "Nu syns allt.", "text_en": ""}


def queries(app: Flask, client: FlaskClient, path: str) -> int:
    with watched(app) as (asked, _late):
        assert client.get(path).status_code == 200
    return sum(not statement.startswith("BEGIN") for statement in asked)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_is_kept_asks_nothing_and_twice_a_second_whether_it_still_holds(
    app: Flask, stranger: FlaskClient, clock: StoppedClock, path: str
) -> None:
    stranger.get(path)
    assert [queries(app, stranger, path) for _ in range(3)] == [0, 0, 0]
    clock.move(seconds=0.6)
    assert [queries(app, stranger, path) for _ in range(3)] == [1, 0, 0]


def test_what_this_server_writes_is_seen_at_once(app: Flask, stranger: FlaskClient, log: Log) -> None:
    house, page = house_of(app), PAGES[2]
    by, now = person(house.database, "supervisor"), house.clock()
    where = ("ostersund-2026", "traffic-controls")
    assert "Räknas om" not in stranger.get(page).text
    house.database.write(lambda session: hold(session, where, REASON, by, now))
    assert "Räknas om" in stranger.get(page).text
    house.database.write(lambda session: hold(session, where, None, by, now))
    assert "Räknas om" not in stranger.get(page).text
    house.database.write(lambda session: write_post(session, POST, by, now))
    assert "Nu syns allt." in stranger.get("/").text
    stranger.get(page)
    log("officer", item())
    assert queries(app, stranger, page) == 1, "an entry that came in changes nothing yet: the page is not made anew"


@pytest.mark.parametrize("change", ["hold", "post"])
def test_what_another_process_writes_is_seen_within_a_second(
    app: Flask, stranger: FlaskClient, clock: StoppedClock, change: str
) -> None:
    house = house_of(app)
    by, now = person(house.database, "supervisor"), house.clock()
    before = stranger.get("/")
    other = Database(house.settings.database)
    if change == "hold":
        other.write(lambda session: hold(session, ("ostersund-2026", "traffic-controls"), REASON, by, now))
    else:
        other.write(lambda session: write_post(session, POST, by, now))
    other.close()
    clock.move(seconds=0.9)
    after = stranger.get("/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert ("Räknas om" if change == "hold" else "Nu syns allt.") in after.text


def test_a_publication_is_seen_at_once(stranger: FlaskClient, log: Log, clock: StoppedClock) -> None:
    log("officer", item())
    assert "Inget är gjort ännu." in stranger.get("/").text
    clock.move(days=1)
    assert "Hittills har det blivit 1." in stranger.get("/").text
