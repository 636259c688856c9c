"""What needs an eye: each thing with its reason, in one group, until somebody has looked at it or it has changed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.review.actions import see
from fieldlog.review.models import Matter
from fieldlog.review.queries import cases, counts, matters
from tests.fixtures.work import NOW, correction, item, log, void
from tests.review.desk import MONTH, groups

HOURS = timedelta(hours=1)
JOINT = {"organisations": ["police", "municipality"]}


def found(session: Session, by: Actor) -> list[Matter]:
    return matters(session, by, MONTH, NOW)


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


class TestDoubles:
    def test_same_kind_near_in_time_and_area(
        self, session: Session, officer: Actor, other_officer: Actor, supervisor: Actor
    ) -> None:
        log(session, officer, item())
        for different in (
            {"kind": "patrol"},
            {"happened_at": NOW - timedelta(minutes=61)},
            {"area": "lit"},
            {"area": "-"},
        ):
            log(session, other_officer, item(**different))
            assert found(session, supervisor) == [], different
        log(session, other_officer, item(happened_at=NOW - timedelta(minutes=60)))
        # The one an hour before, and that one minute before it, are one person's.
        assert groups(found(session, supervisor)) == ["double"]

    def test_one_person_s_work_is_not_doubted(self, session: Session, officer: Actor, supervisor: Actor) -> None:
        log(session, officer, item(), item())
        assert found(session, supervisor) == []

    def test_without_an_area_only_a_unit_is_in_one_place(
        self, session: Session, officer: Actor, colleague: Actor, other_officer: Actor, supervisor: Actor
    ) -> None:
        log(session, officer, item(area="-"))
        log(session, other_officer, item(area="-"))
        assert found(session, supervisor) == []
        log(session, colleague, item(area="-"))
        assert groups(found(session, supervisor)) == ["double"]

    def test_a_late_phone_s_entry_is_held_against_that_day_s_across_midnight(
        self, session: Session, officer: Actor, colleague: Actor, supervisor: Actor
    ) -> None:
        midnight = NOW - timedelta(days=60) + timedelta(hours=1, minutes=20)
        log(session, officer, item(happened_at=midnight - timedelta(minutes=20)), now=midnight)
        log(session, colleague, item(happened_at=midnight + timedelta(minutes=20)))
        assert sorted(groups(found(session, supervisor))) == ["double", "late"]

    def test_help_offers_belong_each_to_one_person(
        self, session: Session, officer: Actor, colleague: Actor, supervisor: Actor
    ) -> None:
        log(session, officer, item("help-offer"))
        log(session, colleague, item("help-offer"))
        assert found(session, supervisor) == []


class TestRefusedAndSilent:
    def test_a_refused_attempt_is_shown_masked(self, session: Session, officer: Actor, supervisor: Actor) -> None:
        log(session, officer, item(answers={"vehicles": -1, "note": "ABC 123", "focus": "x", "suspected": [{}]}))
        (matter,) = found(session, supervisor)
        (case,) = cases(session, supervisor, [matter])
        assert (case.group, case.unit, case.what and case.what.sv) == ("refused", "Turlag 3", "Trafikkontroll")
        assert "ABC" not in str(case)
        assert "-1" in str(case.said)
        see(session, matter.subject, supervisor, NOW)
        assert found(session, supervisor) == []

    def test_a_phone_that_held_entries_and_fell_silent_is_named_by_its_unit(
        self, session: Session, officer: Actor, supervisor: Actor, coordinator: Actor
    ) -> None:
        phone = Device(
            account_id=officer.account, token_digest="x", label="Chrome", created_at=NOW, last_seen_at=NOW, waiting=4
        )
        session.add(phone)
        session.flush()
        for days, silent in ((7, 0), (8, 1)):
            session.execute(update(Device).values(last_seen_at=NOW - timedelta(days=days)))
            assert groups(found(session, supervisor)) == ["silent"] * silent
        assert found(session, coordinator) == []
        (matter,) = found(session, supervisor)
        (case,) = cases(session, supervisor, [matter])
        assert case.unit == "Turlag 3"
        assert [words.sv for _, words in case.reasons] == ["Aktiviteter som väntade vid senaste kontakten: 4."]
        see(session, matter.subject, supervisor, NOW)
        assert found(session, supervisor) == []
        session.execute(update(Device).values(last_seen_at=NOW - timedelta(days=9)))
        session.expire_all()
        assert groups(found(session, supervisor)) == ["silent"], "another silence is another matter"
