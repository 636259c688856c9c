"""Which epoch it is, and whether it began with a restore not long ago."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.database import table
from fieldlog.epochs.models import Epoch

KEPT = timedelta(days=30)
"""How long a phone keeps what was acknowledged, to send it again after a restore."""

_LATEST = select(table(Epoch).c.value, table(Epoch).c.began_at).order_by(table(Epoch).c.id.desc())


def epoch(session: Session) -> UUID:
    """The current epoch. Raises sqlalchemy's NoResultFound in a database that was never migrated."""
    current: UUID = session.execute(_LATEST.limit(1)).one()[0]
    return current


def may_have_forgotten(session: Session, now: datetime) -> bool:
    """Whether the database was put back from a backup so lately that phones know what it has forgotten."""
    latest, *earlier = session.execute(_LATEST.limit(2)).all()
    return bool(earlier) and now - latest.began_at < KEPT
