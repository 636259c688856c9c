"""A finding is followed from the door on, through whatever becomes of its walk."""

from datetime import date

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries import queries as entries
from fieldlog.entries.models import Entry
from fieldlog.findings import queries
from fieldlog.findings.actions import forget
from fieldlog.findings.models import FindingChange
from fieldlog.ids import new_id
from fieldlog.intake.actions import redact
from fieldlog.review import actions as review
from fieldlog.review.forms import merged, voided
from tests.findings.walks import found, keys, on_board, say, taken_in, walk
from tests.fixtures.work import NOW, correction, log, void


def test_what_is_urgent_stands_first_and_what_is_closed_last(session: Session, coordinator: Actor) -> None:
    late, soon, done, never = taken_in(session, coordinator, walk("sen", "snart", "klar", "aldrig"))
    say(session, soon, coordinator, status="planned", wanted_by=date(2026, 12, 1))
    say(session, late, coordinator, status="planned", wanted_by=date(2026, 11, 1))
    say(session, done, coordinator, status="mended")
    assert on_board(session, coordinator) == ["sen", "snart", "aldrig", "klar"]
    assert on_board(session, coordinator, status="new") == ["aldrig"]
    assert found(session, late, coordinator).is_overdue(date(2026, 11, 2))
    assert not found(session, never, coordinator).is_overdue(date(2026, 11, 2))


def test_a_corrected_walk_keeps_what_is_known_of_the_rest(session: Session, coordinator: Actor) -> None:
    first = walk("Torget", "Parken")
    square, park = taken_in(session, coordinator, first)
    say(session, square, coordinator, status="planned")
    say(session, park, coordinator, status="passed-on", responsible=None)
    rows = list(first.answers["findings"])
    changed = correction(first, {"findings": [rows[1] | {"where": "Badhusparken"}]})
    log(session, coordinator, changed)
    assert on_board(session, coordinator) == ["Badhusparken"]
    assert found(session, park, coordinator).state.status == "passed-on"
    gone = found(session, square, coordinator)
    assert (gone.gone, gone.where, gone.state.status) == (queries.REMOVED, "Torget", "planned")
    assert not queries.may_follow(gone, coordinator)
    back = correction(changed, {"findings": rows})
    log(session, coordinator, back)
    assert found(session, square, coordinator).gone is None


def test_a_voided_walk_leaves_the_board_and_keeps_its_history(session: Session, coordinator: Actor) -> None:
    sent = walk("Torget")
    (key,) = taken_in(session, coordinator, sent)
    say(session, key, coordinator, status="planned")
    log(session, coordinator, void(sent))
    assert on_board(session, coordinator) == []
    assert found(session, key, coordinator).gone == queries.VOIDED
    assert len(queries.history(session, coordinator.municipality, key)) == 1


def test_findings_of_a_merged_walk_come_along(session: Session, coordinator: Actor, supervisor: Actor) -> None:
    one, other = walk("Torget"), walk("Parken")
    taken_in(session, coordinator, one)
    (park,) = taken_in(session, coordinator, other)
    say(session, park, coordinator, status="planned")
    first, second = (session.get_one(Entry, sent.id) for sent in (one, other))
    kept = merged(first, second, {"findings": "second"}, new_id(NOW), NOW)
    review.merge(session, kept, voided(second, first, new_id(NOW), NOW), coordinator, NOW)
    session.flush()
    assert on_board(session, coordinator) == ["Parken"]
    moved = found(session, park, coordinator)
    assert (moved.walk.origin_id, moved.state.status) == (one.id, "planned")


def test_a_key_that_another_walk_holds_stays_there(session: Session, coordinator: Actor, inspector: Actor) -> None:
    mine = walk("Torget")
    (key,) = taken_in(session, coordinator, mine)
    copied = walk("Annanstans")
    copied.answers["findings"][0]["key"] = str(key)
    taken_in(session, inspector, copied)
    assert on_board(session, coordinator) == ["Torget"]


def test_nothing_new_is_no_change(session: Session, coordinator: Actor) -> None:
    (key,) = taken_in(session, coordinator, walk("Torget"))
    for _ in range(2):
        say(session, key, coordinator, status="planned")
    assert len(queries.history(session, coordinator.municipality, key)) == 1


def test_redacting_a_walk_blanks_what_was_written_about_it(session: Session, coordinator: Actor) -> None:
    sent = walk("Torget")
    (key,) = taken_in(session, coordinator, sent)
    say(session, key, coordinator, status="not-done", reason="Anna vill inte")
    redact(session, sent.id, coordinator, NOW)
    session.flush()
    assert session.query(FindingChange).one().reason == "███"
    assert found(session, key, coordinator).where == "███"


def test_what_is_removed_by_decision_leaves_nothing(session: Session, coordinator: Actor) -> None:
    sent = walk("Torget")
    (key,) = taken_in(session, coordinator, sent)
    say(session, key, coordinator, status="planned")
    forget(session, [sent.id])
    assert queries.finding(session, key, coordinator) is None
    assert entries.current(session, sent.id, coordinator) is not None


def test_walks_from_before_are_followed_by_the_keys_that_the_server_gives(session: Session, coordinator: Actor) -> None:
    sent = walk("Torget", "Parken")
    for row in sent.answers["findings"]:
        del row["key"]
    log(session, coordinator, sent)
    stored = session.get_one(Entry, sent.id)
    assert [str(one.key) for one in queries.of_walk(session, stored)] == [row["key"] for row in queries.rows_of(stored)]
    assert not any("key" in row for row in sent.answers["findings"]), keys
