"""Outreach in a report: stretches of months, none of them small, whenever and of whatever days somebody asks."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime
from itertools import combinations

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local_day
from fieldlog.holding import LEAST
from fieldlog.kinds import measure
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.pledges.queries import standing
from fieldlog.reports.models import Report
from fieldlog.tallies.models import MonthTally
from tests.fixtures.people import PLACE, person
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import log_one
from tests.kinds.answers import repeatable
from tests.reports.made import NOW, YEAR, load, made, text_of

PASSES, TOGETHER = measure("outreach.passes").label, measure("outreach.with-police").label
ASKED_AT = [datetime(2026, 3, 20, 12, tzinfo=UTC), datetime(2026, 7, 9, 12, tzinfo=UTC), NOW]
SPANS = [YEAR, Span(date(2026, 2, 1), date(2026, 2, 28)), Span(date(2026, 1, 10), date(2026, 3, 5))]
MONTH = st.integers(0, 9).flatmap(lambda passes: st.tuples(st.just(passes), st.integers(0, passes)))

Known = dict[Label, dict[date, set[int]]]
"""What a reader has learnt: for each measure how many there were in all up to the end of a month."""


def work(session: Session, year: list[tuple[int, int]]) -> None:
    """So many passes each month, and so many of them with the police."""
    for month, (passes, together) in enumerate(year, 1):
        if not passes:
            continue
        for name, amount in (("passes", passes), ("with-police", together)):
            row = MonthTally(municipality=PLACE, kind="outreach", measure=name, amount=amount, entries=passes)
            row.month, row.area, row.unit = date(2026, month, 1), "lit", "uppsokande-teamet"
            session.add(row)
    session.flush()


def learn(known: Known, label: Label, rows: Iterable[tuple[date, int | None]]) -> int:
    """Add up the rows of a table; the sum of all."""
    so_far = 0
    for month, amount in rows:
        if amount is not None:
            so_far += amount
            known[label][month].add(so_far)
    return so_far


def learn_from(known: Known, report: Report) -> None:
    held, totals = report.held, {PASSES: 0, TOGETHER: 0}
    for column, label in enumerate(held.measures):
        rows = [(month, amounts[column]) for month, amounts in held.rows]
        assert all(amount is None or amount >= LEAST for _, amount in rows)
        totals[label] = learn(known, label, rows)
        assert totals[label] == held.totals[column]
    beside = {total.words.sv for total in report.totals}
    if totals[PASSES]:
        assert f"{totals[TOGETHER]} av {totals[PASSES]} uppsökande pass med polisen" in beside
    else:
        assert "färre än fem uppsökande pass med polisen" in beside


def test_no_small_month_can_be_worked_out_from_all_that_is_ever_shown(session: Session, administrator: Actor) -> None:
    @repeatable(25)
    @given(year=st.lists(MONTH, min_size=12, max_size=12))
    def holds(year: list[tuple[int, int]]) -> None:
        known: Known = defaultdict(lambda: defaultdict(set))
        try:
            load(session, administrator)
            work(session, year)
            for now in ASKED_AT:
                for span in SPANS:
                    learn_from(known, made(session, span, now))
                programme = standing(session, PLACE, local_day(now), now, to=Organisation.POLICE)
                assert programme
                for one in (one for pledge in programme.pledges for one in pledge.commitments):
                    for label, rows in one.held:
                        learn(known, label, rows)
        finally:
            session.rollback()
        for months in known.values():
            assert all(len(sums) == 1 for sums in months.values()), "a stretch once told stays"
            sums = [0, *(sums.copy().pop() for _, sums in sorted(months.items()))]
            assert all(later - earlier >= LEAST for earlier, later in combinations(sums, 2))
        assert set(known[TOGETHER]) <= set(known[PASSES]), "no part ends inside a stretch of the whole"

    holds()


def test_page_and_paper_have_the_table(client: FlaskClient) -> None:
    house = house_of(client.application)
    by = person(house.database, "outreach")

    def log(session: Session) -> None:
        for month, number in ((2, 3), (3, 4), (6, 5), (10, 4)):
            at = datetime(2026, month, 10, 18, tzinfo=UTC)
            for _ in range(number):
                log_one(session, by, "outreach", {"with_police": month < 6}, happened_at=at, saved_at=at, area="lit")

    house.database.write(log)
    sign_in(client, "supervisor")
    page = client.get("/report/2026-10-01/2026-10-31")
    paper = text_of(client.get("/report/2026-10-01/2026-10-31/report.pdf").data)
    for text in (page.text, paper):
        for words in ("månader ihop", "mars 2026", "juni 2026", "Tillsammans med polisen"):
            assert words in text
        assert "oktober 2026" not in text.split("månader ihop")[1].split("Summa")[0], "four wait"
    cells = page.text.split('id="held"')[1].split("</section>")[0]
    assert [cells.count(f">{number}</td>") for number in (7, 5, 4, 3)] == [2, 1, 0, 0]
    assert cells.count("<strong>12</strong>") == 1
