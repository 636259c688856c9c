"""Every figure of a report is what the rows say."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.counting.models import Rule
from fieldlog.database import Database
from fieldlog.periods import ONE_DAY, Span
from fieldlog.pledges.actions import Where, change_rule
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.reports.actions import on_paper
from fieldlog.reports.queries import report
from fieldlog.targets.models import State, written
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.work import log_one
from tests.kinds.answers import repeatable
from tests.reports.made import LATER, NOW, YEAR, by_day, load, made, text_of, told, within
from tests.tallies.shift import STEPS, Shift

DAYS = st.dates(date(2026, 10, 20), date(2026, 11, 21))
SPANS = st.one_of(
    st.sampled_from([YEAR, Span(date(2026, 9, 1), date(2026, 12, 31)), Span(date(2026, 10, 1), date(2026, 10, 31))]),
    st.builds(lambda one, other: Span(min(one, other), max(one, other)), DAYS, DAYS),
)
RULES = {commitment.slug: commitment.rule for commitment in read_programme(OSTERSUND).commitments}
ON_BOTH = pytest.mark.parametrize(("database", "examples"), [("sqlite", 10), ("postgresql", 2)], indirect=["database"])


@pytest.fixture
def people(database: Database) -> list[Actor]:
    return [person(database, name) for name in PEOPLE if name != "administrator"]


@ON_BOTH
def test_page_and_paper_say_what_a_slow_count_of_the_rows_says(
    session: Session, people: list[Actor], administrator: Actor, examples: int
) -> None:
    @repeatable(examples)
    @given(steps=STEPS, span=SPANS)
    def holds(steps: list[tuple[str, int, int, int]], span: Span) -> None:
        try:
            load(session, administrator)
            Shift(session, people).work(steps)
            session.flush()
            report, rows = made(session, span), by_day(session)
            paper = text_of(on_paper(report, "sv", "#1446a0"))
            for told in report.commitments:
                rule = RULES[told.slug]
                assert told.done == within(rows, rule.counts, span)
                assert told.progress.done == within(rows, rule.counts, Span(YEAR.first, span.last))
                areas = {place.name: within(rows, rule.counts, span, area=place.slug) for place in report.places}
                assert {name: amount for name, amount in told.by_area if name != "–"} == areas
                assert sum(amount for _, amount in told.by_area) == told.done
                for month, amount in told.by_month:
                    assert amount == within(rows, rule.counts, span, month=month.replace(day=1))
                asides = {aside.label: within(rows, aside.counts, span) for aside in rule.beside}
                asides |= {aside.one: within(rows, aside.counts, span) for aside in rule.beside if aside.one}
                assert all(asides[fact.label] == fact.amount for fact in told.beside)
                words = f"{written(told.done)} {told.noun.sv}".replace("\u202f", "\xa0")
                assert words in paper
        finally:
            session.rollback()

    holds()


def test_nothing_after_the_days_is_counted_and_their_last_day_is(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)
    for hour in ("2026-04-30T21:59", "2026-04-30T22:00"):
        log_one(session, officer, happened_at=datetime.fromisoformat(hour).replace(tzinfo=UTC))
    april = told(session, "traffic-controls", Span(date(2026, 1, 1), date(2026, 4, 30)))
    assert (april.done, april.progress.words.sv) == (1, "1 av 50")
    assert told(session, "traffic-controls", Span(date(2026, 5, 1), date(2026, 5, 1))).done == 1
    assert told(session, "traffic-controls", Span(date(2026, 5, 1), date(2026, 8, 31))).progress.words.sv == "2 av 50"


def test_the_last_day_is_judged_when_it_is_over(session: Session, administrator: Actor) -> None:
    load(session, administrator)
    assert told(session, "traffic-controls").progress.state is State.NOT_STARTED
    assert told(session, "traffic-controls", now=LATER).progress.state is State.NOT_FULFILLED
    april = told(session, "traffic-controls", Span(date(2026, 1, 1), date(2026, 4, 30)), LATER)
    assert (april.progress.state, april.progress.expected) == (State.NOT_STARTED, 120 * 50 // 365)


def test_days_are_judged_by_the_rule_in_force_on_the_last_of_them(
    session: Session, officer: Actor, administrator: Actor, supervisor: Actor
) -> None:
    load(session, administrator)
    log_one(session, officer)
    today = NOW.date()
    doubled = RULES["traffic-controls"].to_json() | {"target": {"at_least": 100}}
    where = Where("ostersund-2026", "traffic-controls")
    change_rule(session, where, Rule.from_json(doubled), today + ONE_DAY, by=supervisor, now=NOW)
    session.flush()
    until_today = Span(date(2026, 11, 1), today)
    assert told(session, "traffic-controls", until_today, LATER).progress.words.sv == "1 av 50"
    assert told(session, "traffic-controls", until_today, LATER).promised.sv == "minst 50"
    assert told(session, "traffic-controls", YEAR, LATER).progress.words.sv == "1 av 100"


def test_a_report_asks_the_database_as_often_with_a_hundred_entries_as_with_none(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    load(session, administrator)

    def asked(span: Span) -> int:
        statements: list[str] = []

        def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)

        engine = session.get_bind()
        made(session, span)  # which publishes
        session.expire_all()
        event.listen(engine, "before_cursor_execute", listen)
        report(session, "2380", span, NOW)
        event.remove(engine, "before_cursor_execute", listen)
        return len(statements)

    odd = Span(date(2026, 2, 3), date(2026, 11, 20))
    before = [asked(YEAR), asked(odd)]
    for number in range(100):
        log_one(session, officer, area=["lit", "brunflo", "-"][number % 3], answers={"vehicles": number})
    assert [asked(YEAR), asked(odd)] == before
    assert max(before) <= 24
