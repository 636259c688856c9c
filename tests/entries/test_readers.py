"""Who reads an entry, and who may change it, at the edges of units, organisations and kinds."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import NO_UNIT, Actor, Organisation
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import may_change, readable
from fieldlog.kinds import KINDS
from tests.fixtures.work import log_one


def reads(session: Session, by: Actor) -> int:
    return len(session.scalars(select(Entry).where(readable(by))).all())


def test_colleagues_of_one_unit_read_each_other(session: Session, officer: Actor, colleague: Actor) -> None:
    log_one(session, officer)
    assert (reads(session, officer), reads(session, colleague)) == (1, 1)


def test_having_no_unit_is_not_a_unit_that_people_share(session: Session, officer: Actor, other_officer: Actor) -> None:
    log_one(session, replace(officer, unit=NO_UNIT))
    assert reads(session, replace(officer, unit=NO_UNIT)) == 1
    assert reads(session, replace(other_officer, unit=NO_UNIT)) == 0


def test_whoever_moves_to_another_organisation_leaves_its_rows_behind(session: Session, officer: Actor) -> None:
    log_one(session, officer, "patrol")
    log_one(session, officer, "youth-visit")
    assert reads(session, replace(officer, organisation=Organisation.MUNICIPALITY)) == 0


def test_another_municipality_reads_nothing(session: Session, officer: Actor, supervisor: Actor) -> None:
    log_one(session, officer)
    assert reads(session, supervisor) == 1
    assert reads(session, replace(supervisor, municipality="2361")) == 0


def test_a_supervisor_changes_only_kinds_that_the_organisation_reads(
    session: Session, officer: Actor, supervisor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = session.get_one(Entry, log_one(session, officer))
    assert may_change(entry, supervisor)
    elsewhere = replace(KINDS["traffic-control"], read_by=(Organisation.MUNICIPALITY,))
    monkeypatch.setitem(KINDS, "traffic-control", elsewhere)
    assert not may_change(entry, supervisor)
    assert reads(session, supervisor) == 0
