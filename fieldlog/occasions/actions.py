"""Planning an occasion, moving it and cancelling it: each is one more line of its history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.audit.actions import note
from fieldlog.ids import new_id
from fieldlog.occasions.models import Occasion, OccasionPlan


@dataclass(frozen=True)
class Planned:
    """When, where, at how many venues and with whom; whoever plans it takes part."""

    starts_at: datetime
    area: str
    venues: int | None
    organisations: frozenset[Organisation]
    is_cancelled: bool = False


def plan(session: Session, kind: str, planned: Planned, by: Actor, now: datetime, *, id: UUID | None = None) -> UUID:
    """Plan an occasion; the entry that comes of it is to have its id."""
    id = id or new_id(now)
    occasion = Occasion(id=id, municipality=by.municipality, kind=kind, organisation=by.organisation.value)
    session.add(occasion)
    session.flush()
    _say(session, occasion, planned, by, now)
    note(session, by, now, "occasion-planned", f"occasion:{id}", kind=kind)
    return id


def change(session: Session, occasion: Occasion, planned: Planned, by: Actor, now: datetime) -> None:
    """Say something else of it. The audit log is told that, and never when or where."""
    _say(session, occasion, planned, by, now)
    action = "occasion-cancelled" if planned.is_cancelled else "occasion-changed"
    note(session, by, now, action, f"occasion:{occasion.id}", kind=occasion.kind)


def _say(session: Session, occasion: Occasion, planned: Planned, by: Actor, now: datetime) -> None:
    before = session.scalar(select(func.max(OccasionPlan.number)).filter_by(occasion_id=occasion.id)) or 0
    session.add(
        OccasionPlan(
            occasion_id=occasion.id,
            number=before + 1,
            at=now,
            account_id=by.account,
            starts_at=planned.starts_at,
            area=planned.area,
            venues=planned.venues,
            took_part=f" {' '.join(sorted({*planned.organisations, occasion.organisation}))} ",
            is_cancelled=planned.is_cancelled,
        )
    )
    session.flush()
