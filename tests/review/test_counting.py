"""Whatever is logged, corrected, voided, linked and merged, in any order: the tallies are what the rows say."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.ids import new_id
from fieldlog.review.actions import NotMergedError, merge
from fieldlog.review.forms import FIRST, SECOND, differences, merged, unmergeable, voided
from fieldlog.tallies.actions import recount
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.work import NOW
from tests.kinds.answers import repeatable
from tests.tallies.shift import NUMBER, Shift, adds_up_to
from tests.tallies.test_properties import stored

STEP = st.tuples(
    st.sampled_from(["record", "record", "record", "correct", "void", "send", "merge", "merge"]), NUMBER, NUMBER, NUMBER
)


@dataclass
class Desk(Shift):
    """A shift in which the supervisor merges, whatever the door says of it."""

    merges: int = 0

    def _merge(self, one: int, two: int, three: int) -> None:
        self._send(0, 0, 0)
        by = next(each for each in self.people if each.role == "supervisor" and each.organisation == "police")
        current = select(Entry).where(is_current(), Entry.took_part.contains(" police ")).order_by(Entry.id)
        entries = self.session.scalars(current).all()
        pairs = [(a, b) for a in entries for b in entries if not unmergeable(a, b)]
        if not pairs:
            return
        pair = pairs[(one + 40 * two) % len(pairs)]
        chosen = {each.name: (FIRST, SECOND)[three % 2] for each in differences(*pair, by, {})}
        kept, gone = merged(*pair, chosen, new_id(NOW), NOW), voided(pair[1], pair[0], new_id(NOW), NOW)
        try:
            with self.session.begin_nested():
                merge(self.session, kept, gone, by, NOW)
                self.merges += 1
        except NotMergedError:
            self.session.expire_all()


@pytest.mark.parametrize(("database", "examples"), [("sqlite", 20), ("postgresql", 4)], indirect=["database"])
def test_tallies_are_what_the_rows_say_after_merges(session: Session, database: Database, examples: int) -> None:
    people: list[Actor] = [person(database, name) for name in PEOPLE if name != "administrator"]
    merges = []

    @repeatable(examples)
    @given(steps=st.lists(STEP, min_size=10, max_size=30))
    def holds(steps: list[tuple[str, int, int, int]]) -> None:
        try:
            desk = Desk(session, people)
            desk.work(steps)
            merges.append(desk.merges)
            session.expire_all()
            assert +stored(session) == +adds_up_to(session)
            assert recount(session) == []
        finally:
            session.rollback()

    holds()
    assert sum(merges) > examples // 4, "hardly anything was merged"
