"""Who has which code: reserved for a phone, given to a yes, and never to anybody else's."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent
from fieldlog.epochs.actions import begin_epoch
from fieldlog.epochs.models import Epoch
from fieldlog.handovers.actions import reserve
from fieldlog.handovers.models import HandoverCode
from fieldlog.handovers.queries import codes_of
from fieldlog.intake.models import Refusal, Result
from tests.fixtures.work import NOW, correction, log
from tests.handovers.yeses import MINOR, NO, YES, yes


def with_phone(session: Session, by: Actor, token: str = "a") -> Actor:
    phone = Device(account_id=by.account, token_digest=token * 64, label="", created_at=NOW, last_seen_at=NOW)
    session.add(phone)
    session.flush()
    return replace(by, device=phone.id)


def send(session: Session, by: Actor, code: str | None, **changed: Any) -> tuple[UUID, Result]:
    sent = yes(code=code, **changed)
    (result,) = log(session, by, sent)
    return sent.id, result


def code_of(session: Session, entry: UUID) -> str | None:
    return codes_of(session, [entry]).get(entry)


def test_a_phone_has_five_and_gets_new_ones_as_they_are_used(session: Session, officer: Actor) -> None:
    by = with_phone(session, officer)
    assert by.device
    first = reserve(session, [(by, NOW)])[by.device]
    assert len(set(first)) == 5
    assert {*reserve(session, [(by, NOW)])[by.device]} == {*first}
    entry, result = send(session, by, first[2])
    assert (result.outcome, code_of(session, entry)) == ("accepted", first[2])
    after = reserve(session, [(by, NOW)])[by.device]
    assert len(after) == 5
    assert first[2] not in after
    assert {*first} - {first[2]} < {*after}


def test_only_those_who_ask_about_help_have_any(session: Session, outreach: Actor, officer: Actor) -> None:
    assert reserve(session, [(with_phone(session, outreach), NOW), (officer, NOW)]) == {}


def test_a_yes_without_a_code_is_given_one_and_nothing_else_is(session: Session, officer: Actor) -> None:
    log(session, officer, yes(NO), yes(MINOR))
    assert session.scalar(select(func.count()).select_from(HandoverCode)) == 0
    entry, _ = send(session, officer, None)
    assert code_of(session, entry)
    entry, result = send(session, officer, "K7-RT4", answers=MINOR)
    assert (result.outcome, code_of(session, entry)) == ("accepted", None)


def test_a_code_of_somebody_elses_or_of_another_yes_is_refused(
    session: Session, officer: Actor, colleague: Actor
) -> None:
    by = with_phone(session, officer)
    assert by.device
    code, other, *_ = reserve(session, [(by, NOW)])[by.device]
    _, result = send(session, colleague, code)
    assert (result.outcome, [*result.reasons]) == ("refused", ["code"])
    first, result = send(session, officer, code)
    assert result.outcome == "accepted", "another phone of the same person"
    _, result = send(session, by, code)
    assert (result.outcome, [*result.reasons]) == ("refused", ["code"])
    assert code_of(session, first) == code
    assert send(session, by, other.lower().replace("-", " "))[1].outcome == "accepted"


def test_a_code_with_a_slip_is_refused(session: Session, officer: Actor) -> None:
    by = with_phone(session, officer)
    assert by.device
    code = reserve(session, [(by, NOW)])[by.device][0]
    wrong = code[:-1] + ("2" if code[-1] != "2" else "3")
    _, result = send(session, by, wrong)
    assert (result.outcome, [*result.reasons]) == ("refused", ["code"])


def forget_codes(session: Session, officer: Actor) -> tuple[Actor, str]:
    """A phone with a code that the server has forgotten, which was never restored."""
    by = with_phone(session, officer)
    assert by.device
    code = reserve(session, [(by, NOW)])[by.device][0]
    session.query(HandoverCode).delete()
    session.query(Epoch).filter(Epoch.id > session.query(func.min(Epoch.id)).scalar()).delete()
    return by, code


def test_a_code_that_nobody_reserved_is_a_guess_and_refused_with_the_entry_kept(
    session: Session, officer: Actor
) -> None:
    by, code = forget_codes(session, officer)
    entry, result = send(session, by, code)
    assert (result.outcome, [*result.reasons]) == ("refused", ["code"])
    assert session.scalar(select(func.count()).select_from(HandoverCode)) == 0
    assert session.scalars(select(Refusal.entry_id)).all() == [entry]


def test_a_code_reserved_long_ago_is_taken(session: Session, officer: Actor) -> None:
    by = with_phone(session, officer)
    assert by.device
    code = reserve(session, [(by, NOW - timedelta(days=200))])[by.device][0]
    entry, result = send(session, by, code)
    assert (result.outcome, code_of(session, entry)) == ("accepted", code)


def test_a_restored_server_takes_the_code_that_it_forgot_and_notes_it(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    by, code = forget_codes(session, officer)
    begin_epoch(session, administrator, NOW - timedelta(days=29))
    entry, result = send(session, by, code)
    assert (result.outcome, code_of(session, entry)) == ("accepted", code)
    noted = session.scalars(select(AuditEvent).where(AuditEvent.action == "code-unknown")).all()
    assert [(one.subject, one.details) for one in noted] == [(f"entry:{entry}", {})]


def test_long_after_a_restore_nothing_forgotten_is_out_there(
    session: Session, officer: Actor, administrator: Actor
) -> None:
    by, code = forget_codes(session, officer)
    begin_epoch(session, administrator, NOW - timedelta(days=30))
    assert send(session, by, code)[1].outcome == "refused"


def test_a_refused_yes_that_is_mended_on_a_page_keeps_the_code_on_the_paper(session: Session, officer: Actor) -> None:
    by = with_phone(session, officer)
    assert by.device
    code, other, *_ = reserve(session, [(by, NOW)])[by.device]
    sent = yes(code=code, area="paris")
    assert [one.outcome for one in log(session, by, sent)] == ["refused"]
    assert [one.outcome for one in log(session, officer, replace(sent, area="-", code=None))] == ["accepted"]
    assert code_of(session, sent.id) == code
    wrong = yes(code=code)
    assert [one.outcome for one in log(session, by, wrong)] == ["refused"], "the code is at fault"
    assert [one.outcome for one in log(session, officer, replace(wrong, code=None))] == ["accepted"]
    assert code_of(session, wrong.id) not in {None, code, other}


def test_a_code_stays_its_entrys_whatever_is_corrected(session: Session, officer: Actor) -> None:
    sent = yes()
    log(session, officer, sent)
    code = code_of(session, sent.id)
    no = correction(sent, NO)
    log(session, officer, no, correction(replace(no, answers=YES), code="K7-RT4"))
    assert code_of(session, sent.id) == code
    late = yes(NO)
    again = correction(late, YES)
    log(session, officer, late, again)
    assert code_of(session, late.id)
    assert code_of(session, again.id) is None


def test_sent_twice_it_is_one_yes_with_one_code(session: Session, officer: Actor) -> None:
    sent = yes()
    assert [result.outcome for result in log(session, officer, sent, sent)] == ["accepted", "already"]
    assert session.scalar(select(func.count()).select_from(HandoverCode)) == 1
