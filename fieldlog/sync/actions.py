"""Taking in what phones send, and beginning a new epoch."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.entries.forms import Item
from fieldlog.intake.actions import accept, refuse
from fieldlog.intake.models import Result
from fieldlog.sync.models import Epoch, Unreadable


def take(session: Session, sent: Sequence[Item | Unreadable], by: Actor, now: datetime) -> list[Result]:
    """Hand what was sent to the one door; what cannot be read is refused beside it. In the order sent."""
    accepted = iter(accept(session, [one for one in sent if isinstance(one, Item)], by, now))
    return [
        next(accepted)
        if isinstance(one, Item)
        else refuse(session, one.item, by, now, sent=one.sent, reasons=one.reasons)
        for one in sent
    ]


def begin_epoch(session: Session, by: Actor, now: datetime) -> Epoch:
    """Begin an epoch: every phone sends what was acknowledged in the last 30 days once more."""
    epoch = Epoch(value=uuid4(), began_at=now)
    session.add(epoch)
    note(session, by, now, "epoch-begun", f"epoch:{epoch.value}")
    return epoch
