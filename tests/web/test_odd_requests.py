"""Requests that no page sends: answered for what they are, and never as a fault of ours."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from tests.fixtures.site import house_of, sign_in, submit


@pytest.fixture
def client(app: Flask) -> FlaskClient:
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


@pytest.mark.parametrize("path", ["/log", "/log/traffic-control", "/settings", "/pledges"])
def test_asking_for_the_head_of_a_page_is_asking_for_the_page(client: FlaskClient, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.text) == (200, "")
    assert client.application.test_client().head("/sign-in").status_code == 200


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
