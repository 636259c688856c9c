"""A made-up year: believable, taken in whole, counted right, and never anybody's way in."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import func, select

from fieldlog.accounts.models import Account
from fieldlog.database import Database
from fieldlog.demo.actions import Filled, fill
from fieldlog.demo.models import is_marked
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import linkable
from fieldlog.kinds import KINDS
from fieldlog.pledges.models import CommitmentStanding
from fieldlog.pledges.queries import standing
from fieldlog.tallies.actions import recount
from tests.fixtures.databases import NOW
from tests.fixtures.people import PLACE, person


class House(NamedTuple):
    database: Database
    filled: Filled
    entries: list[Entry]
    commitments: dict[str, CommitmentStanding]


@pytest.fixture(scope="module")
def house(site_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A year filled until 21 November 2026."""
    path = tmp_path_factory.mktemp("demo") / "fieldlog.sqlite"
    shutil.copyfile(site_template, path)
    database = Database(f"sqlite:///{path}")
    filled = fill(database.write, person(database, "administrator"), NOW)
    with database.read() as session:
        entries = list(session.scalars(select(Entry)))
        programme = standing(session, PLACE, date(2026, 11, 21), NOW)
    assert programme is not None
    yield House(database, filled, entries, {one.slug: one for part in programme.pledges for one in part.commitments})
    database.close()


def test_every_kind_occurs(house: House) -> None:
    assert set(house.filled.added) == set(KINDS)


def test_the_tallies_are_those_of_a_year_that_goes_so_so(house: House) -> None:
    done = {slug: commitment.progress.done for slug, commitment in house.commitments.items()}
    assert 31 <= done["traffic-controls"] <= 47
    assert 118 <= done["visible-patrols"] <= 300
    assert done["alcohol-inspections"] in {3, 4}
    assert house.filled.added["alcohol-inspection"] == done["alcohol-inspections"] + 1
    assert done["safety-walks"] == 2
    assert house.filled.added["outreach"] >= 26


def test_somebody_was_not_asked_yet_and_one_contact_came_late(house: House) -> None:
    asked, contacted = house.commitments["help-asked"].progress, house.commitments["help-contacted"].progress
    assert (asked.done, asked.whole) == (13, 15)
    assert (contacted.done, contacted.whole) == (3, 7)


def test_work_spreads_over_areas_but_not_over_all(house: House) -> None:
    assert house.commitments["traffic-controls"].areas_reached == (7, 11)
    assert max(house.commitments["youth-visits"].by_month, key=lambda month: month[1])[1] <= 12


def test_some_entries_were_corrected_and_some_voided_each_with_a_reason(house: House) -> None:
    later = [entry for entry in house.entries if entry.replaces_id]
    assert {entry.reason for entry in later} >= {"wrong-count", "duplicate"}
    assert {entry.is_void for entry in later} == {True, False}


def test_nothing_was_refused_and_nothing_would_make_the_form_ask(house: House) -> None:
    with house.database.read() as session:
        assert session.scalar(select(func.count(Refusal.id))) == 0
    asked = {entry.id: KINDS[entry.kind].questions(entry.answers) for entry in house.entries}
    assert not {entry: questions for entry, questions in asked.items() if questions}


def test_a_recount_finds_no_difference(house: House) -> None:
    with house.database.read() as session:
        assert recount(session) == []


def test_every_time_is_in_order_and_none_ahead(house: House) -> None:
    for entry in house.entries:
        assert entry.saved_at <= entry.received_at <= NOW
        assert entry.happened_at <= entry.received_at


def test_schools_are_visited_on_school_days_by_day(house: House) -> None:
    visits = [entry for entry in house.entries if entry.answers.get("setting") == "school" and not entry.replaces_id]
    assert visits
    for visit in visits:
        assert visit.day.weekday() < 5
        assert 8 <= visit.hour < 15
        assert visit.day.month != 7


def test_its_ids_are_told_from_all_others(house: House) -> None:
    assert all(is_marked(entry.id) and entry.id.version == 7 for entry in house.entries)
    assert not any(is_marked(new_id(NOW)) for _ in range(1000))


def test_nobody_can_sign_in_as_a_practice_account(house: House) -> None:
    with house.database.read() as session:
        made = session.scalars(select(Account).where(Account.name.startswith("övning-"))).all()
    assert {account.unit for account in made} >= {"turlag-3", "trafikgruppen", "alkoholhandlaggarna", "mottagningen"}
    assert all(account.disabled_at for account in made)


@pytest.mark.parametrize("name", ["officer", "colleague", "outreach", "inspector", "coordinator"])
def test_people_with_a_unit_share_its_work(house: House, name: str) -> None:
    author = person(house.database, name).account
    assert any(entry.author_id == author for entry in house.entries)


def test_the_unit_sees_the_question_that_is_still_open(house: House) -> None:
    with house.database.read() as session:
        (open_one,) = [one for one in linkable(session, person(house.database, "officer"), NOW, {}) if one.missing]
    assert (open_one.suspected, open_one.missing) == (2, 1)
    assert NOW - open_one.happened_at < timedelta(days=7)
