"""Changing an area, or deleting one in which nothing happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.actions import delete_area, rename_area, retire_area
from fieldlog.areas.models import Area
from fieldlog.areas.queries import areas
from fieldlog.clock import local_day
from fieldlog.entries.models import Entry
from fieldlog.labels import Label
from fieldlog.programmes.actions import RefusedError
from fieldlog.programmes.models import CommitmentRule

HAS_ENTRIES = Label(
    "Det finns {number} aktiviteter i {name}. Den kan inte tas bort, men tas ur bruk från en dag.",
    "There are {number} entries in {name}. It cannot be deleted, but it can be taken out of use from a day on.",
)
IN_RULE = Label(
    "En räkneregel i {programme} pekar ut {name}. Ta den ur bruk i stället.",
    "A counting rule in {programme} names {name}. Take it out of use instead.",
)
NAME_TAKEN = Label(
    "En annan kommundel heter redan så. Välj ett annat namn.",
    "Another area is called that already. Choose another name.",
)
TOO_SOON = Label("Tidigast i morgon.", "Tomorrow at the earliest.")


def edit_area(session: Session, area: Area, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Rename the area, and say from when it is used no more.

    Raises RefusedError for the name of another area, and for a day that has come: it was in use then.
    """
    others = [place.name for place in areas(session, area.municipality) if place.slug != area.slug]
    if answers["name"].casefold() in map(str.casefold, others):
        raise RefusedError(NAME_TAKEN, "name")
    first = answers["retired_from"]
    if first and first != area.retired_from and first <= local_day(now):
        raise RefusedError(TOO_SOON, "retired_from")
    rename_area(session, area, answers["name"], by, now)
    retire_area(session, area, first, by, now)


def remove_area(session: Session, area: Area, by: Actor, now: datetime) -> None:
    """Delete the area. Raises RefusedError when something was logged there, or a rule names it."""
    here = (Entry.municipality == area.municipality, Entry.area == area.slug)
    if number := session.scalar(select(func.count()).select_from(Entry).where(*here)):
        raise RefusedError(HAS_ENTRIES.fill(number=number, name=area.name))
    for version in session.scalars(select(CommitmentRule).filter_by(municipality=area.municipality)):
        if area.slug in version.rule.areas:
            raise RefusedError(IN_RULE.fill(programme=version.programme, name=area.name))
    delete_area(session, area, by, now)
