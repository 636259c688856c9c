"""Two who change the same thing at one instant: one is done, the other is told and loses nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog import create_app
from fieldlog.config import Settings, make_secret_key
from fieldlog.database import Database
from fieldlog.programmes.actions import load_example
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in
from tests.planning.desk import form_on, send

HERE = "/manage/programme/ostersund-2026"


@pytest.fixture
def house(database: Database, tmp_path: Path, clock: StoppedClock) -> Iterator[Flask]:
    """The application on either database, with a programme."""
    settings = Settings(instance=tmp_path / "instance", database_url=database.url)
    make_secret_key(settings)
    by = person(database, "administrator")
    database.write(lambda session: load_example(session, 2026, by=by, now=clock()))
    made = create_app(settings, clock=clock)
    yield made
    house_of(made).database.close()


def test_of_many_at_once_one_is_done_and_the_others_are_told(house: Flask) -> None:
    clients = [house.test_client() for _ in range(4)]
    for client, name in zip(clients, ["supervisor", "coordinator", "administrator", "supervisor"], strict=True):
        sign_in(client, name)
    path = f"{HERE}/texts"
    values = form_on(clients[0].get(path).text)
    tokens = [form_on(client.get(path).text)["csrf_token"] for client in clients]
    start = Barrier(len(clients))

    def go(client: FlaskClient, token: list[str], number: int) -> tuple[int, bool]:
        start.wait()
        answer = send(client, path, {**values, "csrf_token": token}, answers_for=f"Funktion {number}")
        return answer.status_code, f"Funktion {number}" in answer.text

    with ThreadPoolExecutor(len(clients)) as threads:
        answers = list(threads.map(go, clients, tokens, range(len(clients))))
    assert sorted(status for status, _ in answers) == [303, 422, 422, 422]
    assert all(is_kept for status, is_kept in answers if status == 422)
