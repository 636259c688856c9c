"""Writing the audit log."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.models import AuditEvent
from fieldlog.database import table

Detail = str | int | bool | None | list[str]
Event = dict[str, Any]
"""One row of the log, before it is written."""

_WRITE = insert(table(AuditEvent))


def event(by: Actor, now: datetime, action: str, subject: str, **details: Detail) -> Event:
    """That ``by`` did ``action`` to ``subject``, such as "entry-voided" to "entry:0192…".

    Details hold slugs, numbers and names of fields. Never a free text or a password: what is written stays.
    """
    what = {"at": now, "action": action, "subject": subject, "details": details}
    return what | {"municipality": by.municipality, "account": by.account, "device": by.device}


def note(session: Session, by: Actor, now: datetime, action: str, subject: str, **details: Detail) -> None:
    """Record one event."""
    note_all(session, [event(by, now, action, subject, **details)])


def note_all(session: Session, events: Sequence[Event]) -> None:
    """Record events, in their order."""
    if events:
        session.execute(_WRITE, events)
