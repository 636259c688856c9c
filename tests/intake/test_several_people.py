"""What several people send at the same moment comes in together, and each is answered as if they were alone."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.intake.actions import accept_all
from fieldlog.intake.models import Batch, Refusal
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import figures
from tests.fixtures.work import NOW, correction, item, void

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def send(session: Session, *sent: tuple[Actor, Sequence[Item]]) -> list[list[str]]:
    """The outcomes of each person's items."""
    answers = accept_all(session, [Batch(items, by, NOW) for by, items in sent])
    for (_, items), results in zip(sent, answers, strict=True):
        assert [result.id for result in results] == [one.id for one in items]
    return [[result.outcome for result in results] for results in answers]


def vehicles(session: Session) -> int:
    assert recount(session) == []
    return figures(session, "2380", *YEAR, ["traffic-control.vehicles"]).total("traffic-control.vehicles", *YEAR).amount


@pytest.fixture
def control() -> Item:
    return item(answers={"vehicles": 3})


def test_each_logs_their_own(session: Session, officer: Actor, inspector: Actor, outreach: Actor) -> None:
    walks, contacts = [item("safety-walk"), item("safety-walk")], [item("outreach")]
    outcomes = send(session, (officer, [item()]), (inspector, walks), (outreach, contacts))
    assert outcomes == [["accepted"], ["accepted"] * 2, ["accepted"]]
    stored = session.execute(select(Entry.account_id, func.count()).group_by(Entry.account_id)).all()
    assert {tuple(row) for row in stored} == {(officer.account, 1), (inspector.account, 2), (outreach.account, 1)}
    noted = session.execute(select(AuditEvent.account, AuditEvent.subject)).all()
    assert (inspector.account, f"entry:{walks[0].id}") in {tuple(row) for row in noted}


def test_nobody_is_refused_for_what_somebody_else_sent(
    session: Session, officer: Actor, outreach: Actor, control: Item
) -> None:
    wrong = item(area="atlantis")
    assert send(session, (outreach, [item()]), (officer, [wrong, control])) == [["refused"], ["refused", "accepted"]]
    kept = {(refusal.account_id, *refusal.reasons) for refusal in session.scalars(select(Refusal))}
    assert kept == {(outreach.account, "kind"), (officer.account, "area")}
    assert vehicles(session) == 3


def test_somebody_elses_id_is_taken_also_at_the_same_moment(
    session: Session, officer: Actor, colleague: Actor, control: Item
) -> None:
    assert send(session, (officer, [control]), (colleague, [control])) == [["accepted"], ["refused"]]
    assert vehicles(session) == 3


def test_the_same_request_twice_at_the_same_moment_is_one_entry(
    session: Session, officer: Actor, control: Item
) -> None:
    assert send(session, (officer, [control, control]), (officer, [control])) == [["accepted", "already"], ["already"]]
    assert vehicles(session) == 3


def test_of_two_corrections_the_first_is_taken(
    session: Session, officer: Actor, supervisor: Actor, control: Item
) -> None:
    corrected = correction(control, {"vehicles": 5})
    outcomes = send(session, (supervisor, [void(control)]), (officer, [corrected, control]))
    assert outcomes == [["accepted"], ["refused", "accepted"]]
    assert vehicles(session) == 0


def test_what_is_accepted_after_all_settles_ones_own_refusal_only(
    session: Session, officer: Actor, colleague: Actor, control: Item
) -> None:
    wrong = item(area="atlantis", id=control.id)
    send(session, (officer, [wrong]), (colleague, [wrong]))
    send(session, (officer, [control]))
    open_ones = session.scalars(select(Refusal.account_id).where(Refusal.settled_at.is_(None))).all()
    assert open_ones == [colleague.account]
