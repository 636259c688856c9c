"""The server publishes each day by itself, whether anybody reads or not."""

from sqlalchemy import select

from fieldlog.cli.publishing import keep_publishing
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.intake.models import Publication
from fieldlog.publication.models import PublishedAmount
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.work import log_one


def published(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(Publication)).all())


def test_the_server_publishes_by_itself(sqlite: Database, clock: StoppedClock, settings: Settings) -> None:
    officer = person(sqlite, "officer")
    sqlite.write(lambda session: log_one(session, officer))
    clock.move(days=1)
    end = keep_publishing(sqlite, clock, settings)
    end()  # what it is at it does to the end: the first round begins at once
    assert published(sqlite) == 1
    with sqlite.read() as session:
        assert "controls" in session.scalars(select(PublishedAmount.measure)).all()
