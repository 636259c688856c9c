"""What entries that belong together change in each other's counts: questions about help, and answers to a yes."""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import EntryAmount
from fieldlog.entries.queries import RulesByDay
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally
from fieldlog.tallies.queries import Amount
from fieldlog.waiting.queries import overdue
from tests.fixtures.work import NOW, correction, item, log, log_one, void
from tests.tallies.year import YEAR, Total


def test_whoever_was_not_asked_shows_until_asked(session: Session, officer: Actor, total: Total) -> None:
    control = log_one(session, officer, answers={"suspected": 2})
    assert total("traffic-control.unasked").amount == 2
    first = item("help-offer", {"control": str(control), "asked": "yes", "wants_help": "yes"})
    log(session, officer, first)
    assert total("traffic-control.unasked").amount == 1
    log_one(session, officer, "help-offer", {"control": str(control)})
    log_one(session, officer, "help-offer", {"control": str(control)})
    assert total("traffic-control.unasked").amount == 0, "never below zero"
    log(session, officer, void(first))
    assert total("traffic-control.unasked").amount == 0
    assert total("help-offer.offers").amount == 2
    assert recount(session) == []


def test_a_question_moved_to_another_control_changes_both(session: Session, officer: Actor, total: Total) -> None:
    here, there = (log_one(session, officer, answers={"suspected": 1}) for _ in range(2))
    offer = item("help-offer", {"control": str(here)})
    log(session, officer, offer)
    log(session, officer, correction(offer, {"control": str(there)}))
    amounts = dict(session.execute(select(EntryAmount.entry_id, EntryAmount.amount).filter_by(measure="unasked")).all())
    assert amounts == {here: 1, there: 0}
    assert total("traffic-control.unasked").amount == 1
    assert recount(session) == []


def test_a_corrected_number_of_suspected_still_knows_its_questions(
    session: Session, officer: Actor, total: Total
) -> None:
    control = item(answers={"suspected": 1})
    log(session, officer, control, item("help-offer", {"control": str(control.id)}))
    log(session, officer, correction(control, {"suspected": 3}))
    assert total("traffic-control.unasked").amount == 2
    assert recount(session) == []


def test_a_handover_counts_on_the_day_of_the_yes_and_follows_it_when_that_is_corrected(
    session: Session, officer: Actor, outreach: Actor, total: Total
) -> None:
    yes = item("help-offer", {"wants_help": "yes"}, happened_at=NOW - timedelta(hours=30))
    log(session, officer, yes)
    assert total("help-offer.unanswered").amount == 1
    log_one(session, outreach, "handover-outcome", {"offer": str(yes.id), "outcome": "contacted"})
    assert total("help-offer.unanswered").amount == 0
    assert total("handover-outcome.in-time") == Amount(0, 1)
    log(session, officer, correction(yes, happened_at=NOW - timedelta(hours=23), reason="wrong-time"))
    assert total("handover-outcome.in-time") == Amount(1, 1)
    row = session.scalars(select(DayTally).where(DayTally.measure == "answered", DayTally.entries > 0)).one()
    assert row.day == date(2026, 11, 20)
    assert recount(session) == []


def test_a_yes_without_an_answer_is_overdue_after_the_set_time(
    session: Session, officer: Actor, outreach: Actor
) -> None:
    def late(hours: int) -> int:
        return len(overdue(session, RulesByDay(session, "2380"), "2380", *YEAR, now=NOW + timedelta(hours=hours)))

    yes = log_one(session, officer, "help-offer", {"wants_help": "yes"})
    log_one(session, officer, "help-offer", {"wants_help": "no"})
    assert (late(23), late(25)) == (0, 1)
    log_one(session, outreach, "handover-outcome", {"offer": str(yes), "outcome": "declined"})
    assert late(25) == 0
