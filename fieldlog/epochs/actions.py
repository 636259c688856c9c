"""Beginning a new epoch."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.epochs.models import Epoch


def begin_epoch(session: Session, by: Actor, now: datetime) -> Epoch:
    """Begin an epoch: every phone sends what was acknowledged in the last 30 days once more."""
    epoch = Epoch(value=uuid4(), began_at=now)
    session.add(epoch)
    note(session, by, now, "epoch-begun", f"epoch:{epoch.value}")
    return epoch
