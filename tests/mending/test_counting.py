"""A mended finding is counted as a safety measure, once."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database, one_at_a_time
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.findings import queries
from fieldlog.intake.models import Refusal
from fieldlog.mending.actions import count
from fieldlog.mending.queries import counted
from fieldlog.periods import Span
from fieldlog.programmes.actions import RefusedError
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import figures
from tests.findings.walks import found, keys, say, walk
from tests.fixtures.work import NOW, item, log
from tests.review.at_once import at_once


def counting(database: Database, key: UUID, by: Actor) -> None:
    database.write(lambda session: count(session, found(session, key, by), by, NOW))


def logging(database: Database, by: Actor, sent: Item) -> None:
    database.write(lambda session: log(session, by, sent))


def measures(session: Session) -> int:
    """How many count."""
    year, ref = Span(NOW.date().replace(month=1, day=1), NOW.date()), "safety-measure.measures-taken"
    return figures(session, "2380", year.first, year.last, [ref]).total(ref, year.first, year.last).amount


def saying(session: Session, key: UUID, by: Actor, status: str) -> None:
    """As the form does it."""
    one_at_a_time(session)
    say(session, key, by, status=status)


def test_two_taps_by_two_people_are_one_measure(database: Database, coordinator: Actor, inspector: Actor) -> None:
    sent = walk("Torget")
    (key,) = keys(sent)
    database.write(lambda session: log(session, inspector, sent))
    database.write(lambda session: say(session, key, coordinator, status="mended"))
    people = [coordinator, inspector, coordinator, inspector]
    at_once([partial(counting, database, key, by) for by in people])
    with database.read() as session:
        made = session.scalars(select(Entry).where(Entry.kind == "safety-measure")).all()
        assert [(one.answers["what"], one.answers["place"], one.area) for one in made] == [
            ("lighting", "Torget", "brunflo")
        ]
        assert session.scalar(select(func.count(Refusal.id))) == 0
        assert recount(session) == []


def test_one_whose_measure_was_voided_is_counted_again_once(
    database: Database, coordinator: Actor, inspector: Actor
) -> None:
    sent = walk("Torget")
    (key,) = keys(sent)
    database.write(lambda session: log(session, inspector, sent))
    database.write(lambda session: say(session, key, coordinator, status="mended"))
    for times in (1, 2, 3):
        at_once([partial(counting, database, key, coordinator)] * 2)
        with database.read() as session:
            entry = counted(session, key).entry
            assert entry
            made = select(func.count()).where(Entry.kind == "safety-measure", ~Entry.is_void)
            assert (session.scalar(made), measures(session)) == (times, 1)
            undo = item(entry.kind, replaces=entry.id, void=True, reason="duplicate", happened_at=entry.happened_at)
        logging(database, coordinator, undo)
    with database.read() as session:
        assert (counted(session, key).entry, measures(session)) == (None, 0)
        assert recount(session) == []


@pytest.mark.parametrize("status", ["new", "planned", "not-done"])
def test_only_what_is_mended_counts(database: Database, coordinator: Actor, status: str) -> None:
    sent = walk("Torget")
    (key,) = keys(sent)
    database.write(lambda session: log(session, coordinator, sent))
    if status != "new":
        database.write(lambda session: say(session, key, coordinator, status=status))
    with pytest.raises(RefusedError):
        counting(database, key, coordinator)


def test_two_who_change_at_once_leave_a_history_without_a_hole(
    database: Database, coordinator: Actor, inspector: Actor
) -> None:
    sent = walk("Torget", "Parken")
    database.write(lambda session: log(session, inspector, sent))
    works = [
        partial(database.write, partial(saying, key=key, by=by, status=status))
        for key in keys(sent)
        for by, status in ((coordinator, "planned"), (inspector, "mended"))
    ]
    at_once(works)
    with database.read() as session:
        for key in keys(sent):
            numbers = [one.number for one in queries.history(session, coordinator.municipality, key)]
            assert numbers == [1, 2]
