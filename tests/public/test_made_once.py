"""After a change one thread makes a page anew, and packs it as it was asked for; the others wait for it."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.public import views
from fieldlog.publication.actions import write_post
from fieldlog.web import assets
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.public.test_kept import POST

READERS = 8


@pytest.fixture
def begun(app: Flask) -> Counter[str]:
    """How many requests have come."""
    count: Counter[str] = Counter()
    app.before_request(lambda: count.update(["requests"]))
    return count


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch, begun: Counter[str]) -> Counter[str]:
    """How often a page was made, and packed in each way; nobody is ready before all readers have asked."""
    count: Counter[str] = Counter()
    told_of = views.told_of

    def told(slug: str, through: date) -> Any:
        count["made"] += 1
        while begun["requests"] < READERS:
            pass
        return told_of(slug, through)

    monkeypatch.setattr(views, "told_of", told)
    for encoding, pack in assets.QUICK.items():

        def packed(body: bytes, encoding: str = encoding, pack: assets.Pack = pack) -> bytes:
            count[encoding] += 1
            return pack(body)

        monkeypatch.setitem(assets.QUICK, encoding, packed)
    return count


def test_one_makes_the_page_for_all_who_ask_at_once(
    app: Flask, stranger: FlaskClient, begun: Counter[str], done: Counter[str]
) -> None:
    begun["requests"] = READERS
    stranger.get("/")
    house = house_of(app)
    by, now = person(house.database, "supervisor"), house.clock()
    house.database.write(lambda session: write_post(session, POST, by, now))
    done.clear()
    begun.clear()

    def read(_: int) -> bytes:
        data: bytes = app.test_client().get("/", headers={"Accept-Encoding": "br"}).data
        return data

    with ThreadPoolExecutor(READERS) as readers:
        found = set(readers.map(read, range(READERS)))
    assert len(found) == 1
    assert done == {"made": 1, "br": 1}
