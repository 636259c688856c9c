"""Walks with findings, and what is said of them."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.findings import actions, queries
from fieldlog.findings.models import Followed, State
from tests.fixtures.work import NOW, item, log


def walk(
    *wheres: str, organisations: tuple[str, ...] = ("municipality", "police"), note: str = "", **changed: Any
) -> Item:
    """A walk by these, on which something dark was found at each place."""
    rows = [{"key": str(uuid4()), "category": "lighting", "where": where} for where in wheres]
    return item("safety-walk", {"findings": rows, "organisations": list(organisations), "note": note}, **changed)


def keys(sent: Item) -> list[UUID]:
    return [UUID(row["key"]) for row in sent.answers["findings"]]


def taken_in(session: Session, by: Actor, sent: Item) -> list[UUID]:
    """The keys of a walk that had to be accepted."""
    (result,) = log(session, by, sent)
    assert result.outcome == "accepted", result.reasons
    return keys(sent)


def found(session: Session, key: UUID, by: Actor) -> Followed:
    seen = queries.finding(session, key, by)
    assert seen is not None
    return seen


def say(session: Session, key: UUID, by: Actor, **state: Any) -> None:
    """Say how it stands with a finding."""
    seen = found(session, key, by)
    actions.change(session, seen, State(**state), by, NOW)
    session.flush()


def on_board(session: Session, by: Actor, **narrowed: str) -> list[str]:
    """Where the findings on the board are."""
    return [one.where for one in queries.board(session, by, **narrowed)]
