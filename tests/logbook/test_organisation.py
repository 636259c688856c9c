"""The organisation's list: a supervisor opens a number to its rows, and to no others."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.intake.actions import accept
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, item, void
from tests.intake.posting import fill_in, saved_id

SECRET = "Hemlig plats bakom skolan"


@pytest.fixture
def supervisor_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "supervisor")
    return client


def browser(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    sign_in(client, name)
    return client


def listed(client: FlaskClient, **asked: str) -> list[str]:
    """The ids of every entry that the list shows, page by page."""
    found: list[str] = []
    path: str | None = "/entries/organisation?" + "&".join(f"{name}={value}" for name, value in asked.items())
    while path:
        page = client.get(path)
        assert page.status_code == 200
        found += re.findall(r'href="/entries/([0-9a-f-]{36})"', page.text)
        more = re.search(r'href="(/entries/organisation\?before=[^"]+)"', page.text)
        path = unescape(more[1]) if more else None
    return found


def test_every_entry_of_the_organisation_is_reached_once(supervisor_s: FlaskClient) -> None:
    items = [item() for _ in range(120)]
    database = house_of(supervisor_s.application).database
    by = person(database, "officer")
    database.write(lambda session: accept(session, items, by, NOW))
    found = listed(supervisor_s, kind="traffic-control")
    assert sorted(found) == sorted(str(one.id) for one in items)


def test_the_list_says_how_many_count_and_shows_the_voided_too(supervisor_s: FlaskClient) -> None:
    items = [item() for _ in range(3)]
    database = house_of(supervisor_s.application).database
    by = person(database, "officer")
    database.write(lambda session: accept(session, [*items, void(items[0])], by, NOW))
    page = supervisor_s.get("/entries/organisation?first=2026-11-21&last=2026-11-21&kind=traffic-control").text
    assert re.search(r"<strong>2</strong>\s*räknas", page)
    assert re.search(r"<strong>1</strong>\s*makulerade", page)


@pytest.mark.parametrize(
    ("asked", "finds"),
    [
        ({}, {"here", "there"}),
        ({"first": "2026-11-21", "last": "2026-11-21"}, {"here"}),
        ({"last": "2026-11-20"}, {"there"}),
        ({"kind": "patrol"}, {"there"}),
        ({"area": "-"}, {"there"}),
        ({"unit": "turlag-3"}, {"here"}),
        ({"unit": "turlag-3", "kind": "patrol"}, set()),
    ],
)
def test_it_finds_what_is_asked_for(
    app: Flask, supervisor_s: FlaskClient, asked: dict[str, str], finds: set[str]
) -> None:
    there = browser(app, "other-officer")
    ids = {
        "here": saved_id(fill_in(browser(app, "officer"), vehicles="1")),
        "there": saved_id(fill_in(there, "patrol", way="foot", area="-", happened_at="2026-11-20T10:00")),
    }
    assert set(listed(supervisor_s, **asked)) == {ids[name] for name in finds}


def test_nobody_finds_what_is_not_theirs_to_read(app: Flask, supervisor_s: FlaskClient) -> None:
    outing = saved_id(fill_in(browser(app, "outreach"), "outreach", contacts="4", place=SECRET))
    control = saved_id(fill_in(browser(app, "officer"), vehicles="1", place=SECRET))
    joint = saved_id(fill_in(browser(app, "officer"), "safety-walk", participants="5", note=SECRET,
                             organisations=["police", "municipality"]))  # fmt: skip
    assert set(listed(supervisor_s)) == {control, joint}
    assert set(listed(browser(app, "coordinator"))) == {joint}
    for asked in ({"kind": "outreach"}, {"unit": "uppsokande-teamet"}):
        answer = supervisor_s.get("/entries/organisation", query_string=asked)
        assert SECRET not in answer.text
        assert outing not in answer.text
    assert SECRET not in browser(app, "coordinator").get("/entries/organisation").text
    assert browser(app, "officer").get("/entries/organisation").status_code == 403


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"first": "i går"}, "Ange en dag"),
        ({"first": "9999-12-31"}, "Ange en dag från år 2000"),
        ({"last": "0001-01-01"}, "Ange en dag från år 2000"),
        ({"first": "x" * 100_000}, "Ange en dag"),
        ({"first": "2026-11-21", "last": "2026-11-01"}, "före den första"),
        ({"kind": "juggling"}, "finns inte i listan"),
        ({"area": "atlantis\x00"}, "finns inte i listan"),
        ({"unit": "'; drop table entries"}, "finns inte i listan"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_a_search_that_makes_no_sense_is_told_so(supervisor_s: FlaskClient, asked: dict[str, str], said: str) -> None:
    answer = supervisor_s.get("/entries/organisation", query_string=asked)
    assert answer.status_code == 422
    assert said in answer.text


@pytest.mark.parametrize("before", ["", "i-går", "9999-12-31T23:59:59-14:00_" + "0" * 32, "%00", "x" * 100_000])
def test_a_place_in_the_list_that_somebody_made_up_shows_a_page(supervisor_s: FlaskClient, before: str) -> None:
    assert supervisor_s.get("/entries/organisation", query_string={"before": before}).status_code == 200
