"""Handovers are reduced to their counts: rows and codes go, what waits stays, and no figure changes."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.disclosure.actions import retain
from fieldlog.disclosure.models import Decision, Removal
from fieldlog.entries.models import Entry
from fieldlog.handovers.models import HandoverCode
from fieldlog.handovers.queries import codes_of, waiting
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally
from tests.disclosure.test_retain import LATER, tallies
from tests.fixtures.people import PLACE
from tests.fixtures.work import correction, item, log
from tests.handovers.yeses import NO, YES, answer, yes

SPRING = datetime(2026, 3, 2, 8, tzinfo=UTC)
DECISION = Decision("SN 2026/7", ("help-offer", "handover-outcome"), date(2026, 7, 1))


def test_closed_ones_go_with_their_codes_and_what_waits_stays(
    session: Session, officer: Actor, outreach: Actor, administrator: Actor
) -> None:
    control = item(happened_at=SPRING, answers={"suspected": 4})
    asked = {**YES, "control": str(control.id)}
    done, waits, no = yes(asked, happened_at=SPRING), yes(asked, happened_at=SPRING), yes(NO, happened_at=SPRING)
    log(session, officer, control, done, waits, no)
    answer(session, outreach, done.id, happened_at=SPRING)
    before = tallies(session)
    would = retain(session, DECISION, administrator, LATER, carry_out=False)
    assert would == Removal({"help-offer": 2, "handover-outcome": 1}, {"help-offer": 1}, 1)
    assert codes_of(session, [done.id])
    assert retain(session, DECISION, administrator, LATER, carry_out=True) == would
    session.flush()
    assert {entry.kind for entry in session.scalars(select(Entry))} == {"traffic-control", "help-offer"}
    assert [one.entry_id for one in session.scalars(select(HandoverCode))] == [waits.id]
    assert [one.id for one in waiting(session, PLACE)] == [waits.id]
    assert tallies(session) == before
    assert recount(session) == []


def test_a_control_that_stays_knows_how_many_were_asked(
    session: Session, officer: Actor, outreach: Actor, administrator: Actor
) -> None:
    control = item(happened_at=SPRING, answers={"suspected": 3})
    offers = [yes({**YES, "control": str(control.id)}, happened_at=SPRING) for _ in range(2)]
    log(session, officer, control, *offers)
    for offer in offers:
        answer(session, outreach, offer.id, happened_at=SPRING)
    retain(session, DECISION, administrator, LATER, carry_out=True)
    session.flush()
    log(session, officer, correction(control, {"suspected": 4}))
    log(session, officer, yes({**NO, "control": str(control.id)}, happened_at=SPRING))
    unasked = select(DayTally.amount).where(DayTally.measure == "unasked")
    assert sum(session.scalars(unasked)) == 1, "four suspected, two asked before, one now"
    assert recount(session) == []
