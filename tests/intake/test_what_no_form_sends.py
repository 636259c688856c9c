"""The door answers whatever a client makes up: it refuses, keeps what may be kept, and goes on."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.intake.models import Refusal
from fieldlog.kinds import KINDS
from tests.fixtures.work import NOW, correction, item, log, log_one, void
from tests.kinds.answers import ANY_JSON, repeatable

FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
ELSEWHERE = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
LONG = "x" * 100_000
STRANGE = ("\0", "\ud800", LONG, "890201-3286", "'; drop table entries; --")


@pytest.mark.parametrize(
    "made_up",
    [
        *({"kind": text} for text in STRANGE),
        *({"area": text} for text in STRANGE),
        *({"answers": {text: 1}} for text in STRANGE),
        *({"answers": {"note": text}} for text in STRANGE[:4]),
        {"answers": {"vehicles": 10**400}},
        {"answers": {"vehicles": float("nan")}},
        {"answers": {"vehicles": [float("-inf")]}},
        *({"answers": {"vehicles": number}} for number in (8902013286, -198902013286, 8902013286.0)),
        {"answers": {"vehicles": {"note": ["\0", "\ud800"]}}},
        {"happened_at": LAST},
        {"happened_at": LAST.replace(tzinfo=ELSEWHERE[1])},
        {"happened_at": FIRST},
        {"happened_at": FIRST.replace(tzinfo=ELSEWHERE[0])},
        {"void": True},
    ],
    ids=lambda made_up: str(made_up)[:50].encode("ascii", "replace").decode(),
)
def test_what_cannot_be_is_refused_and_kept_and_sinks_no_other(
    session: Session, officer: Actor, made_up: dict[str, Any]
) -> None:
    bad = item(**made_up)
    outcomes = [result.outcome for result in log(session, officer, item(), bad, item(), now=NOW)]
    assert outcomes == ["accepted", "refused", "accepted"]
    session.commit()
    kept = session.scalars(select(Refusal)).one()
    assert kept.entry_id == bad.id
    for part in (kept.item, kept.reasons):
        assert "890201-3286" not in str(part)
        assert "8902013286" not in str(part)
        assert "\0" not in str(part)


@pytest.mark.parametrize(
    "made_up", [{"reason": text} for text in STRANGE] + [{"explanation": text} for text in STRANGE[:4]]
)
def test_a_correction_with_a_made_up_reason_is_refused(
    session: Session, officer: Actor, made_up: dict[str, Any]
) -> None:
    original = item()
    log(session, officer, original)
    for change in (correction(original, {}, **made_up), void(original, **{"reason": "other", **made_up})):
        (result,) = log(session, officer, change)
        assert result.reasons.keys() == made_up.keys()
    session.flush()


def test_an_entry_links_only_to_what_it_may(session: Session, officer: Actor, outreach: Actor) -> None:
    pass_out = log_one(session, outreach, "outreach")
    (result,) = log(session, officer, item("help-offer", {"control": str(pass_out)}))
    assert result.reasons.keys() == {"control"}


@pytest.mark.parametrize(("database", "examples"), [("sqlite", 60), ("postgresql", 10)], indirect=["database"])
def test_any_batch_is_answered_item_by_item(session: Session, officer: Actor, examples: int) -> None:
    names = st.one_of(
        st.sampled_from(["vehicles", "note", "organisations", "findings", "control"]), st.text(max_size=5)
    )
    made_up = st.fixed_dictionaries(
        {},
        optional={
            "kind": st.one_of(st.sampled_from([*KINDS]), st.text(max_size=20)),
            "answers": st.dictionaries(names, ANY_JSON, max_size=4),
            "area": st.text(max_size=20),
            "happened_at": st.datetimes(timezones=st.sampled_from([UTC, *ELSEWHERE])),
            "replaces": st.uuids(),
            "void": st.booleans(),
            "reason": st.text(max_size=20),
        },
    )

    @repeatable(examples)
    @given(batch=st.lists(made_up, min_size=1, max_size=4))
    def holds(batch: list[dict[str, Any]]) -> None:
        try:
            items = [item(**one) for one in batch]
            results = log(session, officer, *items)
            assert [result.id for result in results] == [one.id for one in items]
            assert all(bool(result.reasons) == (result.outcome in {"refused", "waiting"}) for result in results)
        finally:
            session.rollback()

    holds()
