"""Following findings from the door on, and saying how it stands with them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.database import dialect_of, insert_into
from fieldlog.entries.models import Entry
from fieldlog.findings import queries
from fieldlog.findings.models import WALK, Finding, FindingChange, Followed, State
from fieldlog.texts import MASK


def follow(session: Session, written: Sequence[Entry]) -> None:
    """Follow what the walks among the versions just written found.

    A finding that another walk holds already stays that one's. One that its walk no longer holds comes with the walk
    that now does: what was merged into another keeps its history.
    """
    named = {
        (version.municipality, UUID(row["key"])): version.origin_id
        for version in written
        if version.kind == WALK and not version.is_void
        for row in queries.rows_of(version)
    }
    if not named:
        return
    insert = insert_into(Finding, dialect_of(session)).on_conflict_do_nothing()
    rows = [{"municipality": place, "key": key, "walk_id": walk} for (place, key), walk in sorted(named.items())]
    session.execute(insert, rows)
    for found in session.scalars(select(Finding).where(Finding.key.in_([key for _, key in named]))).all():
        walk = named.get((found.municipality, found.key), found.walk_id)
        if walk != found.walk_id and not queries.is_named(session, found):
            found.walk_id = walk


def change(session: Session, found: Followed, state: State, by: Actor, now: datetime) -> None:
    """Say how it stands with a finding now. Nothing is written when nothing is new."""
    _write(session, found, state, by, now, organisation=by.organisation, unit=by.unit)


def answer(session: Session, found: Followed, state: State, by: Actor, now: datetime, *, link: UUID) -> None:
    """The same through a responsible's link; ``by`` is nobody with an account."""
    _write(session, found, state, by, now, link_id=link)


def _write(session: Session, found: Followed, state: State, by: Actor, now: datetime, **who: object) -> None:
    if state == found.state:
        return
    where = {"municipality": by.municipality, "key": found.key, "number": found.number + 1}
    session.add(FindingChange(**where, at=now, **who, **asdict(state)))
    action = "finding-answered" if "link_id" in who else "finding-changed"
    link = {"link": str(who["link_id"])} if "link_id" in who else {}
    said = {"status": state.status, "responsible": state.responsible, **link}
    note(session, by, now, action, f"entry:{found.walk.origin_id}", finding=str(found.key), **said)


def redact(session: Session, walk: UUID) -> None:
    """Black out the free text that was written about a walk's findings."""
    keys = select(Finding.key).where(Finding.walk_id == walk)
    for one in session.scalars(select(FindingChange).where(FindingChange.key.in_(keys))):
        one.reason, one.case_number = (MASK * 3 if text else text for text in (one.reason, one.case_number))


def forget(session: Session, walks: Collection[UUID]) -> None:
    """Remove the findings of walks that are removed by decision, with their history."""
    keys = select(Finding.key).where(Finding.walk_id.in_(walks))
    session.execute(delete(FindingChange).where(FindingChange.key.in_(keys)))
    session.execute(delete(Finding).where(Finding.walk_id.in_(walks)))
