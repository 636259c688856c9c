"""What was refused and phones that fell silent need an eye, and are told without a person's name or words."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.backlog.queries import backlog
from fieldlog.review.actions import see
from fieldlog.review.queries import cases
from tests.fixtures.work import NOW, item, log
from tests.review.desk import found, groups


def test_a_refused_attempt_is_shown_masked(session: Session, officer: Actor, supervisor: Actor) -> None:
    log(session, officer, item(answers={"vehicles": -1, "note": "ABC 123", "focus": "x", "suspected": [{}]}))
    (matter,) = found(session, supervisor)
    (case,) = cases(session, supervisor, [matter])
    assert (case.group, case.unit, case.what and case.what.sv) == ("refused", "Turlag 3", "Trafikkontroll")
    assert "ABC" not in str(case)
    assert "-1" in str(case.said)
    see(session, matter.subject, supervisor, NOW)
    assert found(session, supervisor) == []


def test_a_phone_that_held_entries_and_fell_silent_is_named_by_its_unit(
    session: Session, officer: Actor, supervisor: Actor, coordinator: Actor
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


def test_a_revoked_phone_that_held_entries_needs_an_eye_until_somebody_has_looked(
    session: Session, officer: Actor, supervisor: Actor
) -> None:
    then = NOW - timedelta(days=60)
    phone = Device(account_id=officer.account, token_digest="x", label="Chrome", created_at=then, last_seen_at=then)
    phone.revoked_at, phone.waiting = NOW, 2
    session.add(phone)
    session.flush()
    (matter,) = found(session, supervisor)
    assert matter.group == "silent"
    assert backlog(session, supervisor, NOW).marks[-2:] == ["1", str(phone.id)]
    see(session, matter.subject, supervisor, NOW - timedelta(days=50))
    assert found(session, supervisor) == [], "however long ago that was"
