"""Whatever was logged, corrected, voided and linked on whichever days: what is public is what the rows say by then."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.kinds import KINDS
from fieldlog.periods import Span
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut, ledger
from tests.fixtures.people import PEOPLE, PLACE, person
from tests.kinds.answers import repeatable
from tests.publication.recount import Days, Sums, recounted
from tests.tallies.shift import STEPS
from tests.tallies.year import YEAR

ON_BOTH = pytest.mark.parametrize(("database", "examples"), [("sqlite", 24), ("postgresql", 3)], indirect=["database"])
REFS = sorted(f"{kind.slug}.{name}" for kind in KINDS.values() for name in kind.measures)


@pytest.fixture
def people(database: Database) -> list[Actor]:
    return [person(database, name) for name in PEOPLE if name != "administrator"]


def public(session: Session, through: date) -> Sums:
    """What the published rows add up to, by measure, day and area."""
    found: Sums = Counter()
    for line in ledger(session, PLACE, Span(*YEAR), REFS, through).lines:
        found[line.ref, line.day, line.area] += line.value.amount
    return found


def nonzero(sums: Sums) -> dict[object, int]:
    return {key: number for key, number in sums.items() if number}


@ON_BOTH
def test_a_public_figure_is_what_the_published_rows_say_at_any_moment(
    session: Session, people: list[Actor], examples: int
) -> None:
    @repeatable(examples)
    @given(steps=STEPS, delay=st.integers(1, 3), publishes=st.integers(1, 6))
    def holds(steps: list[tuple[str, int, int, int]], delay: int, publishes: int) -> None:
        shift, told = Days(session, people), set[date]()
        try:
            for start in range(0, len(steps), publishes):
                if start == 0:
                    shift.work(steps[:publishes])
                else:
                    shift.go_on(steps[start : start + publishes])
                session.flush()
                publish(session, PLACE, shift.now, delay)
                told.add(cut(shift.now, delay))
            publish(session, PLACE, shift.now + timedelta(days=9), delay)
            last = cut(shift.now + timedelta(days=9), delay)
            for through in (*told, last - timedelta(days=4), last):
                session.expire_all()
                assert nonzero(public(session, through)) == nonzero(recounted(session, through))
        finally:
            session.rollback()

    holds()
