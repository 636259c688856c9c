"""When something goes wrong: a page in plain Swedish, the right status, and nothing typed is lost."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from fieldlog.database import BusyError
from fieldlog.web.guard import allow, everyone
from tests.fixtures.site import sign_in, submit, token_in

SECRET = "the secret reason"


def route(app: Flask, view: Callable[[], Any]) -> str:
    app.testing = False
    app.add_url_rule("/tried", "tried", allow(everyone)(view), methods=["GET", "POST"])
    return "/tried"


def fail(error: Exception) -> Callable[[], str]:
    def view() -> str:
        raise error

    return view


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "Det gick inte att läsa det som skickades"),
        (403, "Du har inte tillgång hit"),
        (404, "Sidan finns inte"),
        (413, "Det som skickades är för stort"),
        (418, "Det gick inte att läsa det som skickades"),
        (429, "För många försök"),
        (500, "Något gick fel hos oss"),
        (503, "Just nu är det hög belastning"),
    ],
)
def test_each_error_has_a_page_in_swedish(app: Flask, status: int, words: str) -> None:
    path = route(app, lambda: abort(status))
    answer = app.test_client().get(path)
    assert answer.status_code == status
    assert f"<h1>{words}</h1>" in answer.text


def test_an_unknown_path_is_404(client: FlaskClient) -> None:
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.text


def test_a_wrong_method_is_405_and_says_which_are_right(client: FlaskClient) -> None:
    answer = submit(client, "/healthz", {}, page="/sign-in")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_a_fault_of_ours_shows_no_details(app: Flask) -> None:
    answer = app.test_client().get(route(app, fail(RuntimeError(SECRET))))
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "error", [BusyError(SECRET), OperationalError("select", {}, Exception(SECRET))], ids=["busy", "away"]
)
def test_a_busy_or_absent_database_asks_to_come_back(app: Flask, error: Exception) -> None:
    answer = app.test_client().get(route(app, fail(error)))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert SECRET not in answer.text


def test_the_page_about_an_absent_database_asks_it_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    app.testing = False
    client = app.test_client()
    sign_in(client, "officer")
    monkeypatch.setattr("fieldlog.database.Database.read", fail_read)
    answer = client.get("/settings")
    assert answer.status_code == 503
    assert client.get("/healthz").status_code == 503


def fail_read(_database: object) -> None:
    raise OperationalError("connect", {}, Exception("away"))


def test_a_body_over_the_limit_is_413(client: FlaskClient) -> None:
    answer = submit(client, "/sign-in", {"name": "x" * 1_000_001, "password": "y"})
    assert answer.status_code == 413
    assert "för stort" in answer.text


def test_a_program_is_answered_as_a_program(client: FlaskClient) -> None:
    answer = client.get("/nothing", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (404, {"error": "Not Found"})
    answer = client.post("/settings/theme", json={})
    assert (answer.status_code, answer.json) == (400, {"error": "Bad Request"})


TYPED = {"place": "E14 <Svedje> & co", "note": "två\r\nrader", "tests": ["1", "2"]}


def fields(page: str) -> list[tuple[str, str]]:
    """What the page's hidden fields would send."""
    parts = page.split('<textarea name="')[1:]
    return [
        (unescape(part.split('"', 1)[0]), unescape(part.split(">", 1)[1].split("</textarea>", 1)[0])[1:])
        for part in parts
    ]


def test_without_a_valid_token_everything_typed_can_be_sent_again(client: FlaskClient) -> None:
    sign_in(client, "officer")
    answer = client.post("/log/traffic-control?like=1", data={**TYPED, "csrf_token": "old", "password": SECRET})
    assert answer.status_code == 400
    assert "Skicka igen" in answer.text
    assert 'action="/log/traffic-control?like=1"' in answer.text
    assert SECRET not in answer.text
    sent = fields(answer.text)
    assert sent == [("place", TYPED["place"]), ("note", TYPED["note"]), ("tests", "1"), ("tests", "2")]


def test_whoever_was_signed_out_can_sign_in_elsewhere_and_send_again(client: FlaskClient) -> None:
    token = token_in(client.get("/sign-in").text)
    answer = client.post("/log/traffic-control", data={**TYPED, "csrf_token": token})
    assert answer.status_code == 401
    assert "Du har blivit utloggad" in answer.text
    assert ("place", TYPED["place"]) in fields(answer.text)
    sign_in(client, "officer")
    again = client.post("/settings/theme", data={"theme": "night", "csrf_token": token_in(answer.text)})
    assert again.status_code == 302
