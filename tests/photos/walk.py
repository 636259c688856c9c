"""A walk of the municipality's and the police's on which a lamp was broken, and a phone that took a photo of it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from fieldlog.ids import new_id
from fieldlog.photos.models import FOLDER, Photo
from tests.fixtures.people import person
from tests.fixtures.pictures import with_exif
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import NOW, item, log

LAMP = UUID("0192aaaa-0000-7000-8000-00000000000a")
BENCH = UUID("0192aaaa-0000-7000-8000-00000000000b")
WALK = item(
    "safety-walk",
    {
        "organisations": ["municipality", "police", "residents"],
        "findings": [
            {"key": str(LAMP), "category": "lighting", "where": "Vid busskuren"},
            {"key": str(BENCH), "category": "other", "where": "Trasig bänk"},
        ],
    },
)


class Walk:
    """The walk as logged by the municipality's inspector, whose phone sends photos of it."""

    def __init__(self, app: Flask) -> None:
        self.app, self.entry = app, WALK.id
        self.instance: Path = house_of(app).settings.instance
        self.database = house_of(app).database
        self.clients: dict[str, FlaskClient] = {}

    def log(self, *items: Any) -> None:
        by = person(self.database, "inspector")
        results = self.database.write(lambda session: log(session, by, *items))
        assert {result.outcome for result in results} == {"accepted"}

    def as_(self, name: str) -> FlaskClient:
        if name not in self.clients:
            self.clients[name] = self.app.test_client()
            sign_in(self.clients[name], name)
        return self.clients[name]

    def send(self, content: bytes = b"", name: str = "inspector", **changed: Any) -> TestResponse:
        sent = {"account": person(self.database, name).account, "id": new_id(NOW), "entry": self.entry}
        asked = {key: str(value) for key, value in (sent | {"finding": LAMP} | changed).items()}
        body = content or with_exif()
        return self.as_(name).post("/photos", query_string=asked, data=body, content_type="image/jpeg")

    def outcome(self, content: bytes = b"", **changed: Any) -> str:
        answer = self.send(content, **changed)
        assert answer.status_code == 200, answer.text
        told: str = answer.get_json()["outcome"]
        return told

    @property
    def files(self) -> set[str]:
        return {file.name for file in (self.instance / FOLDER).glob("*")}

    @property
    def rows(self) -> list[Photo]:
        with self.database.read() as session:
            return list(session.scalars(select(Photo).order_by(Photo.received_at, Photo.id)))


@pytest.fixture
def walk(app: Flask) -> Walk:
    made = Walk(app)
    made.log(WALK)
    return made
