"""Whatever is recorded, corrected, voided, linked and sent again, in any order: the tallies are what the rows say."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally, HourTally, MonthTally
from fieldlog.tallies.queries import figures
from tests.fixtures.people import PEOPLE, person
from tests.kinds.answers import repeatable
from tests.tallies.shift import STEPS, Shift, adds_up_to
from tests.tallies.year import YEAR

ON_BOTH = pytest.mark.parametrize(("database", "examples"), [("sqlite", 28), ("postgresql", 4)], indirect=["database"])

Numbers = Counter[tuple[Any, ...]]


@pytest.fixture
def people(database: Database) -> list[Actor]:
    """Of every organisation that logs, of several units, and one who corrects others' entries."""
    return [person(database, name) for name in PEOPLE if name != "administrator"]


def stored(session: Session) -> Numbers:
    """The rollups, written the same way as the slow count."""
    found: Numbers = Counter()
    keys: dict[Any, tuple[str, tuple[str, ...]]] = {
        DayTally: ("day", ("day", "area", "unit")),
        MonthTally: ("month", ("month", "area", "unit")),
        HourTally: ("hour", ("month", "weekday", "hour")),
    }
    for table, (name, columns) in keys.items():
        for row in session.scalars(select(table)):
            key = (name, row.kind, row.measure, *(getattr(row, column) for column in columns))
            found[*key, "amount"], found[*key, "entries"] = row.amount, row.entries
    return found


@ON_BOTH
def test_tallies_are_what_the_rows_say(session: Session, people: list[Actor], examples: int) -> None:
    @repeatable(examples)
    @given(steps=STEPS)
    def holds(steps: list[tuple[str, int, int, int]]) -> None:
        try:
            Shift(session, people).work(steps)
            session.expire_all()
            assert +stored(session) == +adds_up_to(session)
            assert min(stored(session).values(), default=0) >= 0
            assert recount(session) == []
        finally:
            session.rollback()

    holds()


@ON_BOTH
def test_pages_read_what_the_rows_say(session: Session, people: list[Actor], examples: int) -> None:
    refs = [f"traffic-control.{name}" for name in ("controls", "vehicles", "unasked", "focus-speed")]

    @repeatable(examples // 4)
    @given(steps=STEPS)
    def holds(steps: list[tuple[str, int, int, int]]) -> None:
        try:
            Shift(session, people).work(steps)
            rows = adds_up_to(session)
            read = {daily: figures(session, "2380", *YEAR, refs, daily=daily) for daily in (False, True)}
            for ref in refs:
                _, _, measure = ref.partition(".")
                mine = {key: number for key, number in rows.items() if key[1:3] == ("traffic-control", measure)}
                for grain, asked in (("month", read[False]), ("day", read[True])):
                    total = asked.total(ref, *YEAR)
                    own = {key: number for key, number in mine.items() if key[0] == grain}
                    assert total.amount == sum(number for key, number in own.items() if key[-1] == "amount")
                    assert total.entries == sum(number for key, number in own.items() if key[-1] == "entries")
                    areas = {key[4] for key, number in own.items() if key[-1] == "entries" and number}
                    assert asked.by_area(ref, *YEAR).keys() == areas
        finally:
            session.rollback()

    holds()
