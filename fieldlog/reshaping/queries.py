"""Reading what a change to a programme touches, and what its pages show first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.periods import ONE_DAY, Span
from fieldlog.pledges.actions import earliest
from fieldlog.programmes.models import Commitment, FocusArea, Pledge, Programme


def entries_on(session: Session, municipality: str, days: Span) -> int:
    """How many entries count on these days."""
    query = select(func.count()).where(Entry.municipality == municipality, Entry.day.between(days.first, days.last))
    return session.scalar(query.where(is_current(), ~Entry.is_void)) or 0


def days_stored(row: Programme) -> Mapping[str, Any]:
    """The period's days, by the fields of their form."""
    return {"first_day": row.first_day, "last_day": row.last_day, "agreed": None}


def added_stored(row: Programme, now: datetime) -> Mapping[str, Any]:
    """What a form for a new part shows first, and what is there already: sent twice, the second one is stale."""
    there = [item.slug for pledge in row.pledges for item in pledge.commitments]
    there += [pledge.slug for pledge in row.pledges] + [focus.slug for focus in row.focus_areas]
    return {"valid_from": min(earliest(row, now), row.last_day), "window": "all", "there": there}


def gone_stored(part: Pledge | Commitment | FocusArea) -> Mapping[str, Any]:
    """From when the part holds no longer, if it is taken out; a pledge when all of it is."""
    parts = part.commitments if isinstance(part, Pledge) else [part]
    last = [one.last_day for one in parts if one.last_day]
    return {"gone_from": max(last) + ONE_DAY if last and len(last) == len(parts) else None}
