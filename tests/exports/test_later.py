"""Exports that take a while: made meanwhile, fetched later by their own person, told when they were broken off."""

import stat
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.exports import actions
from fieldlog.exports.models import Format
from tests.exports.ordering import ask, table
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import item, log

Work = Any


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """What is to be done later, for the test to do when it wants."""
    works: list[Work] = []
    monkeypatch.setitem(vars(sys.modules["fieldlog.exports.views"]), "later", works.append)
    return works


@pytest.fixture
def client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The police's supervisor, for whom any export takes a while."""
    monkeypatch.setattr(Format, "direct", 0)
    database = house_of(app).database
    officer = person(database, "officer")
    database.write(lambda session: log(session, officer, *(item() for _ in range(3))))
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


def folder(app: Flask) -> Path:
    return house_of(app).settings.instance / "exports"


def do(app: Flask, work: Work) -> None:
    with app.app_context():
        work()


def started(client: FlaskClient) -> str:
    """The address of the page that shows how far a new export is."""
    answer = ask(client)
    assert answer.status_code == 303, answer.text
    return str(answer.location)


def test_it_is_shown_how_far_it_is_and_the_page_looks_again_by_itself(
    client: FlaskClient, app: Flask, waiting: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = started(client)
    answer = client.get(page)
    assert "0 av 3 rader" in answer.text
    assert answer.headers["Refresh"] == "3"
    assert "Refresh" not in client.get(f"{page}?still=1").headers
    monkeypatch.setattr(actions, "TELL_EVERY", 1)
    monkeypatch.setattr("fieldlog.tables.queries.CHUNK", 1)
    seen: list[dict[str, Any]] = []
    change = actions._change

    def watched(*parts: Any, **values: Any) -> bool:
        seen.append(values)
        return change(*parts, **values)

    monkeypatch.setattr(actions, "_change", watched)
    do(app, waiting[0])
    assert [values["done"] for values in seen if "done" in values] == [1, 2, 3]
    assert "Filen är klar" in client.get(page).text
    assert len(table(client.get(f"{page}/file", buffered=True))) == 3


def test_only_its_own_person_gets_it_and_only_for_a_day(
    client: FlaskClient, app: Flask, waiting: list[Work], clock: StoppedClock
) -> None:
    page = started(client)
    do(app, waiting[0])
    (file,) = folder(app).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder(app).stat().st_mode) == 0o700
    other = app.test_client()
    sign_in(other, "coordinator")
    assert {other.get(f"{page}{part}").status_code for part in ("", "/file")} == {404}
    clock.move(hours=23, minutes=59)
    client.get("/manage/exports")
    assert client.get(f"{page}/file", buffered=True).status_code == 200
    clock.move(minutes=1)
    assert {client.get(f"{page}{part}", buffered=True).status_code for part in ("", "/file")} == {404}
    client.get("/manage/exports")
    assert not list(folder(app).iterdir()), "the file is removed"


def test_an_export_of_a_killed_server_is_told_and_can_begin_anew(
    client: FlaskClient, app: Flask, waiting: list[Work], clock: StoppedClock
) -> None:
    page = started(client)
    folder(app).mkdir()
    (folder(app) / f"{page.rsplit('/', 1)[1]}.1").write_bytes(b"half")
    clock.move(seconds=61)
    broken = client.get(page)
    assert "avbröts när servern stannade" in broken.text
    assert "Refresh" not in broken.headers
    assert client.get(f"{page}/file", buffered=True).status_code == 302
    assert submit(client, f"{page}/again", {}, page=page).status_code == 303
    do(app, waiting[1])
    assert len(table(client.get(f"{page}/file", buffered=True))) == 3
    do(app, waiting[0])  # the first one was only slow: it finds that nobody waits for it
    assert len(table(client.get(f"{page}/file", buffered=True))) == 3


def test_a_failed_one_says_so_and_leaves_nothing(
    client: FlaskClient, app: Flask, waiting: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = started(client)

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "write_file", fail)
        with pytest.raises(OSError, match="no space left"):
            do(app, waiting[0])
    assert "Exporten misslyckades" in client.get(page).text
    assert not list(folder(app).iterdir())
    submit(client, f"{page}/again", {}, page=page)
    do(app, waiting[1])
    assert client.get(f"{page}/file", buffered=True).status_code == 200


def test_one_at_a_time_is_made_for_each_person(client: FlaskClient, waiting: list[Work]) -> None:
    started(client)
    again = ask(client)
    assert len(waiting) == 1
    assert again.status_code == 409
    assert "Du har redan en export på gång" in again.text


def test_one_that_is_under_way_or_ready_does_not_begin_anew(
    client: FlaskClient, app: Flask, waiting: list[Work]
) -> None:
    page = started(client)
    submit(client, f"{page}/again", {}, page="/manage/exports")
    do(app, waiting[0])
    submit(client, f"{page}/again", {}, page="/manage/exports")
    assert len(waiting) == 1


def test_it_is_made_in_a_thread_while_the_server_goes_on(client: FlaskClient) -> None:
    page = started(client)
    ends = time.monotonic() + 20
    while "Filen är klar" not in client.get(page).text:
        assert time.monotonic() < ends, "it is never ready"
        time.sleep(0.02)
    assert len(table(client.get(f"{page}/file", buffered=True))) == 3
