"""A text that should not have been written is blanked wherever it is kept; what was counted stays."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.intake.actions import redact
from fieldlog.intake.models import Refusal
from fieldlog.tallies.actions import recount
from fieldlog.tallies.queries import Amount, figures
from tests.fixtures.work import NOW, correction, item, log, log_one, void

SECRET = "Kalle Karlsson i Krokom"
TODAY = date(2026, 11, 21)


def kept(session: Session) -> str:
    """Everything that is kept of entries and refusals, as one text."""
    session.flush()
    session.expire_all()
    texts: list[Any] = [(entry.answers, entry.explanation) for entry in session.scalars(select(Entry))]
    texts += [(refusal.item, refusal.reasons) for refusal in session.scalars(select(Refusal))]
    return str(texts)


def test_a_text_is_blanked_in_every_version(session: Session, officer: Actor) -> None:
    original = item(answers={"note": SECRET, "place": f"hos {SECRET}", "vehicles": 4})
    again = correction(original, {"note": f"{SECRET}!"}, explanation=f"glömde {SECRET}")
    log(session, officer, original, again, void(again, explanation=SECRET))
    assert redact(session, again.id, officer, NOW) == 3, "any version's id will do"
    assert SECRET not in kept(session)
    assert session.get_one(Entry, original.id).answers["vehicles"] == 4
    assert session.get_one(Entry, original.id).redacted_at == NOW


def test_what_was_counted_stays(session: Session, officer: Actor) -> None:
    entry = log_one(session, officer, answers={"note": SECRET, "vehicles": 4})
    redact(session, entry, officer, NOW)
    ref = "traffic-control.vehicles"
    assert figures(session, "2380", TODAY, TODAY, [ref], daily=True).total(ref, TODAY, TODAY) == Amount(4, 1)
    assert recount(session) == []


def test_the_rows_of_a_walk_are_blanked_and_stay_as_many(session: Session, inspector: Actor) -> None:
    rows = [{"category": "lighting", "where": SECRET}, {"category": "other", "where": SECRET}]
    walk = log_one(session, inspector, "safety-walk", {"findings": rows})
    redact(session, walk, inspector, NOW)
    assert SECRET not in kept(session)
    found = session.get_one(Entry, walk).answers["findings"]
    assert [row["category"] for row in found] == ["lighting", "other"]


def test_the_original_sent_again_is_still_already_there_and_does_not_come_back(
    session: Session, officer: Actor
) -> None:
    original = item(answers={"note": SECRET, "vehicles": 4})
    again = correction(original, {"vehicles": 5}, explanation=SECRET)
    log(session, officer, original, again)
    redact(session, original.id, officer, NOW)
    assert [result.outcome for result in log(session, officer, original, again)] == ["already", "already"]
    assert SECRET not in kept(session)


def test_the_same_id_with_another_count_is_refused_after_redaction_too(session: Session, officer: Actor) -> None:
    original = item(answers={"note": SECRET, "vehicles": 4})
    log(session, officer, original)
    redact(session, original.id, officer, NOW)
    (result,) = log(session, officer, item(id=original.id, answers={"note": SECRET, "vehicles": 5}))
    assert result.reasons.keys() == {"id"}


@pytest.mark.parametrize(
    "answers",
    [
        {"note": SECRET},
        {"note": SECRET * 100},
        {"note": [SECRET]},
        {"note": {SECRET: SECRET}},
        {"place": SECRET},
        {"focus": [SECRET]},
        {"focus": SECRET},
        {"vehicles": SECRET},
        {"terrain": SECRET},
        {"a_field_of_tomorrow": SECRET},
        {SECRET: 1},
        {"organisations": SECRET},
    ],
    ids=str,
)
def test_a_refused_attempt_is_blanked_whatever_it_held(
    session: Session, officer: Actor, answers: dict[str, Any]
) -> None:
    bad = item(answers={"tests": -1, **answers})
    log(session, officer, bad)
    assert SECRET in kept(session)
    redact(session, bad.id, officer, NOW)
    assert SECRET not in kept(session)


@pytest.mark.parametrize("findings", [SECRET, [SECRET], [{"where": SECRET}], [[{"where": SECRET}]], {"where": SECRET}])
def test_refused_rows_are_blanked_whatever_they_held(session: Session, inspector: Actor, findings: object) -> None:
    bad = item("safety-walk", {"findings": findings, "participants": -1})
    log(session, inspector, bad)
    redact(session, bad.id, inspector, NOW)
    assert SECRET not in kept(session)


@pytest.mark.parametrize(
    "changed", [{"kind": SECRET}, {"area": SECRET}, {"reason": SECRET}, {"explanation": SECRET * 100}]
)
def test_a_refused_attempt_is_blanked_beside_its_answers_too(
    session: Session, officer: Actor, changed: dict[str, Any]
) -> None:
    original = item()
    log(session, officer, original)
    bad = correction(original, **{"reason": "other", **changed}) if "kind" not in changed else item(**changed)
    log(session, officer, bad)
    redact(session, bad.id, officer, NOW)
    assert SECRET not in kept(session)


def test_refused_corrections_of_an_entry_are_blanked_with_it(session: Session, officer: Actor) -> None:
    original = item(answers={"note": SECRET})
    first = correction(original, {"note": SECRET})
    stale, wrong = (correction(original, {"note": SECRET}), correction(first, {"note": SECRET, "tests": -1}))
    outcomes = [result.outcome for result in log(session, officer, original, first, stale, wrong)]
    assert outcomes == ["accepted", "accepted", "refused", "refused"]
    redact(session, original.id, officer, NOW)
    assert SECRET not in kept(session)


def test_a_mended_and_a_discarded_attempt_are_blanked_too(session: Session, officer: Actor) -> None:
    bad = item(answers={"note": SECRET, "tests": -1})
    log(session, officer, bad)
    log(session, officer, item(id=bad.id, answers={"note": SECRET}))
    redact(session, bad.id, officer, NOW)
    assert SECRET not in kept(session)


def test_other_entries_keep_their_texts(session: Session, officer: Actor) -> None:
    one, other = (log_one(session, officer, answers={"note": SECRET}) for _ in range(2))
    redact(session, one, officer, NOW)
    assert session.get_one(Entry, other).answers["note"] == SECRET


def test_an_id_that_nothing_has_is_said(session: Session, officer: Actor) -> None:
    with pytest.raises(LookupError):
        redact(session, new_id(NOW), officer, NOW)


def test_redacting_twice_finds_nothing_new(session: Session, officer: Actor) -> None:
    entry = log_one(session, officer, answers={"note": SECRET})
    assert [redact(session, entry, officer, NOW) for _ in range(2)] == [1, 0]
