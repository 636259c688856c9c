"""The audit log's rows, and the chain that binds them."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from fieldlog.database import Base

BEFORE_THE_FIRST = "0" * 64


class AuditEvent(Base):
    """One thing that somebody did. ``account`` is 0 for the command line and for a stranger at the door."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "municipality", "at"), Index(None, "subject"), Index(None, "action"))

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime]
    account: Mapped[int]
    device: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]]


class AuditSeal(Base):
    """An event's place in the chain, by which it is known whether anything was changed, removed or put in between.

    Places follow the order in which events were sealed, not their ids: PostgreSQL can commit a lower id later.
    ``hash`` is that of the place before, ``digest`` and ``sealed_at``; so the chain also holds without an event's row.
    """

    __tablename__ = "audit_seals"

    place: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(String(64))
    sealed_at: Mapped[datetime]
    hash: Mapped[str] = mapped_column(String(64))


class AppendOnlyError(Exception):
    """Somebody tried to change or delete an audit event or its seal."""


def fingerprint(row: Mapping[str, Any]) -> str:
    """The SHA-256 of a row, by the names of its columns.

    What is None is left out, so that a column added later leaves the fingerprints of earlier rows as they are.
    """
    said = {name: value for name, value in row.items() if value is not None}
    return sha256(_written(said).encode()).hexdigest()


def link(before: str, digest: str, sealed_at: datetime) -> str:
    """The hash of a place in the chain, from that of the place before it."""
    return sha256(f"{before} {digest} {_plain(sealed_at)}".encode()).hexdigest()


def _plain(value: Any) -> str:
    """The value as text, the same whichever database it comes from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


_written = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode  # made once: it costs more


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
@event.listens_for(AuditSeal, "before_update")
@event.listens_for(AuditSeal, "before_delete")
def _refuse(_mapper: Mapper[Any], _connection: Connection, row: Base) -> None:
    raise AppendOnlyError(f"{row!r} stays as it was written")
