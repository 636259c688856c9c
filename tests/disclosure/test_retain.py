"""What a decision removes is gone, its tallies stay, and everything still adds up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import seal
from fieldlog.audit.models import AuditEvent
from fieldlog.cli.versions import altered
from fieldlog.disclosure.actions import retain
from fieldlog.disclosure.models import Decision, Removal
from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.intake.models import Refusal
from fieldlog.periods import Span
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import ledger
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import TABLES
from tests.fixtures.people import PLACE
from tests.fixtures.work import NOW, correction, item, log, void

SPRING = datetime(2026, 3, 2, 8, tzinfo=UTC)
LATER = NOW + timedelta(days=100)
"""When phones do not send any more what was sent."""
DECISION = Decision("KS 2026/123", ("traffic-control",), date(2026, 7, 1))


def tallies(session: Session) -> list[object]:
    return [tuple(row) for rows_of in TABLES for row in session.execute(select(*rows_of.__table__.c)) if any(row[-2:])]


def number(session: Session, rows_of: type) -> int:
    return session.scalar(select(func.count()).select_from(rows_of)) or 0


def go(
    session: Session, by: Actor, decision: Decision = DECISION, *, now: datetime = LATER, carry_out: bool = True
) -> Removal:
    found = retain(session, decision, by, now, carry_out=carry_out)
    session.flush()
    return found


@pytest.fixture
def work(session: Session, officer: Actor) -> None:
    """Controls of the spring, one of them corrected and one voided; a patrol then, and a control today."""
    kept, gone = (item(happened_at=SPRING, answers={"vehicles": number}) for number in (5, 7))
    log(session, officer, kept, gone, correction(kept, {"vehicles": 6, "note": "anteckning"}), void(gone))
    log(session, officer, item("patrol", happened_at=SPRING), item())
    log(session, officer, item(happened_at=SPRING, area="nowhere"), now=SPRING)


@pytest.mark.usefixtures("work")
class TestRemoving:
    def test_without_carrying_out_nothing_goes(self, session: Session, administrator: Actor) -> None:
        before = number(session, Entry)
        assert go(session, administrator, carry_out=False) == Removal({"traffic-control": 2}, {})
        assert number(session, Entry) == before
        assert not session.scalars(select(AuditEvent).filter_by(action="entries-removed")).all()

    def test_rows_go_and_tallies_stay(self, session: Session, administrator: Actor) -> None:
        before = tallies(session)
        assert go(session, administrator).entries == {"traffic-control": 2}
        left = session.scalars(select(Entry)).all()
        assert sorted((entry.kind, entry.day) for entry in left) == [
            ("patrol", date(2026, 3, 2)), ("traffic-control", date(2026, 11, 21)),
        ]  # fmt: skip
        ids = {entry.id for entry in left}
        assert set(session.scalars(select(EntryAmount.entry_id))) <= ids
        assert number(session, Refusal) == 0
        assert tallies(session) == before

    def test_everything_still_adds_up_also_when_repaired_and_removed_again(
        self, session: Session, officer: Actor, administrator: Actor
    ) -> None:
        go(session, administrator)
        before = tallies(session)
        assert recount(session) == []
        recount(session, repair=True)
        assert sorted(map(str, tallies(session))) == sorted(map(str, before))
        log(session, officer, item(happened_at=SPRING, answers={"vehicles": 1}), now=LATER)
        later = LATER + timedelta(days=100)
        assert go(session, administrator, now=later).entries == {"traffic-control": 1}
        assert go(session, administrator, now=later).entries == {}
        assert recount(session) == []

    def test_the_decision_is_recorded(self, session: Session, administrator: Actor) -> None:
        go(session, administrator)
        (event,) = session.scalars(select(AuditEvent).filter_by(action="entries-removed")).all()
        assert event.subject == "before:2026-07-01"
        removed = event.details.pop("removed")
        assert len(set(removed)) == 4, "every version of the two"
        assert event.details == {
            "decision": "KS 2026/123", "kinds": ["traffic-control"], "entries": 2, "kept": 0,
        }  # fmt: skip


def test_the_audit_log_still_knows_of_every_version(session: Session, officer: Actor, administrator: Actor) -> None:
    log(session, officer, item(happened_at=SPRING), item(happened_at=SPRING))
    go(session, administrator)
    seal(session, NOW)
    assert list(altered(session)) == []


def test_what_is_linked_to_something_that_stays_stays(session: Session, officer: Actor, administrator: Actor) -> None:
    control, alone = item(happened_at=SPRING, answers={"suspected": 1}), item(happened_at=SPRING)
    offer = item("help-offer", {"control": str(control.id)}, happened_at=SPRING, area="-")
    results = log(session, officer, control, alone, offer)
    assert [result.outcome for result in results] == ["accepted"] * 3
    assert go(session, administrator) == Removal({"traffic-control": 1}, {"traffic-control": 1})
    assert recount(session) == []
    both = Decision("KS 2026/124", ("traffic-control", "help-offer"), date(2026, 7, 1))
    assert go(session, administrator, both) == Removal({"traffic-control": 1, "help-offer": 1}, {})
    assert recount(session) == []
    assert number(session, Entry) == 0


def test_what_phones_may_send_again_cannot_go(session: Session, administrator: Actor) -> None:
    with pytest.raises(ValueError, match="phones may still send it again"):
        go(session, administrator, Decision("KS 2026/125", ("patrol",), LATER.date() - timedelta(days=89)))


def test_others_municipalities_are_left_alone(session: Session, officer: Actor, administrator: Actor) -> None:
    log(session, officer, item(happened_at=SPRING))
    elsewhere = Actor(0, "2361", administrator.organisation, administrator.role)
    assert go(session, elsewhere) == Removal({}, {})
    assert number(session, Entry) == 1


def test_what_came_in_lately_stays_however_old_its_work_is(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    """A phone keeps what was acknowledged, and sends it again to a server that was restored."""
    mended, sent = (item(happened_at=SPRING) for _ in range(2))
    log(session, officer, mended, now=SPRING)
    log(session, officer, correction(mended, {"vehicles": 3}), sent)
    assert retain(session, DECISION, administrator, NOW, carry_out=True) == Removal({}, {"traffic-control": 2})
    assert go(session, administrator) == Removal({"traffic-control": 2}, {})


def test_what_goes_is_published_before(session: Session, officer: Actor, administrator: Actor) -> None:
    log(session, officer, item(happened_at=SPRING), item(happened_at=SPRING), item(happened_at=NOW))
    go(session, administrator)
    publish(session, PLACE, LATER, 1)
    lines = ledger(session, PLACE, Span(SPRING.date(), NOW.date()), ["traffic-control.controls"], LATER.date()).lines
    assert {line.day: line.value.amount for line in lines} == {SPRING.date(): 2, NOW.date(): 1}
