"""The audit log's rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from fieldlog.database import Base


class AuditEvent(Base):
    """One thing that somebody did. ``account`` is 0 for the command line and for a stranger at the door."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "municipality", "at"), Index(None, "subject"))

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    at: Mapped[datetime]
    account: Mapped[int]
    device: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80))
    details: Mapped[dict[str, Any]]


class AppendOnlyError(Exception):
    """Somebody tried to change or delete an audit event."""


@event.listens_for(AuditEvent, "before_update")
@event.listens_for(AuditEvent, "before_delete")
def _refuse(_mapper: Mapper[AuditEvent], _connection: Connection, event: AuditEvent) -> None:
    raise AppendOnlyError(f"audit event {event.id} stays as it was written")
