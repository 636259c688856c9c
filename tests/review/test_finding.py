"""What needs an eye: each thing with its reason, in one group, until somebody has looked at it or it has changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.review.actions import see
from fieldlog.review.models import Matter
from fieldlog.review.queries import counts
from tests.fixtures.work import NOW, correction, item, log, void
from tests.review.desk import found, groups

HOURS = timedelta(hours=1)
JOINT = {"organisations": ["police", "municipality"]}


def words(matter: Matter) -> str:
    return " ".join(reason.sv for reason in matter.reasons)


def test_nothing_needs_an_eye_when_all_is_well(session: Session, officer: Actor, supervisor: Actor) -> None:
    log(
        session,
        officer,
        item(answers={"vehicles": 14}),
        item("patrol"),
        item("alcohol-inspection", {**JOINT, "venues": 5}),
    )
    assert found(session, supervisor) == []


Work = Callable[[Session, Actor, Actor], object]
CASES: dict[str, tuple[str, Work]] = {
    "late": ("Kom in 2 dygn", lambda session, officer, _: log(session, officer, item(happened_at=NOW - 49 * HOURS))),
    "clock": ("Telefonens klocka", lambda session, officer, _: log(session, officer, item(skew=HOURS))),
    "wild": ("Fordon: 900 är", lambda session, officer, _: log(session, officer, item(answers={"vehicles": 900}))),
    "unqualified": (
        "minst 5 ställen",
        lambda session, officer, _: log(session, officer, item("alcohol-inspection", {**JOINT, "venues": 4})),
    ),
    "unasked": ("hjälp: 2", lambda session, officer, _: log(session, officer, item(answers={"suspected": 2}))),
}


@pytest.mark.parametrize("group", CASES)
def test_each_reason_is_found_and_told(session: Session, officer: Actor, supervisor: Actor, group: str) -> None:
    said, work = CASES[group]
    work(session, officer, supervisor)
    (matter,) = found(session, supervisor)
    assert matter.group == group
    assert said in words(matter)
    assert counts(session, supervisor, NOW.date(), NOW) == {group: 1}


def test_exactly_two_days_are_not_late_nor_is_a_later_correction(
    session: Session, officer: Actor, supervisor: Actor
) -> None:
    old = item(happened_at=NOW - 48 * HOURS)
    log(session, officer, old)
    log(session, officer, correction(old, {"vehicles": 3}), now=NOW + 10 * HOURS)
    assert found(session, supervisor) == []


def test_what_others_changed_is_shown_to_all_but_whoever_changed_it(
    session: Session, officer: Actor, coordinator: Actor, supervisor: Actor
) -> None:
    walk = item("alcohol-inspection", {**JOINT, "venues": 6})
    control = item()
    log(session, officer, walk, control)
    log(session, coordinator, correction(walk, {"venues": 7}))
    log(session, supervisor, void(control))
    (theirs,) = found(session, supervisor)
    assert (theirs.group, "Rättad av någon annan" in words(theirs)) == ("changed", True)
    assert found(session, coordinator) == []


def test_what_was_looked_at_stays_away_until_it_changes(
    session: Session, officer: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    wild = item("alcohol-inspection", {**JOINT, "venues": 4, "remarked_venues": 0})
    log(session, officer, wild)
    (matter,) = found(session, supervisor)
    see(session, matter.subject, supervisor, NOW)
    see(session, matter.subject, supervisor, NOW)
    assert found(session, supervisor) == []
    assert len(found(session, coordinator)) == 1, "each organisation looks for itself"
    log(session, officer, correction(wild, {"venues": 3}))
    assert groups(found(session, supervisor)) == ["unqualified"]


def test_a_voided_entry_needs_no_eye_for_what_it_said(session: Session, officer: Actor, supervisor: Actor) -> None:
    control = item(answers={"vehicles": 900})
    log(session, officer, control, void(control))
    assert found(session, supervisor) == []


def test_an_entry_with_several_reasons_is_one_thing(session: Session, officer: Actor, supervisor: Actor) -> None:
    log(session, officer, item(answers={"vehicles": 900, "suspected": 1}, happened_at=NOW - 72 * HOURS))
    (matter,) = found(session, supervisor)
    assert matter.group == "unasked"
    assert len(matter.reasons) == 3
