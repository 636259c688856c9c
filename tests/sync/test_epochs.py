"""The epoch is the same until another one begins, and none comes twice; on both databases."""

from uuid import UUID

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.epochs.actions import begin_epoch
from fieldlog.epochs.queries import epoch
from tests.fixtures.work import NOW


def current(database: Database) -> UUID:
    with database.read() as session:
        return epoch(session)


def test_a_database_has_an_epoch_from_the_beginning(database: Database) -> None:
    assert current(database) == current(database)


def test_the_one_that_began_last_is_in_force(database: Database, administrator: Actor) -> None:
    seen = [current(database)]
    for _ in range(3):
        begun = database.write(lambda session: begin_epoch(session, administrator, NOW))
        assert current(database) == begun.value
        seen.append(begun.value)
    assert len(set(seen)) == 4
