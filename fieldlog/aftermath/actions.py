"""Doing what comes before and after the work of a made-up year; what is done already stays as it is."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.aftermath.forms import aftermath
from fieldlog.aftermath.models import Mending, Planning
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.findings.actions import change
from fieldlog.findings.models import Responsible
from fieldlog.findings.queries import of_walk
from fieldlog.occasions.actions import Planned, plan
from fieldlog.occasions.models import Occasion
from fieldlog.responsibles.actions import add

TAKE_PART = (Organisation.POLICE, Organisation.MUNICIPALITY, Organisation.SOCIAL_SERVICES)
MOST_USUAL = 6
"""How many venues an inspection is planned to visit."""


def list_responsibles(session: Session, by: Actor, now: datetime) -> dict[str, str]:
    """The slugs of those who mend, by name; they are put on an empty list."""
    known = select(Responsible).filter_by(municipality=by.municipality)
    if not session.scalars(known).first():
        for name in sorted({*aftermath().responsibles.values(), *aftermath().also}):
            add(session, name, by, now)
            session.flush()
    return {one.name: one.slug for one in session.scalars(known)}


def do(session: Session, step: Planning | Mending, by: Actor) -> None:
    """Plan an occasion, or say how it stands with a finding."""
    if isinstance(step, Planning):
        _plan(session, step, by)
    else:
        _mend(session, step, by)


def _plan(session: Session, step: Planning, by: Actor) -> None:
    item = step.item
    if session.get(Occasion, item.id):
        return
    others = (one for one in TAKE_PART if one in item.answers.get("organisations", ()))
    full_hour = item.happened_at.replace(minute=0)
    venues = MOST_USUAL if item.answers.get("venues") else None
    planned = Planned(full_hour, item.area, venues, frozenset({by.organisation, *others}))
    plan(session, item.kind, planned, by, step.at, id=item.id)


def _mend(session: Session, step: Mending, by: Actor) -> None:
    """Say it, unless somebody has said something else since."""
    walk = session.scalar(select(Entry).where(Entry.origin_id == step.item.id, is_current(), ~Entry.is_void))
    found = of_walk(session, walk) if walk else []
    if len(found) > step.number and found[step.number].state == step.states[-2]:
        change(session, found[step.number], step.states[-1], by, step.at)
        session.flush()
