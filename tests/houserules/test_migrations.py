"""The migrations, applied from nothing, make exactly the tables that the models describe; on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from fieldlog import migrations
from fieldlog.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without a single table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        server: Database = request.getfixturevalue("postgresql")
        with server.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("drop database if exists empty"))
            connection.execute(text("create database empty"))
        url = server.writer.url.set(database="empty").render_as_string(hide_password=False)
    fresh = Database(url)
    yield fresh
    fresh.close()


def test_migrations_equal_the_models(empty: Database) -> None:
    migrations.upgrade(empty)
    assert not migrations.differences(empty), "write a migration: models and database differ"


def test_migrating_again_changes_nothing(empty: Database) -> None:
    migrations.upgrade(empty)
    migrations.upgrade(empty)
    assert not migrations.differences(empty)
