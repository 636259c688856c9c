"""Requests that no page sends: answered for what they are, cheaply, and never as a fault of ours."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of, sign_in, submit, token_in

FORMS = ("/sign-in", "/log/traffic-control", "/settings/theme")


@pytest.fixture
def client(app: Flask, clock: StoppedClock) -> FlaskClient:
    app.testing = False
    signed_in = app.test_client()
    sign_in(signed_in, "officer")
    return signed_in


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "http://localhost:99:99"])
def test_an_origin_that_is_no_address_is_another_site(client: FlaskClient, origin: str) -> None:
    assert submit(client, "/sign-out", {}, page="/settings", headers={"Origin": origin}).status_code == 403


@pytest.mark.parametrize("host", ["a..b", ".", "x" * 70 + ".se"])
def test_a_host_that_is_no_name_is_a_bad_request(client: FlaskClient, host: str) -> None:
    assert client.get("/sign-in", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize(
    "body", ["[1, 2]", '"x"', "{}", '{"id": 5, "name": 5, "password": 6, "place": {}}', "[" * 9999]
)
def test_json_in_place_of_a_form_is_a_form_left_empty(client: FlaskClient, path: str, body: str) -> None:
    token = token_in(client.get("/settings").text)
    answer = client.post(path, data=body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 400


def test_a_file_in_place_of_a_text_is_no_answer(client: FlaskClient) -> None:
    page = client.get("/log/traffic-control").text
    entry = page.split('name="id"')[1].split('value="')[1].split('"')[0]
    data = {"csrf_token": token_in(page), "id": entry, "place": (BytesIO(b"x"), "x.txt")}
    assert client.post("/log/traffic-control", data=data).status_code == 303
    assert "x.txt" not in client.get(f"/entries/{entry}").text


@pytest.mark.parametrize("path", ["/log", "/log/traffic-control", "/settings", "/pledges"])
def test_asking_for_the_head_of_a_page_is_asking_for_the_page(client: FlaskClient, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.text) == (200, "")
    assert client.application.test_client().head("/sign-in").status_code == 200


def test_a_body_of_countless_fields_is_not_sent_back(client: FlaskClient) -> None:
    answer = client.post("/log/traffic-control", data={f"f{number}": "" for number in range(1100)})
    assert answer.status_code == 413
    assert len(answer.text) < 10_000


def test_while_the_database_is_away_a_wrong_address_is_still_only_that(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_database: object) -> None:
        raise OperationalError("connect", {}, Exception("away"))

    monkeypatch.setattr("fieldlog.database.Database.read", read)
    assert client.get("/no/such").status_code == 404
    assert client.post("/log/traffic-control", data={"place": "E14"}).status_code == 400


def test_a_database_without_tables_is_not_well(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    with house_of(client.application).database.writer.begin() as connection:
        connection.execute(text("drop table alembic_version"))
    assert client.get("/healthz").status_code == 503
