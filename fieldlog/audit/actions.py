"""Writing the audit log, and sealing what was written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit import queries
from fieldlog.audit.models import AuditEvent, AuditSeal, fingerprint, link
from fieldlog.database import dialect_of, table
from fieldlog.rows import Rows

Detail = str | int | bool | None | list[str] | Mapping[str, str | int]
Event = dict[str, Any]
"""One row of the log, before it is written."""

# Any number will do, as long as it stays and is nobody else's.
LOCK = 2_380_002

_WRITE = insert(table(AuditEvent))
_SEAL = Rows(AuditSeal)


def event(by: Actor, now: datetime, action: str, subject: str, **details: Detail) -> Event:
    """That ``by`` did ``action`` to ``subject``, such as "entry-voided" to "entry:0192…".

    Details hold slugs, numbers, names of fields and the programme's own words, which are public. Never another free
    text, a person's name or a password: what is written stays.
    """
    what = {"at": now, "action": action, "subject": subject, "details": details}
    return what | {"municipality": by.municipality, "account": by.account, "device": by.device}


def note(session: Session, by: Actor, now: datetime, action: str, subject: str, **details: Detail) -> None:
    """Record one event."""
    note_all(session, [event(by, now, action, subject, **details)])


def sides(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, str | int]]:
    """What a change made of what, for ``note``: both sides of the fields that differ."""
    was, is_now = ({name: _plain(side.get(name)) for name in after} for side in (before, after))
    differ = [name for name in after if was[name] != is_now[name]]
    return {"before": {name: was[name] for name in differ}, "after": {name: is_now[name] for name in differ}}


def _plain(value: Any) -> str | int:
    if isinstance(value, list | tuple):
        is_span = isinstance(value, tuple) and all(isinstance(part, int) for part in value)
        return "–".join(map(str, value)) if is_span else ", ".join(str(_plain(part)) for part in sorted(value))
    return value if isinstance(value, int) else str(value or "")


def note_all(session: Session, events: Sequence[Event]) -> None:
    """Record events, in their order."""
    if events:
        session.execute(_WRITE, events)


def seal(session: Session, now: datetime, *, everything: bool = False) -> int:
    """Give committed events their places in the chain, ``AT_ONCE`` at most; returns how many.

    Writers never wait for it, nor it for them: what is not committed yet is sealed another time. Of several sealers
    one works and the others wait. ``everything`` looks through the whole log, and not only at what is new.
    """
    if dialect_of(session) == "postgresql":
        session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    last = queries.sealed(session)
    place, before, rows = last.places, last.head, []
    wanted = queries.unsealed(session, None if everything else now)
    for event in session.execute(wanted.limit(queries.AT_ONCE)).mappings():
        place, digest = place + 1, fingerprint(dict(event))
        before = link(before, digest, now)
        rows.append((place, event["id"], digest, now, before))
    _SEAL.write(session, rows)
    return len(rows)
