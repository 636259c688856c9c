"""One house for all of these tests: nothing in them changes what is read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from fieldlog import create_app
from fieldlog.config import Settings, make_secret_key
from tests.fixtures.databases import NOW, StoppedClock
from tests.fixtures.site import house_of
from tests.fixtures.work import item
from tests.houserules.test_pages import parts
from tests.secrecy.seeding import Seeded
from tests.secrecy.walking import AskedRequest


@pytest.fixture(scope="package")
def shared(
    tmp_path_factory: pytest.TempPathFactory, site_template: Path, compiled: FileSystemBytecodeCache
) -> Iterator[tuple[Flask, Seeded]]:
    """The application, and everything that everybody has written into it."""
    chosen = Settings(instance=tmp_path_factory.mktemp("secrecy") / "instance")
    make_secret_key(chosen)
    shutil.copyfile(site_template, chosen.instance / "fieldlog.sqlite")
    made = create_app(chosen, clock=StoppedClock(NOW))
    made.jinja_env.bytecode_cache = compiled
    made.testing, made.request_class = True, AskedRequest
    seeded = Seeded(house_of(made))
    seeded.path = parts(made, item(), next(iter(seeded.people.values())))
    yield made, seeded
    house_of(made).database.close()


def signed_in(app: Flask, seeded: Seeded, name: str) -> FlaskClient:
    client = app.test_client()
    if name:
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = seeded.tokens[name], True
    return client
