"""Two persons' entries of what may be the same work are pointed out, and no others."""

from datetime import timedelta

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from tests.fixtures.work import NOW, item, log
from tests.review.desk import found, groups


def test_same_kind_near_in_time_and_area(
    session: Session, officer: Actor, other_officer: Actor, supervisor: Actor
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


def test_one_person_s_work_is_not_doubted(session: Session, officer: Actor, supervisor: Actor) -> None:
    log(session, officer, item(), item())
    assert found(session, supervisor) == []


def test_without_an_area_only_a_unit_is_in_one_place(
    session: Session, officer: Actor, colleague: Actor, other_officer: Actor, supervisor: Actor
) -> None:
    log(session, officer, item(area="-"))
    log(session, other_officer, item(area="-"))
    assert found(session, supervisor) == []
    log(session, colleague, item(area="-"))
    assert groups(found(session, supervisor)) == ["double"]


def test_a_late_phone_s_entry_is_held_against_that_day_s_across_midnight(
    session: Session, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    midnight = NOW - timedelta(days=60) + timedelta(hours=1, minutes=20)
    log(session, officer, item(happened_at=midnight - timedelta(minutes=20)), now=midnight)
    log(session, colleague, item(happened_at=midnight + timedelta(minutes=20)))
    assert sorted(groups(found(session, supervisor))) == ["double", "late"]


def test_help_offers_belong_each_to_one_person(
    session: Session, officer: Actor, colleague: Actor, supervisor: Actor
) -> None:
    log(session, officer, item("help-offer"))
    log(session, colleague, item("help-offer"))
    assert found(session, supervisor) == []
