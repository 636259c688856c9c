"""Corrections through the one door: each replaces once, with a reason, by whoever may, and waits for its original."""

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from tests.fixtures.work import NOW, correction, item, log, void


def test_a_correction_before_its_original_waits_and_in_one_batch_the_original_goes_first(
    session: Session, officer: Actor
) -> None:
    original = item()
    corrected = correction(original, {"vehicles": 2})
    assert log(session, officer, corrected)[0].outcome == "waiting"
    assert [result.outcome for result in log(session, officer, corrected, original)] == ["accepted", "accepted"]


def test_a_correction_replaces_once_and_a_stale_one_is_refused(session: Session, officer: Actor) -> None:
    original = item()
    first, second = correction(original, {"vehicles": 1}), correction(original, {"vehicles": 2})
    outcomes = log(session, officer, original, first, second)
    assert [result.outcome for result in outcomes] == ["accepted", "accepted", "refused"]
    assert outcomes[2].reasons.keys() == {"replaces"}
    stored = session.get_one(Entry, first.id)
    assert (stored.origin_id, stored.author_id) == (original.id, officer.account)


def test_a_voided_entry_cannot_be_corrected(session: Session, officer: Actor) -> None:
    original = item()
    gone = void(original)
    log(session, officer, original, gone)
    assert log(session, officer, correction(gone))[0].reasons.keys() == {"replaces"}


def test_a_correction_needs_a_reason_and_keeps_the_kind(session: Session, officer: Actor) -> None:
    original = item()
    log(session, officer, original)
    assert log(session, officer, correction(original, reason=None))[0].reasons.keys() == {"reason"}
    assert log(session, officer, correction(original, reason="for-fun"))[0].reasons.keys() == {"reason"}
    other_kind = item("patrol", replaces=original.id, reason="other")
    assert log(session, officer, other_kind)[0].reasons.keys() == {"kind"}


def test_a_reporter_corrects_own_entries_only_and_a_supervisor_the_organisations(
    session: Session, officer: Actor, colleague: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    original = item()
    log(session, officer, original)
    assert log(session, colleague, correction(original))[0].reasons.keys() == {"replaces"}
    assert log(session, coordinator, void(original))[0].reasons.keys() == {"replaces"}
    corrected = correction(original, {"vehicles": 9})
    assert log(session, supervisor, corrected)[0].outcome == "accepted"
    stored = session.get_one(Entry, corrected.id)
    assert (stored.account_id, stored.author_id, stored.unit) == (supervisor.account, officer.account, "turlag-3")


def test_an_id_that_nobody_has_seen_is_waited_for(session: Session, officer: Actor) -> None:
    assert log(session, officer, item(replaces=new_id(NOW), reason="other"))[0].outcome == "waiting"
