"""Things done at the same instant, and two entries to do them to."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

from sqlalchemy import select

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.ids import new_id
from fieldlog.intake.actions import accept
from fieldlog.review.actions import ChangedError, NotMergedError, merge
from fieldlog.review.forms import merged, voided
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import figures
from tests.fixtures.work import NOW, item

DAY = NOW.date()
CONTROLS = "traffic-control.controls"


def at_once(works: Sequence[Callable[[], object]]) -> list[object]:
    """What became of each, all begun at the same instant: its answer, or the name of its error."""
    start = Barrier(len(works))

    def go(work: Callable[[], object]) -> object:
        start.wait()
        try:
            return work()
        except (NotMergedError, ChangedError) as error:
            return type(error).__name__

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(go, works))


class Pair:
    """Two persons' entries of one control, and what may be done with them."""

    def __init__(self, database: Database, one: Actor, other: Actor) -> None:
        self.database = database
        self.items = [item(answers={"vehicles": 10}), item(answers={"vehicles": 20})]
        for by, sent in zip((one, other), self.items, strict=True):
            database.write(partial(accept, items=[sent], by=by, now=NOW))
        with database.read() as session:
            self.seen = [session.get_one(Entry, sent.id) for sent in self.items]

    def merge(self, by: Actor, first: int = 0) -> Callable[[], object]:
        one, two = self.seen[first], self.seen[1 - first]
        kept = merged(one, two, {"vehicles": "second"}, new_id(NOW), NOW)
        gone = voided(two, one, new_id(NOW), NOW)
        return lambda: self.database.write(lambda session: merge(session, kept, gone, by, NOW))

    def send(self, by: Actor, sent: Item) -> Callable[[], object]:
        return lambda: self.database.write(lambda session: accept(session, [sent], by, NOW))[0].outcome

    def current(self) -> list[Entry]:
        origins = [sent.id for sent in self.items]
        with self.database.read() as session:
            assert recount(session) == []
            latest = session.scalars(select(Entry).where(is_current(), Entry.origin_id.in_(origins)))
            found = {one.origin_id: one for one in latest}
        return [found[origin] for origin in origins]

    def controls(self) -> int:
        with self.database.read() as session:
            return figures(session, "2380", DAY, DAY, [CONTROLS], daily=True).total(CONTROLS, DAY, DAY).amount
