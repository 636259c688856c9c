"""Yes answers are handovers, and handovers wait or are closed, whatever is corrected, voided and merged."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.database import Database
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.handovers.models import is_yes
from fieldlog.handovers.queries import closed, waiting
from fieldlog.review.actions import merge
from fieldlog.tallies.actions import recount
from fieldlog.tallies.models import DayTally
from tests.fixtures.people import PLACE, person
from tests.fixtures.work import NOW, correction, item, log, void
from tests.handovers.yeses import MINOR, NO, YES, yes

STEPS = ["yes", "no", "minor", "answer", "take back", "say yes again", "void", "void answer", "other time", "merge"]


@dataclass
class World:
    """Who logs, and the controls at which people are asked."""

    session: Session
    officer: Actor
    outreach: Actor
    supervisor: Actor
    controls: list[UUID]


def tally(session: Session, measure: str) -> int:
    kind, _, name = measure.partition(".")
    rows = session.scalars(select(DayTally.amount).where(DayTally.kind == kind, DayTally.measure == name))
    return sum(rows)


def versions(session: Session, kind: str) -> list[Entry]:
    return list(session.scalars(select(Entry).where(Entry.kind == kind, is_current(), ~Entry.is_void)))


def change(session: Session, by: Actor, kind: str, number: int, make: Callable[[Entry], Item]) -> None:
    """Correct or void one of the current entries, if there is any."""
    found = sorted(versions(session, kind), key=lambda entry: entry.origin_id)
    if found:
        log(session, by, make(found[number % len(found)]))


def as_item(entry: Entry) -> Item:
    return item(entry.kind, entry.answers, id=entry.id, happened_at=entry.happened_at, area=entry.area)


def step(world: World, name: str, number: int) -> None:
    session, officer, outreach = world.session, world.officer, world.outreach
    at = NOW - timedelta(hours=number)
    if name in {"yes", "no", "minor"}:
        answers: dict[str, dict[str, Any]] = {"yes": YES, "no": NO, "minor": MINOR}
        said = answers[name]
        log(
            session,
            officer,
            yes({**said, "control": str(world.controls[number % 2])} if number % 3 else said, happened_at=at),
        )
    elif name == "merge":
        controls = {one.origin_id: one for one in versions(session, "traffic-control")}
        if len(controls) == 2:
            kept, double = (as_item(controls[origin]) for origin in world.controls)
            gone = void(double, merged_into=world.controls[0])
            merge(session, correction(kept), gone, world.supervisor, NOW)
            session.flush()
    elif name == "answer":
        offers = [entry for entry in versions(session, "help-offer") if is_yes(entry)]
        if offers:
            offer = offers[number % len(offers)]
            outcome = ["contacted", "declined", "form-missing"][number % 3]
            log(
                session,
                outreach,
                item("handover-outcome", {"offer": str(offer.origin_id), "outcome": outcome}, area="-"),
            )
    else:
        changes: dict[str, tuple[Actor, str, Callable[[Entry], Item]]] = {
            "take back": (officer, "help-offer", lambda one: correction(as_item(one), NO)),
            "say yes again": (officer, "help-offer", lambda one: correction(as_item(one), {**YES, "why_not": None})),
            "void": (officer, "help-offer", lambda one: void(as_item(one))),
            "void answer": (outreach, "handover-outcome", lambda one: void(as_item(one))),
            "other time": (officer, "help-offer", lambda one: correction(as_item(one), happened_at=at)),
        }
        by, kind, make = changes[name]
        change(session, by, kind, number, make)


@settings(
    max_examples=12, derandomize=True, deadline=None, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 60)), max_size=12))
def test_yeses_are_handovers_that_wait_or_are_closed(database: Database, steps: list[tuple[str, int]]) -> None:
    with Session(database.writer, expire_on_commit=False) as session:
        officer, outreach = person(database, "officer"), person(database, "outreach")
        controls = [item(answers={"suspected": 3}) for _ in range(2)]
        log(session, officer, *controls)
        world = World(session, officer, outreach, person(database, "supervisor"), [one.id for one in controls])
        for name, number in steps:
            step(world, name, number)
        session.expire_all()
        yeses = {one.origin_id for one in versions(session, "help-offer") if is_yes(one)}
        open_ones, all_closed = waiting(session, PLACE), closed(session, PLACE)
        shut = [one for one in all_closed if not one.is_withdrawn]
        assert {one.id for one in open_ones} | {one.id for one in shut} == yeses
        assert len(open_ones) + len(shut) == len(yeses) == tally(session, "help-offer.accepted")
        assert len(open_ones) == tally(session, "help-offer.unanswered")
        assert len(shut) == tally(session, "handover-outcome.answered")
        assert all(one.outcome for one in all_closed), "what was answered is kept, also after the yes was taken back"
        assert len({one.code for one in [*open_ones, *shut]}) == len(yeses)
        assert recount(session) == []


def test_a_corrected_time_moves_the_deadline(session: Session, officer: Actor, outreach: Actor) -> None:
    sent = yes()
    log(session, officer, sent)
    (before,) = waiting(session, PLACE)
    earlier: datetime = NOW - timedelta(days=2)
    log(session, officer, correction(sent, happened_at=earlier))
    (after,) = waiting(session, PLACE)
    assert (before.due_at, after.due_at) == (NOW + timedelta(hours=24), earlier + timedelta(hours=24))
    log(session, outreach, item("handover-outcome", {"offer": str(sent.id), "outcome": "contacted"}, area="-"))
    assert tally(session, "handover-outcome.in-time") == 0


def test_a_yes_taken_back_after_contact_counts_nowhere_and_keeps_its_outcome(
    session: Session, officer: Actor, outreach: Actor
) -> None:
    sent = yes()
    log(session, officer, sent)
    log(session, outreach, item("handover-outcome", {"offer": str(sent.id), "outcome": "contacted"}, area="-"))
    assert tally(session, "handover-outcome.in-time") == 1
    log(session, officer, correction(sent, NO))
    (handover,) = closed(session, PLACE)
    assert (handover.is_withdrawn, handover.result) == (True, "contacted")
    assert [tally(session, f"handover-outcome.{name}") for name in ("answered", "in-time")] == [0, 0]
    assert waiting(session, PLACE) == []
    assert recount(session) == []
