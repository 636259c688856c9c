"""Where the promises stand, from entries logged through the door to the words on the page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.pledges.models import CommitmentStanding, ProgrammeStanding
from fieldlog.pledges.queries import by_kind, standing, tallies
from fieldlog.programmes.actions import load_programme
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.targets.models import State
from tests.fixtures.work import log_one

TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def _programme(session: Session, administrator: Actor, now: datetime) -> None:
    load_programme(session, read_programme(OSTERSUND).for_year(2026), by=administrator, now=now)
    session.flush()


def programme(session: Session, day: date = TODAY) -> ProgrammeStanding:
    now = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)
    session.expire_all()
    found = standing(session, "2380", day, now)
    assert found is not None
    return found


def commitment(session: Session, slug: str, day: date = TODAY) -> CommitmentStanding:
    pledges = programme(session, day).pledges
    return next(item for pledge in pledges for item in pledge.commitments if item.slug == slug)


def test_the_programme_says_that_it_is_an_example(session: Session) -> None:
    found = programme(session)
    assert found.example is not None
    assert found.example.sv == "Exempel efter 2017 års löfte, inte beslutat"
    assert [pledge.slug for pledge in found.pledges] == [
        "visible-police", "youth-at-risk", "less-violence", "traffic-safety",
    ]  # fmt: skip
    assert found.background.sv.startswith("Hösten 2016")


def test_a_control_moves_the_tally_and_its_spread(session: Session, officer: Actor) -> None:
    for area in ("brunflo", "lit", "lit", "-"):
        log_one(session, officer, area=area, answers={"near_school": True, "focus": ["speed"]})
    found = commitment(session, "traffic-controls")
    assert found.progress.words.sv == "4 av 50"
    assert found.progress.state is State.BEHIND
    assert found.areas_reached == (2, 11)
    assert dict(found.by_area)["Lit"] == 2
    assert found.by_area[-1] == ("–", 1)
    assert dict(found.by_month)[date(2026, 11, 1)] == 4
    assert {item.label.sv: item.amount for item in found.beside}["vid skola"] == 4


def test_an_inspection_of_four_venues_is_logged_but_does_not_count(session: Session, inspector: Actor) -> None:
    for venues in (4, 6):
        log_one(
            session, inspector, "alcohol-inspection", {"venues": venues, "organisations": ["police", "municipality"]}
        )
    found = commitment(session, "alcohol-inspections")
    assert found.progress.words.sv == "1 av 6"
    beside = {item.label.sv: item.amount for item in found.beside}
    assert (beside["besökta ställen"], beside["loggade tillfällen"]) == (10, 2)


def test_two_suspected_and_one_question_is_one_of_two(session: Session, officer: Actor) -> None:
    control = log_one(session, officer, answers={"tests": 9, "suspected": 2, "positives": 2})
    log_one(session, officer, "help-offer", {"control": str(control), "asked": "yes", "wants_help": "no"}, area="-")
    found = commitment(session, "help-asked").progress
    assert (found.words.sv, found.state) == ("1 av 2 tillfrågade", State.BEHIND)


def test_a_yes_that_has_waited_too_long_is_a_contact_not_made_in_time(session: Session, officer: Actor) -> None:
    yes = {"asked": "yes", "wants_help": "yes"}
    log_one(session, officer, "help-offer", yes, area="-")
    assert commitment(session, "help-contacted").progress.whole == 0
    log_one(session, officer, "help-offer", yes, area="-", happened_at=datetime(2026, 11, 18, 20, tzinfo=UTC))
    found = commitment(session, "help-contacted").progress
    assert (found.words.sv, found.state) == ("0 av 1 kontaktade i tid", State.BEHIND)


def test_what_may_not_be_told_by_area_is_not(session: Session) -> None:
    for slug in ("help-asked", "help-contacted", "police-and-social-services"):
        found = commitment(session, slug)
        assert not found.by_hour
        assert not found.by_area
        assert not found.by_month
        assert found.areas_reached is None


def test_a_past_day_stands_as_it_stood_then(session: Session, officer: Actor, now: datetime) -> None:
    for days in (0, 10, 40):
        log_one(session, officer, happened_at=now - timedelta(days=days))
    done = [commitment(session, "traffic-controls", day).progress.done for day in (TODAY, date(2026, 11, 12))]
    assert done == [3, 2]


def test_days_without_a_programme_count_toward_none(session: Session, officer: Actor, now: datetime) -> None:
    log_one(session, officer)
    assert standing(session, "2380", date(2025, 12, 31), now) is None
    assert standing(session, "2380", date(2027, 1, 1), now) is None
    assert standing(session, "2303", TODAY, now) is None


def test_after_the_year_every_number_is_judged(session: Session, officer: Actor, now: datetime) -> None:
    log_one(session, officer)
    over = standing(session, "2380", date(2027, 1, 1), now, slug="ostersund-2026")
    assert over is not None
    assert by_kind(over)["traffic-control"].progress.state is State.NOT_FULFILLED
    assert by_kind(over)["help-offer"].progress.state is State.FULFILLED


def test_each_kind_that_counts_leads_to_its_commitment(session: Session) -> None:
    found = {kind: item.slug for kind, item in by_kind(programme(session)).items()}
    assert found["traffic-control"] == "traffic-controls"
    assert found["outreach"] == found["cooperation"] == "police-and-social-services"
    assert "nothing-to-report" not in found


def test_phones_are_told_the_same_progress_as_the_page(session: Session, officer: Actor, now: datetime) -> None:
    log_one(session, officer, answers={"suspected": 2, "near_school": True})
    page = {item.slug: item for pledge in programme(session).pledges for item in pledge.commitments}
    told = tallies(session, "2380", TODAY, now)
    assert [(item.slug, item.leading, item.progress) for item in told] == [
        (slug, item.leading, item.progress) for slug, item in page.items()
    ]
    assert tallies(session, "2380", date(2027, 1, 1), now) == []


def test_a_fixed_number_of_queries_tells_it_all_however_much_was_logged(session: Session, officer: Actor) -> None:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    numbers = set()
    for more in (1, 20):
        for _ in range(more):
            log_one(session, officer, answers={"suspected": 1})
        seen.clear()
        event.listen(session.get_bind(), "before_cursor_execute", note)
        programme(session)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        numbers.add(len(seen))
    assert max(numbers) == min(numbers) <= 13
