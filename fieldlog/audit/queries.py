"""Reading the audit log: how far it is sealed, and whether the chain holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Row, Select, exists, select
from sqlalchemy.orm import Session

from fieldlog.audit.models import BEFORE_THE_FIRST, AuditEvent, AuditSeal, fingerprint, link
from fieldlog.database import table

AT_ONCE = 1_000
CHECKED = "log-checked"

# No transaction takes that long: an id given out before it began has been committed or given up.
LONGEST_TRANSACTION = timedelta(hours=1)

_EVENT, _SEAL = table(AuditEvent), table(AuditSeal)
_NAMES = _EVENT.c.keys()


@dataclass(frozen=True)
class Sealed:
    """How far the log is sealed: the number of places, the last one's hash, and when that was sealed."""

    places: int = 0
    head: str = BEFORE_THE_FIRST
    at: datetime | None = None


@dataclass(frozen=True)
class Checked:
    """When `fieldlog check` was last run, how far the log was sealed then, and how much was wrong."""

    at: datetime
    places: int
    faults: int


def unsealed(session: Session, since: datetime | None = None) -> Select[Any]:
    """The committed events without a place in the chain, in the order of ids.

    With ``since`` those are looked for that can have come after what was sealed by then; without, among all.
    """
    query = select(_EVENT).where(~exists().where(_SEAL.c.event_id == _EVENT.c.id)).order_by(_EVENT.c.id)
    if since is None:
        return query
    newest = select(_SEAL.c.event_id).where(_SEAL.c.sealed_at < since - LONGEST_TRANSACTION)
    floor = session.scalar(newest.order_by(_SEAL.c.place.desc()).limit(1))
    return query.where(_EVENT.c.id > floor) if floor else query


def sealed(session: Session) -> Sealed:
    """How far the log is sealed now."""
    places = select(_SEAL.c.place, _SEAL.c.hash, _SEAL.c.sealed_at).order_by(_SEAL.c.place.desc())
    last = session.execute(places.limit(1)).one_or_none()
    return Sealed(*last) if last else Sealed()


def last_check(session: Session, municipality: str) -> Checked | None:
    """What the last check found, as it noted itself."""
    query = select(AuditEvent).where(AuditEvent.municipality == municipality, AuditEvent.subject == "audit:chain")
    found = session.scalar(query.where(AuditEvent.action == CHECKED).order_by(AuditEvent.id.desc()).limit(1))
    return Checked(found.at, found.details["places"], found.details["faults"]) if found else None


def broken(session: Session) -> Iterator[str]:
    """What is wrong with the chain: each fault in a line."""
    place, before = 0, BEFORE_THE_FIRST
    for seal, event in chain.from_iterable(_chained(session)):
        place += 1
        if seal.place != place:
            yield f"the audit log: places {place} to {seal.place - 1} of the chain are missing"
            place = seal.place
        elif seal.hash != link(before, seal.digest, seal.sealed_at):
            yield f"the audit log: place {place} of the chain does not follow from the one before it"
        before = seal.hash
        if event is None:
            yield f"the audit log: event {seal.event_id} is gone (place {place})"
        elif fingerprint(event) != seal.digest:
            what = f"{event['action']} {event['subject']}"
            yield f"the audit log: event {seal.event_id} is not as it was sealed (place {place}, now: {what})"


def chained(session: Session) -> Iterator[list[Mapping[str, Any]]]:
    """The sealed events that are still there, in the order of the chain, some at a time."""
    for rows in _chained(session):
        yield [event for _, event in rows if event is not None]


def _chained(session: Session) -> Iterator[list[tuple[Row[Any], Mapping[str, Any] | None]]]:
    """Every seal in its order with its event, some at a time."""
    last = -1
    query = select(*_SEAL.c, *(_EVENT.c[name].label(f"noted_{name}") for name in _NAMES))
    query = query.outerjoin(_EVENT, _EVENT.c.id == _SEAL.c.event_id).order_by(_SEAL.c.place).limit(AT_ONCE)
    while rows := session.execute(query.where(_SEAL.c.place > last)).all():
        events = [{name: getattr(row, f"noted_{name}") for name in _NAMES} for row in rows]
        yield [(row, event if event["id"] else None) for row, event in zip(rows, events, strict=True)]
        last = rows[-1].place
