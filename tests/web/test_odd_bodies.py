"""Bodies that no page sends: read as a form left empty, cheaply, and never as a fault of ours."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.fixtures.site import sign_in, token_in

FORMS = ("/sign-in", "/log/traffic-control", "/settings/theme")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    app.testing = False
    signed_in = app.test_client()
    sign_in(signed_in, "officer")
    return signed_in


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


def test_a_body_of_countless_fields_is_not_sent_back(client: FlaskClient) -> None:
    answer = client.post("/log/traffic-control", data={f"f{number}": "" for number in range(1100)})
    assert answer.status_code == 413
    assert len(answer.text) < 10_000
