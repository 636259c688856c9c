"""Taking in what phones send."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from fieldlog.accounts.actions import hear_outbox
from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.epochs.queries import epoch
from fieldlog.handovers.actions import reserve
from fieldlog.handovers.models import OFFER
from fieldlog.handovers.queries import codes_of_versions
from fieldlog.intake.actions import accept_all, discard_all, refuse
from fieldlog.intake.models import Batch, Result
from fieldlog.sync.models import Unreadable


@dataclass(frozen=True)
class Sending:
    """What one phone sends at one moment.

    ``news``: its version and how much it still holds, if that is new. ``discarded``: what it put away that was refused.
    """

    sent: Sequence[Item | Unreadable]
    by: Actor
    now: datetime
    news: tuple[str, int] | None = None
    discarded: Sequence[UUID] = ()


@dataclass(frozen=True)
class Told:
    """What a phone is told: what became of each, in the order sent, and the epoch of the answers.

    ``reserved`` are the codes that it may use, ``given`` those that yeses among the entries have, by the entry's id.
    """

    results: list[Result]
    epoch: UUID
    reserved: list[str] = field(default_factory=list)
    given: dict[UUID, str] = field(default_factory=dict)


def take(session: Session, sent: Sequence[Item | Unreadable], by: Actor, now: datetime) -> list[Result]:
    """Hand what was sent to the one door; what cannot be read is refused beside it. In the order sent."""
    (told,) = take_all(session, [Sending(sent, by, now)])
    return told.results


def take_all(session: Session, sendings: Sequence[Sending]) -> list[Told]:
    """The same for what several phones send at the same moment."""
    for one in sendings:
        if one.news and one.by.device is not None:
            hear_outbox(session, one.by.device, *one.news)
        discard_all(session, one.discarded, one.by, one.now)
    readable = [Batch([sent for sent in one.sent if isinstance(sent, Item)], one.by, one.now) for one in sendings]
    accepted = accept_all(session, readable)
    current = epoch(session)
    reserved = reserve(session, [(one.by, one.now) for one in sendings])
    given = codes_of_versions(session, [item.id for one in readable for item in one.items if item.kind == OFFER])
    return [
        Told(_in_order(session, one, iter(results)), current, reserved.get(one.by.device or 0, []), given)
        for one, results in zip(sendings, accepted, strict=True)
    ]


def _in_order(session: Session, sending: Sending, accepted: Iterator[Result]) -> list[Result]:
    by, now = sending.by, sending.now
    return [
        next(accepted)
        if isinstance(one, Item)
        else refuse(session, one.item, by, now, sent=one.sent, reasons=one.reasons)
        for one in sending.sent
    ]
