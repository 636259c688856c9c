"""The one door: what was accepted is stored once and counted once, and a bad item sinks no other."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent
from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from tests.fixtures.work import NOW, correction, item, log, log_one


def entries(session: Session) -> int:
    return session.scalar(select(func.count(Entry.id))) or 0


def test_an_item_is_accepted_and_stored_with_who_when_and_where(session: Session, officer: Actor) -> None:
    sent = item(answers={"vehicles": 14, "place": "E14 Svedje"})
    assert [result.outcome for result in log(session, officer, sent)] == ["accepted"]
    stored = session.get_one(Entry, sent.id)
    assert (stored.organisation, stored.unit, stored.area) == ("police", "turlag-3", "brunflo")
    assert (str(stored.day), stored.hour) == ("2026-11-21", 21)
    assert stored.answers["vehicles"] == 14
    assert stored.answers["tests"] is None


def test_the_same_item_twice_is_one_entry(session: Session, officer: Actor) -> None:
    sent = item(answers={"vehicles": 3})
    outcomes = [result.outcome for result in log(session, officer, sent, sent) + log(session, officer, sent)]
    assert outcomes == ["accepted", "already", "already"]
    assert entries(session) == 1


def test_a_form_sent_again_is_the_same_although_its_now_is_later(session: Session, officer: Actor) -> None:
    sent = item(untouched_now=True)
    again = item(id=sent.id, untouched_now=True, happened_at=NOW + timedelta(minutes=1))
    assert [result.outcome for result in log(session, officer, sent, again)] == ["accepted", "already"]


@pytest.mark.parametrize(
    "other",
    [{"answers": {"vehicles": 4}}, {"area": "lit"}, {"happened_at": NOW - timedelta(hours=1)}],
)
def test_the_same_id_with_other_content_is_refused_and_both_are_kept(
    session: Session, officer: Actor, other: dict[str, Any]
) -> None:
    sent = item(answers={"vehicles": 3})
    changed = item(**{"answers": {"vehicles": 3}, **other, "id": sent.id})
    _, second = log(session, officer, sent, changed)
    assert second.outcome == "refused"
    assert second.reasons.keys() == {"id"}
    assert session.scalars(select(Refusal)).one().entry_id == sent.id


def test_somebody_elses_id_is_refused_without_a_word_about_the_entry(
    session: Session, officer: Actor, other_officer: Actor
) -> None:
    sent = item(answers={"vehicles": 3})
    log(session, officer, sent)
    (result,) = log(session, other_officer, sent)
    assert result.outcome == "refused"


def test_one_bad_item_sinks_no_other(session: Session, officer: Actor) -> None:
    good, bad, late = item(), item(answers={"vehicles": -1}), item()
    assert [result.outcome for result in log(session, officer, good, bad, late)] == ["accepted", "refused", "accepted"]
    assert entries(session) == 2


def test_a_refused_item_is_kept_once_with_its_reasons_and_does_not_occupy_its_id(
    session: Session, officer: Actor
) -> None:
    bad = item(answers={"vehicles": -1, "note": "Stod vid ABC 123"})
    log(session, officer, bad)
    log(session, officer, bad)
    kept = session.scalars(select(Refusal)).one()
    assert kept.reasons.keys() == {"vehicles", "note"}
    assert kept.item["answers"]["note"] == "Stod vid ███████"
    mended = item(id=bad.id, answers={"vehicles": 1})
    assert log(session, officer, mended)[0].outcome == "accepted"
    assert kept.settled_at == NOW


def test_a_help_question_waits_for_its_control(session: Session, officer: Actor) -> None:
    control = item(answers={"suspected": 1})
    offer = item("help-offer", {"control": str(control.id)})
    assert log(session, officer, offer)[0].outcome == "waiting"
    assert [result.outcome for result in log(session, officer, offer, control)] == ["accepted", "accepted"]


def test_a_link_to_another_kind_is_refused(session: Session, officer: Actor) -> None:
    patrol = log_one(session, officer, "patrol")
    (result,) = log(session, officer, item("help-offer", {"control": str(patrol)}))
    assert result.reasons.keys() == {"control"}


def test_another_organisations_kind_is_refused(session: Session, outreach: Actor) -> None:
    (result,) = log(session, outreach, item())
    assert result.reasons.keys() == {"kind"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "flying-saucer"}, "kind"),
        ({"area": "atlantis"}, "area"),
        ({"happened_at": NOW + timedelta(minutes=11)}, "happened_at"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(
    session: Session, officer: Actor, wrong: dict[str, Any], field: str
) -> None:
    (result,) = log(session, officer, item(**wrong))
    assert result.reasons.keys() == {field}


def test_a_clock_ten_minutes_ahead_is_forgiven(session: Session, officer: Actor) -> None:
    assert log(session, officer, item(happened_at=NOW + timedelta(minutes=10)))[0].outcome == "accepted"


def test_every_version_is_in_the_audit_log_and_none_holds_a_text(session: Session, officer: Actor) -> None:
    original = item(answers={"note": "Lugnt hela kvällen"})
    log(session, officer, original, correction(original), now=NOW)
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["entry-logged", "entry-corrected"]
    assert {event.subject for event in events} == {f"entry:{original.id}"}
    assert "Lugnt" not in str([event.details for event in events])
