"""Every organisation and role against every place where a finding stands."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.findings.walks import keys, say, walk
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import log

SECRET = "Hemliga gränden"
JOINT, POLICE_ALONE = ("municipality", "police"), ("police",)
# Who reads a walk that the inspector logged with the police, and one that the officer logged alone.
READERS = {JOINT: {"inspector", "coordinator", "supervisor"}, POLICE_ALONE: {"officer", "colleague", "supervisor"}}
FOLLOWERS = {JOINT: {"inspector", "coordinator"}, POLICE_ALONE: READERS[POLICE_ALONE]}


@pytest.mark.parametrize("took_part", [JOINT, POLICE_ALONE], ids=["joint", "police"])
def test_a_finding_is_read_and_changed_by_these_and_nobody_else(app: Flask, took_part: tuple[str, ...]) -> None:
    house = house_of(app)
    author = person(house.database, "inspector" if took_part == JOINT else "officer")
    sent = walk(SECRET, organisations=took_part)
    (key,) = keys(sent)
    house.database.write(lambda session: log(session, author, sent))
    house.database.write(lambda session: say(session, key, author, status="planned"))
    one, paper = f"/findings/{key}", f"/walk/{sent.id}"
    read, changed = set(), set()
    for name in PEOPLE:
        client = app.test_client()
        sign_in(client, name)
        told = {path for path in ("/findings", one, f"{one}/change", paper) if SECRET in client.get(path).text}
        told |= {"pdf"} if client.get(f"{paper}/walk.pdf").status_code == 200 else set()
        searched = client.get("/findings?status=planned").text + client.get("/manage/audit?action=finding-changed").text
        told |= {"search"} if SECRET in searched else set()
        changed |= {name} if f"{one}/change" in told else set()
        told -= {f"{one}/change"}
        assert told in (set(), {"/findings", one, paper, "pdf", "search"}), f"{name} is told in {told} alone"
        read |= {name} if told else set()
    assert read == READERS[took_part]
    assert changed == FOLLOWERS[took_part]


@pytest.fixture
def coordinators(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "coordinator")
    return client


@pytest.mark.parametrize(
    "typed",
    [
        {"status": "done"},
        {"status": ""},
        {"status": "not-done"},
        {"status": "passed-on"},
        {"status": "new", "responsible": "nobody-there"},
        {"status": "new", "wanted_by": "31/12"},
        {"status": "new", "done_on": "0001-01-01"},
        {"status": "new", "case_number": "850709-9805"},
        {"status": "not-done", "reason": "Anna 850709-9805"},
        {"status": "not-done", "reason": "x" * 201},
        {"status": "new", "spot": "63.1792,14.6357"},
    ],
    ids=str,
)
def test_what_cannot_be_is_told_and_changes_nothing(
    app: Flask, coordinators: FlaskClient, typed: dict[str, str]
) -> None:
    house = house_of(app)
    sent = walk("Torget")
    house.database.write(lambda session: log(session, person(house.database, "coordinator"), sent))
    path = f"/findings/{keys(sent)[0]}/change"
    answer = submit(coordinators, path, {**seen(coordinators, path), **typed})
    assert (answer.status_code, "error" in answer.text) == (422, True)
    assert "Historik" not in coordinators.get(path.removesuffix("/change")).text


def test_a_stale_page_overwrites_nothing(app: Flask, coordinators: FlaskClient) -> None:
    house = house_of(app)
    by, sent = person(house.database, "coordinator"), walk("Torget")
    (key,) = keys(sent)
    house.database.write(lambda session: log(session, by, sent))
    path = f"/findings/{key}/change"
    before = seen(coordinators, path)
    house.database.write(lambda session: say(session, key, by, status="mended"))
    assert submit(coordinators, path, {**before, "status": "planned"}).status_code == 422
    assert submit(coordinators, path, {**seen(coordinators, path), "status": "planned"}).status_code == 303


def seen(client: FlaskClient, path: str) -> dict[str, str]:
    """What the page remembers to have shown."""
    page = client.get(path).text
    return {"seen": page.split('name="seen"')[1].split('value="')[1].split('"')[0], "spot": "none"}


def test_the_municipality_alone_keeps_the_list(app: Flask) -> None:
    for name, kept in {"coordinator": True, "supervisor": False, "inspector": False, "administrator": False}.items():
        client = app.test_client()
        sign_in(client, name)
        assert (client.get("/manage/responsibles").status_code == 200) == kept, name
