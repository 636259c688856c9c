"""Exports that take a while: made meanwhile, and fetched later by their own person."""

import stat
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.cli.export import keep_tidy
from fieldlog.exports import actions
from fieldlog.exports.models import KEPT
from tests.exports.later import Work, do, folder, started
from tests.exports.ordering import table
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of, sign_in


def test_it_is_shown_how_far_it_is_and_the_page_looks_again_by_itself(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = started(supervisor_s)
    answer = supervisor_s.get(page)
    assert "0 av 3 rader" in answer.text
    assert answer.headers["Refresh"] == "3"
    assert "Refresh" not in supervisor_s.get(f"{page}?still=1").headers
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
    assert "Filen är klar" in supervisor_s.get(page).text
    assert len(table(supervisor_s.get(f"{page}/file", buffered=True))) == 3


def test_only_its_own_person_gets_it_and_only_for_a_day(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work], clock: StoppedClock
) -> None:
    page = started(supervisor_s)
    do(app, waiting[0])
    (file,) = folder(app).iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder(app).stat().st_mode) == 0o700
    other = app.test_client()
    sign_in(other, "coordinator")
    assert {other.get(f"{page}{part}").status_code for part in ("", "/file")} == {404}
    clock.move(hours=23, minutes=59)
    supervisor_s.get("/manage/exports")
    assert supervisor_s.get(f"{page}/file", buffered=True).status_code == 200
    clock.move(minutes=1)
    assert {supervisor_s.get(f"{page}{part}", buffered=True).status_code for part in ("", "/file")} == {404}
    supervisor_s.get("/manage/exports")
    assert not list(folder(app).iterdir()), "the file is removed"


def test_it_is_made_in_a_thread_while_the_server_goes_on(supervisor_s: FlaskClient) -> None:
    page = started(supervisor_s)
    ends = time.monotonic() + 20
    while "Filen är klar" not in supervisor_s.get(page).text:
        assert time.monotonic() < ends, "it is never ready"
        time.sleep(0.02)
    assert len(table(supervisor_s.get(f"{page}/file", buffered=True))) == 3


def test_what_can_no_longer_be_fetched_is_removed_though_nobody_looks(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work], clock: StoppedClock
) -> None:
    started(supervisor_s)
    do(app, waiting[0])
    house = house_of(app)
    for moved, left in ((0, 1), (KEPT.days + 1, 0)):
        clock.move(days=moved)
        keep_tidy(house.database, house.clock, house.settings.instance)()
        assert len(list(folder(app).glob("*"))) == left
