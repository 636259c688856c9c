"""A phone without a screen: it sends envelopes, and reads what it is told."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldlog.entries.forms import Item
from fieldlog.ids import new_id
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import LEAST, NOW

DEVICE = "0192aaaa-0000-7000-8000-00000000beef"


def an_entry(kind: str = "traffic-control", answers: Mapping[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    """An entry that is accepted; ``changed`` says what is different from the usual."""
    usual = {"id": str(new_id(NOW)), "kind": kind, "happened_at": NOW.isoformat(), "saved_at": NOW.isoformat()}
    return usual | {"area": "brunflo", "answers": {**LEAST.get(kind, {}), **(answers or {})}} | changed


def a_correction(of: Mapping[str, Any], answers: Mapping[str, Any], **changed: Any) -> dict[str, Any]:
    said = {"happened_at": of["happened_at"], "replaces": of["id"], "reason": "wrong-count"}
    return an_entry(of["kind"], {**of["answers"], **answers}, **{**said, **changed})


def as_sent(item: Item) -> dict[str, Any]:
    """The item as a phone would have sent it."""
    return dict(item.to_json())


class Phone:
    """One signed-in device. What ``send`` is not told otherwise is as a phone with a right clock has it."""

    def __init__(self, app: Flask, name: str = "officer") -> None:
        self.client: FlaskClient = app.test_client()
        self.account = person(house_of(app).database, name).account
        self.clock = house_of(app).clock
        sign_in(self.client, name)

    def envelope(self, *entries: Any, **changed: Any) -> dict[str, Any]:
        usual = {"account": self.account, "device": DEVICE, "app": "0a1b2c", "waiting": 0}
        return usual | {"sent_at": self.clock().isoformat(), "entries": list(entries)} | changed

    def post(self, body: str | bytes, **options: Any) -> TestResponse:
        return self.client.post("/sync", data=body, **{"content_type": "application/json", **options})

    def send(self, *entries: Any, **changed: Any) -> TestResponse:
        return self.post(json.dumps(self.envelope(*entries, **changed)))

    def outcomes(self, *entries: Any, **changed: Any) -> list[str]:
        answer = self.send(*entries, **changed)
        assert answer.status_code == 200, answer.text
        return [result["outcome"] for result in answer.get_json()["results"]]


@pytest.fixture
def phone(app: Flask) -> Phone:
    return Phone(app)


def later(moment: datetime, **by: float) -> str:
    return (moment + timedelta(**by)).isoformat()
