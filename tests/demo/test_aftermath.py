"""A made-up year has what social services and the municipality follow up: handovers, findings, plans."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.audit.models import AuditEvent
from fieldlog.clock import local_day
from fieldlog.database import Database
from fieldlog.demo.actions import fill
from fieldlog.findings.actions import change
from fieldlog.findings.models import STATUSES, FindingChange, Followed, State
from fieldlog.findings.queries import board, responsibles
from fieldlog.handovers.queries import closed, waiting
from fieldlog.occasions.models import OccasionPlan
from fieldlog.occasions.queries import coming
from fieldlog.tallies.actions import recount
from tests.fixtures.databases import NOW
from tests.fixtures.people import PLACE, person


@pytest.fixture
def filled(site_template: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "fieldlog.sqlite"
    shutil.copyfile(site_template, path)
    database = Database(f"sqlite:///{path}")
    fill(database.write, person(database, "administrator"), NOW)
    yield database
    database.close()


def rows(session: Session) -> list[int]:
    return [session.scalar(select(func.count()).select_from(one)) or 0 for one in (FindingChange, OccasionPlan)]


def test_findings_stand_in_every_way_and_some_are_late(filled: Database) -> None:
    with filled.read() as session:
        found = board(session, person(filled, "coordinator"))
        names = {one.slug for one in responsibles(session, PLACE)}
    assert {one.state.status for one in found} == {slug for slug, _ in STATUSES}
    assert any(one.is_overdue(local_day(NOW)) for one in found)
    assert all(_is_whole(one, names) for one in found if one.state.status != "new")


def _is_whole(one: Followed, names: set[str]) -> bool:
    state = one.state
    given = state.wanted_by and state.wanted_by > one.walk.day and state.spot and state.responsible in names
    return bool(given) and (state.status == "not-done") is bool(state.reason)


def test_some_occasions_were_logged_from_their_plan_and_some_are_to_come(filled: Database) -> None:
    with filled.read() as session:
        seen = coming(session, person(filled, "coordinator"), NOW - timedelta(days=330))
    states = Counter(one.state for one in seen)
    assert states["logged"] >= 8
    assert states["planned"] >= 2
    assert all((one.plan.starts_at > NOW) is (one.state == "planned") for one in seen)


def test_handovers_wait_and_are_closed_in_every_usual_way(filled: Database) -> None:
    with filled.read() as session:
        waits, done = waiting(session, PLACE), closed(session, PLACE)
    assert [one.due_at < NOW for one in waits] == [True, False, False]
    assert all(one.code for one in waits)
    assert {one.result for one in done} == {
        "contacted", "contacted-themselves", "not-reached", "declined", "form-missing",
    }  # fmt: skip


def test_the_same_day_again_changes_nothing_and_a_later_one_goes_on(filled: Database) -> None:
    office = person(filled, "administrator")
    with filled.read() as session:
        before = rows(session), session.scalar(select(func.count(AuditEvent.id)))
    fill(filled.write, office, NOW + timedelta(minutes=50))
    with filled.read() as session:
        assert (rows(session), session.scalar(select(func.count(AuditEvent.id)))) == before
    later = NOW + timedelta(days=7)
    fill(filled.write, office, later)
    with filled.read() as session:
        assert len(waiting(session, PLACE)) == 3
        assert all(one.said_at > NOW for one in waiting(session, PLACE)), "those of last week have their answer"
        assert recount(session) == []
        findings = board(session, person(filled, "coordinator"))
    assert any(one.state.status == "planned" for one in findings)


def test_what_somebody_said_of_a_finding_in_between_stays(filled: Database) -> None:
    by = person(filled, "coordinator")

    def mend(session: Session) -> None:
        for one in board(session, by):
            change(session, one, State(status="mended"), by, NOW)

    filled.write(mend)
    fill(filled.write, person(filled, "administrator"), NOW + timedelta(days=40))
    with filled.read() as session:
        assert {one.state.status for one in board(session, by)} == {"mended"}
