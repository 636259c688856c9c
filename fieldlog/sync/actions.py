"""Taking in what phones send, and beginning a new epoch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from fieldlog.accounts.actions import hear_outbox
from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.entries.forms import Item
from fieldlog.intake.actions import accept_all, refuse
from fieldlog.intake.models import Batch, Result
from fieldlog.sync import queries
from fieldlog.sync.models import Epoch, Unreadable


@dataclass(frozen=True)
class Sending:
    """What one phone sends at one moment. ``news``: its version and how much it still holds, if that is new."""

    sent: Sequence[Item | Unreadable]
    by: Actor
    now: datetime
    news: tuple[str, int] | None = None


def take(session: Session, sent: Sequence[Item | Unreadable], by: Actor, now: datetime) -> list[Result]:
    """Hand what was sent to the one door; what cannot be read is refused beside it. In the order sent."""
    ((results, _),) = take_all(session, [Sending(sent, by, now)])
    return results


def take_all(session: Session, sendings: Sequence[Sending]) -> list[tuple[list[Result], UUID]]:
    """The same for what several phones send at the same moment: what each is answered, and the epoch of the answers."""
    for one in sendings:
        if one.news and one.by.device is not None:
            hear_outbox(session, one.by.device, *one.news)
    readable = [Batch([sent for sent in one.sent if isinstance(sent, Item)], one.by, one.now) for one in sendings]
    accepted = accept_all(session, readable)
    epoch = queries.epoch(session)
    return [(_in_order(session, one, iter(results)), epoch) for one, results in zip(sendings, accepted, strict=True)]


def _in_order(session: Session, sending: Sending, accepted: Iterator[Result]) -> list[Result]:
    by, now = sending.by, sending.now
    return [
        next(accepted)
        if isinstance(one, Item)
        else refuse(session, one.item, by, now, sent=one.sent, reasons=one.reasons)
        for one in sending.sent
    ]


def begin_epoch(session: Session, by: Actor, now: datetime) -> Epoch:
    """Begin an epoch: every phone sends what was acknowledged in the last 30 days once more."""
    epoch = Epoch(value=uuid4(), began_at=now)
    session.add(epoch)
    note(session, by, now, "epoch-begun", f"epoch:{epoch.value}")
    return epoch
