"""Reading what is planned: those who take part see it, and a commitment's pace follows its days."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, and_, false, func, select, true
from sqlalchemy.orm import Session, aliased

from fieldlog.actors import Actor, Role
from fieldlog.clock import day_bounds, local_day
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.occasions.models import Occasion, OccasionPlan
from fieldlog.once.queries import Came, came_of
from fieldlog.periods import Span

PLANNED = ("alcohol-inspection", "safety-walk", "server-training", "clubs-against-drugs")
"""The kinds of which there are few, so that each is planned."""


@dataclass(frozen=True)
class Coming:
    """An occasion as those who take part see it. ``state``: planned, cancelled or logged.

    ``entry_id`` is what it was logged as, or is to be: one whose entry was voided is planned again.
    """

    row: Occasion
    plan: OccasionPlan
    state: str
    entry_id: UUID
    may_change: bool

    @property
    def kind(self) -> Kind:
        return KINDS[self.row.kind]

    @property
    def organisations(self) -> list[str]:
        return self.plan.took_part.split()


def coming(session: Session, by: Actor, since: datetime, until: datetime | None = None) -> list[Coming]:
    """What ``by``'s organisation takes part in from one moment to another, the first first."""
    query = _seen(by).where(OccasionPlan.starts_at >= since).order_by(OccasionPlan.starts_at, Occasion.id)
    query = query.where(OccasionPlan.starts_at < until) if until else query
    return _told(session, query, by)


def occasion(session: Session, id: UUID, by: Actor) -> Coming | None:
    """The one with this id, if ``by``'s organisation takes part in it."""
    return next(iter(_told(session, _seen(by).where(Occasion.id == id), by)), None)


def history(session: Session, id: UUID) -> list[OccasionPlan]:
    """All that was said of it, the latest first."""
    plans = select(OccasionPlan).filter_by(occasion_id=id).order_by(OccasionPlan.number.desc())
    return list(session.scalars(plans))


@dataclass(frozen=True)
class Days:
    """By kind, the days for which occasions are planned; those that were cancelled are left out."""

    by_kind: Mapping[str, list[date]]

    def of(self, kinds: Collection[str], period: Span) -> tuple[date, ...]:
        """Those of the kinds that lie in the period."""
        return tuple(sorted(day for kind in kinds for day in self.by_kind.get(kind, ()) if day in period))


def planned(session: Session, municipality: str, day: date) -> Days:
    """What was planned when the day was over."""
    query = _latest(before=day_bounds(day)[1])
    query = query.where(Occasion.municipality == municipality, ~OccasionPlan.is_cancelled)
    found: dict[str, list[date]] = defaultdict(list)
    for row, plan in session.execute(query):
        found[row.kind].append(local_day(plan.starts_at))
    return Days(found)


def _latest(before: datetime | None = None) -> Select[Occasion, OccasionPlan]:
    """Every occasion with the last that was said of it, at all or before a moment."""
    said: type[OccasionPlan] = aliased(OccasionPlan)
    number = select(func.max(said.number)).where(said.occasion_id == Occasion.id)
    if before:
        number = number.where(said.at < before)
    return (
        select(Occasion, OccasionPlan)
        .join(OccasionPlan, OccasionPlan.occasion_id == Occasion.id)
        .where(OccasionPlan.number.in_(number.correlate(Occasion)))
    )


def _seen(by: Actor) -> Select[Occasion, OccasionPlan]:
    takes_part = OccasionPlan.took_part.contains(f" {by.organisation} ")
    is_staff = false() if by.role == Role.ADMINISTRATOR else true()
    return _latest().where(Occasion.municipality == by.municipality, takes_part, is_staff)


def _told(session: Session, query: Select[Occasion, OccasionPlan], by: Actor) -> list[Coming]:
    """With what became of each."""
    version = aliased(Entry)
    logged = and_(version.origin_id == Occasion.id, is_current(version))
    rows = session.execute(query.add_columns(version).outerjoin(version, logged)).all()
    came = came_of(session, [row.id for row, *_ in rows], {entry.origin_id: entry for *_, entry in rows if entry})
    return [
        Coming(row, plan, _state(plan, came[row.id]), came[row.id].id, may_change=_may_change(row, by))
        for row, plan, _ in rows
    ]


def _state(plan: OccasionPlan, came: Came) -> str:
    if came.entry:
        return "logged"
    return "cancelled" if plan.is_cancelled else "planned"


def _may_change(row: Occasion, by: Actor) -> bool:
    """Whoever planned it, and supervisors of those who take part."""
    return by.organisation == row.organisation or by.role == Role.SUPERVISOR
