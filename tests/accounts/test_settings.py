"""A person's own settings: theme, language, devices."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import open_device, sign_in, submit


def test_it_says_who_is_signed_in(client: FlaskClient) -> None:
    sign_in(client, "officer")
    page = client.get("/settings").text
    assert "Polisen · Turlag 3 · Rapportör" in page
    assert "Orosanmälan görs inte här" in page


def test_the_language_is_chosen_before_signing_in_too(client: FlaskClient) -> None:
    answer = submit(client, "/settings/language", {"language": "en", "next": "/sign-in?next=/log"}, page="/sign-in")
    assert answer.location == "/sign-in?next=/log"
    assert '<html lang="en"' in client.get("/sign-in").text


def test_swedish_is_spoken_unless_asked_otherwise(client: FlaskClient) -> None:
    assert '<html lang="sv"' in client.get("/sign-in", headers={"Accept-Language": "en"}).text
    client.set_cookie("language", "xx")
    assert '<html lang="sv"' in client.get("/sign-in").text


def test_the_theme_is_remembered(client: FlaskClient) -> None:
    answer = submit(client, "/settings/theme", {"theme": "night", "next": "//evil.example"}, page="/sign-in")
    assert answer.location == "/"
    assert 'data-theme="night"' in client.get("/sign-in").text


@pytest.mark.parametrize(
    ("path", "data"), [("theme", {"theme": "pink"}), ("language", {"language": "de"}), ("theme", {})]
)
def test_a_choice_that_does_not_exist_is_refused(client: FlaskClient, path: str, data: dict[str, str]) -> None:
    assert submit(client, f"/settings/{path}", data, page="/sign-in").status_code == 400


def test_a_lost_phone_is_signed_out_from_another(app: Flask, client: FlaskClient) -> None:
    lost = app.test_client()
    sign_in(lost, "officer")
    sign_in(client, "officer")
    page = client.get("/settings").text
    path = page.split("/revoke")[0].rsplit('action="', 1)[1] + "/revoke"
    answer = submit(client, path, {}, page="/settings")
    assert answer.location == "/settings"
    assert "Telefonen eller datorn är utloggad." in client.get("/settings").text
    assert lost.get("/settings").status_code == 302
    assert client.get("/settings").status_code == 200


def test_somebody_elses_device_is_not_found(app: Flask, client: FlaskClient) -> None:
    open_device(app, "colleague")
    sign_in(client, "officer")
    assert submit(client, "/settings/devices/1/revoke", {}, page="/settings").status_code == 404
