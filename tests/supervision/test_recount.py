"""Every figure of the supervisor's pages is what a slow count of the rows says, whatever was logged and corrected."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.kinds import KINDS
from fieldlog.periods import Span
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.supervision.forms import stretch_named
from fieldlog.supervision.models import Grain, Overview
from fieldlog.supervision.queries import leading, overview
from tests.fixtures.people import PEOPLE, person
from tests.kinds.answers import repeatable
from tests.tallies.shift import STEPS, Shift, adds_up_to

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
YEAR = read_programme(OSTERSUND).for_year(2026)
# The first programme ends and the next begins in the middle of a month, among the days on which work is logged.
SPRING = YEAR.model_copy(update={"last_day": date(2026, 10, 28)})
AUTUMN = YEAR.model_copy(update={"slug": "autumn", "first_day": date(2026, 10, 29), "last_day": date(2027, 3, 15)})
ADDRESSES = [
    (Grain.DAY, "2026-10-25"),
    (Grain.DAY, "2026-10-31"),
    (Grain.DAY, "2026-11-01"),
    (Grain.DAY, "2026-11-21"),
    (Grain.WEEK, "2026-W44"),
    (Grain.WEEK, "2026-W47"),
    (Grain.MONTH, "2026-10"),
    (Grain.MONTH, "2026-11"),
]

PAGES = st.lists(st.sampled_from(ADDRESSES), min_size=2, max_size=4)

ON_BOTH = pytest.mark.parametrize(("database", "examples"), [("sqlite", 9), ("postgresql", 2)], indirect=["database"])


def counted(rows: Counter[tuple[Any, ...]], ref: str, span: Span, fits: Callable[..., bool]) -> int:
    kind, _, measure = ref.partition(".")
    return sum(
        number
        for (grain, *key, what), number in rows.items()
        if (grain, what, *key[:2]) == ("day", "amount", kind, measure) and key[2] in span and fits(*key[3:])
    )


def check(shown: Overview, rows: Counter[tuple[Any, ...]]) -> None:
    def naive(ref: str, span: Span, fits: Callable[..., bool] = lambda _area, _unit: True) -> int:
        return counted(rows, ref, span, fits)

    for row in shown.kinds:
        spans = [column.span for column in shown.columns] if row.amounts else []
        assert row.amounts == tuple(naive(leading(row.kind), span) for span in spans)
    spread = shown.spread
    ref = leading(spread.kind)
    slugs = {place.name: place.slug for place in spread.places} | {"–": "-"}
    for name, amount in spread.by_area:
        assert amount == naive(ref, spread.span, lambda area, _unit, name=name: area == slugs[name])
    assert sum(amount for _, amount in spread.by_area) == spread.total == naive(ref, spread.span)
    assert spread.reached == (sum(amount > 0 for name, amount in spread.by_area if name != "–"), len(spread.places))
    if spread.by_hour:
        assert sum(map(sum, spread.by_hour)) == spread.total
        for weekday in range(7):
            days = [day for day in spread.span if day.weekday() == weekday]
            assert sum(row[weekday] for row in spread.by_hour) == sum(naive(ref, Span(day, day)) for day in days)
    names = {news.unit.name: news.unit.slug for news in shown.units}
    for group in spread.by_unit:
        for name, amounts in group.units:
            spans = [column.span for column in shown.columns]
            assert amounts == tuple(
                naive(ref, span, lambda _area, unit, name=name: unit == names[name]) for span in spans
            )
    for share in spread.shares:
        assert share.whole == spread.total
    promise = next(row.progress for row in shown.kinds if row.kind.slug == "traffic-control")
    assert bool(promise) is bool(shown.programme)
    if promise:
        assert promise.done == naive("traffic-control.controls", shown.columns[-1].span)


@ON_BOTH
def test_pages_show_what_the_rows_say(session: Session, database: Database, examples: int) -> None:
    people = [person(database, name) for name in PEOPLE if name != "administrator"]
    supervisors: list[Actor] = [person(database, name) for name in ("supervisor", "coordinator")]
    office = person(database, "administrator")

    @repeatable(examples)
    @given(steps=STEPS, pages=PAGES, kind=st.sampled_from([*KINDS]))
    def holds(steps: list[tuple[str, int, int, int]], pages: list[tuple[Grain, str]], kind: str) -> None:
        try:
            for programme in (SPRING, AUTUMN):
                load_programme(session, programme, by=office, now=NOW)
            Shift(session, people).work(steps)
            session.expire_all()
            rows = adds_up_to(session)
            for grain, address in pages:
                stretch = stretch_named(grain, address)
                assert stretch
                for by in supervisors:
                    check(overview(session, by, stretch, NOW, chosen=kind), rows)
        finally:
            session.rollback()

    holds()
