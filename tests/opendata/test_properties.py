"""Whatever was logged, corrected, voided and held back: the open data make the page's figures, at any moment."""

import csv
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.kinds import measure
from fieldlog.labels import Label
from fieldlog.programmes.actions import load_programme
from fieldlog.public.queries import programme
from fieldlog.publication.actions import hold, publish
from fieldlog.publication.queries import cut
from tests.fixtures.people import PEOPLE, PLACE, person
from tests.fixtures.work import NOW
from tests.kinds.answers import repeatable
from tests.opendata.odd_promises import ODD, odd_programme
from tests.opendata.rebuilt import as_on_the_page, files, rebuilt
from tests.publication.recount import Days, Sums, recounted
from tests.tallies.shift import STEPS

ON_BOTH = pytest.mark.parametrize(("database", "examples"), [("sqlite", 16), ("postgresql", 2)], indirect=["database"])
PROGRAMME, REASON = odd_programme(), Label("Vi ser över det.", "We look into it.")
HELD = st.lists(st.tuples(st.sampled_from([*ODD, "traffic-controls", "help-asked"]), st.booleans()), max_size=3)


@pytest.fixture
def people(database: Database) -> list[Actor]:
    return [person(database, name) for name in PEOPLE if name != "administrator"]


def by_day(found: dict[str, str]) -> Sums:
    """What the rows say of each measure, day and area, whichever commitment they stand with."""
    sums: Sums = Counter()
    for row in csv.DictReader(found["daily.csv"].splitlines()):
        key = row["measure"], date.fromisoformat(row["day"]), row["area"] or "-"
        assert sums.get(key, int(row["amount"])) == int(row["amount"]), "the same wherever it stands"
        sums[key] = int(row["amount"])
    return sums


def agree(session: Session, slug: str, through: date, shift: Days) -> None:
    session.expire_all()
    told = programme(session, PLACE, slug, through, shift.now)
    assert told
    found = files(session, told)
    assert rebuilt(found) == as_on_the_page(told)
    rows, expected = by_day(found), recounted(session, through)
    assert {measure(ref).public for ref, _, _ in rows} <= {"open"}
    controls = [key for key in {*rows, *expected} if key[0] == "traffic-control.controls" and key[1] >= told.first_day]
    assert [rows[key] for key in controls] == [expected[key] for key in controls]
    assert all(rows[key] == expected[key] for key in rows)


@ON_BOTH
def test_the_open_data_make_the_pages_figures_at_any_moment(
    session: Session, people: list[Actor], administrator: Actor, examples: int
) -> None:
    @settings(repeatable(examples), phases=[Phase.generate])  # to find a smaller history takes minutes
    @given(steps=STEPS, publishes=st.integers(3, 9), held=HELD)
    def holds(steps: list[tuple[str, int, int, int]], publishes: int, held: list[tuple[str, bool]]) -> None:
        shift, told = Days(session, people), set[date]()
        try:
            load_programme(session, PROGRAMME, by=administrator, now=NOW)
            shift.work([])
            for start in range(0, len(steps), publishes):
                shift.go_on(steps[start : start + publishes])
                session.flush()
                publish(session, PLACE, shift.now, 1)
                told.add(cut(shift.now, 1))
            for commitment, is_held in held:
                hold(session, (PROGRAMME.slug, commitment), REASON if is_held else None, people[0], shift.now)
            for days in (3, 20):
                publish(session, PLACE, shift.now + timedelta(days=days), 1)
                told.add(cut(shift.now + timedelta(days=days), 1))
            for through in sorted(told)[-4:]:
                agree(session, PROGRAMME.slug, through, shift)
        finally:
            session.rollback()

    holds()
