"""/openapi.json describes what the server really takes and really answers."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.kinds import KINDS
from fieldlog.openapi.models import PAUSES, STATUSES
from tests.openapi.schema import faults
from tests.sync.phone import Phone, an_entry

FROZEN = json.loads((Path(__file__).parents[1] / "sync" / "first_app.json").read_text(encoding="utf-8"))


@pytest.fixture
def described(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    whole: dict[str, Any] = answer.get_json()
    return whole


def answer_schema(described: dict[str, Any], path: str, method: str, status: int) -> Any:
    responses = described["paths"][path][method]["responses"]
    return responses[str(status)]["content"]["application/json"]["schema"]


def test_it_says_of_itself_what_it_is(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    assert described["paths"].keys() == {"/sync", "/photos", "/whoami"}
    cookie = described["components"]["securitySchemes"]["session"]
    assert (cookie["in"], cookie["name"]) == ("cookie", "fieldlog")


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(described)):
        assert name in described["components"]["schemas"], name


def test_every_kind_is_described_with_every_field(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    assert schemas["Entry"]["discriminator"]["mapping"].keys() == KINDS.keys()
    for slug, kind in KINDS.items():
        assert list(schemas[f"answers-{slug}"]["properties"]) == sorted(kind.fields), slug


@pytest.mark.parametrize("batch", FROZEN, ids=[batch["by"] for batch in FROZEN])
def test_what_is_accepted_fits_the_description(described: dict[str, Any], batch: dict[str, Any]) -> None:
    assert not faults(batch["envelope"], {"$ref": "#/components/schemas/Envelope"}, described)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answers": {"vehicles": 10_000}},
        {"answers": {"vehicles": "3"}},
        {"answers": {"vehicles": -1}},
        {"answers": {"focus": ["speeding"]}},
        {"answers": {"nothing-of-ours": 1}},
        {"answers": {"place": "x" * 81}},
        {"kind": "flying-saucer"},
        {"happened_at": 7},
        {"id": "mine"},
        {"void": None},
        {"weather": "snow"},
        {"replaces": "0192aaaa-0000-7000-8000-00000000beef", "reason": "for-fun"},
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused(app: Flask, described: dict[str, Any], wrong: dict[str, Any]) -> None:
    phone, sent = Phone(app), an_entry() | wrong
    assert faults(sent, {"$ref": "#/components/schemas/Entry"}, described)
    assert phone.outcomes(sent) in (["refused"], ["waiting"])


def test_the_answers_are_as_described(app: Flask, described: dict[str, Any]) -> None:
    phone = Phone(app)
    told = phone.send(an_entry(), an_entry(answers={"vehicles": -1}), "odd").get_json()
    assert not faults(told, answer_schema(described, "/sync", "post", 200), described)
    signed_in, signed_out = phone.client.get("/whoami").get_json(), app.test_client().get("/whoami").get_json()
    for answer in (signed_in, signed_out):
        assert not faults(answer, answer_schema(described, "/whoami", "get", 200), described)


def test_what_is_answered_when_nothing_was_taken_in_is_as_described(app: Flask, described: dict[str, Any]) -> None:
    phone = Phone(app)
    answers = [
        phone.post("{}"),
        app.test_client().post("/sync", data="{}", content_type="application/json"),
        Phone(app, "administrator").send(),
        phone.client.get("/sync"),
        phone.send(account=0),
        phone.send(*[{}] * 201),
        phone.post("{}", content_type="text/plain"),
    ]
    assert [answer.status_code for answer in answers] == [400, 401, 403, 405, 409, 413, 415]
    for answer in answers:
        assert not faults(answer.get_json(), answer_schema(described, "/sync", "post", answer.status_code), described)


def test_every_status_is_described_and_those_to_wait_for_say_how_long(described: dict[str, Any]) -> None:
    responses = described["paths"]["/sync"]["post"]["responses"]
    assert responses.keys() == {"200", *(str(status) for status in STATUSES)}
    assert {int(status) for status, told in responses.items() if "Retry-After" in told.get("headers", {})} == PAUSES
