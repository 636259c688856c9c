"""An export that was broken off is told and begins anew; one that is under way does not."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.exports import actions
from tests.exports.later import Work, do, folder, started
from tests.exports.ordering import ask, table
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import submit


def test_an_export_of_a_killed_server_is_told_and_can_begin_anew(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work], clock: StoppedClock
) -> None:
    page = started(supervisor_s)
    folder(app).mkdir()
    (folder(app) / f"{page.rsplit('/', 1)[1]}.1").write_bytes(b"half")
    clock.move(seconds=61)
    broken = supervisor_s.get(page)
    assert "avbröts när servern stannade" in broken.text
    assert "Refresh" not in broken.headers
    assert supervisor_s.get(f"{page}/file", buffered=True).status_code == 302
    assert submit(supervisor_s, f"{page}/again", {}, page=page).status_code == 303
    do(app, waiting[1])
    assert len(table(supervisor_s.get(f"{page}/file", buffered=True))) == 3
    do(app, waiting[0])  # the first one was only slow: it finds that nobody waits for it
    assert len(table(supervisor_s.get(f"{page}/file", buffered=True))) == 3


def test_a_failed_one_says_so_and_leaves_nothing(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = started(supervisor_s)

    def fail(*_: object) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(actions, "write_file", fail)
        with pytest.raises(OSError, match="no space left"):
            do(app, waiting[0])
    assert "Exporten misslyckades" in supervisor_s.get(page).text
    assert not list(folder(app).iterdir())
    submit(supervisor_s, f"{page}/again", {}, page=page)
    do(app, waiting[1])
    assert supervisor_s.get(f"{page}/file", buffered=True).status_code == 200


def test_one_at_a_time_is_made_for_each_person(supervisor_s: FlaskClient, waiting: list[Work]) -> None:
    started(supervisor_s)
    again = ask(supervisor_s)
    assert len(waiting) == 1
    assert again.status_code == 409
    assert "Du har redan en export på gång" in again.text


def test_one_that_is_under_way_or_ready_does_not_begin_anew(
    supervisor_s: FlaskClient, app: Flask, waiting: list[Work]
) -> None:
    page = started(supervisor_s)
    submit(supervisor_s, f"{page}/again", {}, page="/manage/exports")
    do(app, waiting[0])
    submit(supervisor_s, f"{page}/again", {}, page="/manage/exports")
    assert len(waiting) == 1
