"""Outreach for those who do not read its rows: stretches of months, none of them small, whenever somebody looks."""

from collections import defaultdict
from datetime import UTC, date, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.holding import LEAST
from fieldlog.kinds import measure
from fieldlog.labels import Label
from fieldlog.pledges.queries import standing
from fieldlog.tallies.models import MonthTally
from tests.fixtures.people import PLACE
from tests.kinds.answers import repeatable
from tests.reports.made import NOW, load

PASSES, TOGETHER = measure("outreach.passes").label, measure("outreach.with-police").label
LOOKED_AT = [datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 7, 9, 12, tzinfo=UTC), NOW]
MONTH = st.integers(0, 9).flatmap(lambda passes: st.tuples(st.just(passes), st.integers(0, passes)))

Known = dict[Label, dict[date, set[int]]]
"""What a reader has learnt: for each measure how many there were in all up to the end of a month."""


def work(session: Session, year: list[tuple[int, int]]) -> None:
    """So many passes each month, and so many of them with the police."""
    for month, (passes, together) in enumerate(year, 1):
        for name, amount in (("passes", passes), ("with-police", together)) if passes else ():
            row = MonthTally(municipality=PLACE, kind="outreach", measure=name, amount=amount, entries=passes)
            row.month, row.area, row.unit = date(2026, month, 1), "lit", "uppsokande-teamet"
            session.add(row)
    session.flush()


def look(session: Session, now: datetime, known: Known) -> None:
    programme = standing(session, PLACE, local_day(now), now, to=Organisation.POLICE)
    assert programme
    for one in (one for pledge in programme.pledges for one in pledge.commitments):
        for label, rows in one.held:
            so_far = 0
            for month, amount in rows:
                so_far += amount
                known[label][month].add(so_far)


def test_no_small_month_can_be_worked_out_from_all_that_is_ever_shown(session: Session, administrator: Actor) -> None:
    @repeatable(25)
    @given(year=st.lists(MONTH, min_size=12, max_size=12))
    def holds(year: list[tuple[int, int]]) -> None:
        known: Known = defaultdict(lambda: defaultdict(set))
        try:
            load(session, administrator)
            work(session, year)
            for now in LOOKED_AT:
                look(session, now, known)
        finally:
            session.rollback()
        for months in known.values():
            assert all(len(sums) == 1 for sums in months.values()), "a stretch once told stays"
            sums = [0, *(sums.copy().pop() for _, sums in sorted(months.items()))]
            assert all(later - earlier >= LEAST for earlier, later in combinations(sums, 2))
        assert set(known[TOGETHER]) <= set(known[PASSES]), "no part ends inside a stretch of the whole"

    holds()
