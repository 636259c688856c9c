"""Which entry came of something that is logged once at a time.

Its id is made from what it comes of, so two who log it make one. Once that entry is voided the next one's id is made
from it, and so on: an entry that was merged into another still counts, for as long as that one does.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current

AGAIN = "again"


@dataclass(frozen=True)
class Came:
    """``id`` is what it was logged as, or is to be logged as while ``entry``, which counts for it, is None."""

    id: UUID
    entry: Entry | None


def came_of(
    session: Session, firsts: Collection[UUID], found: Mapping[UUID, Entry] | None = None
) -> Mapping[UUID, Came]:
    """What came of each, by the id of the first entry that can.

    Asks once more for each time that one was voided. ``found`` are the first entries, where they were read with what
    they come of.
    """
    came: dict[UUID, Came] = {}
    asked = {first: (first, first) for first in firsts}
    while asked:
        found = _current(session, {seen for _, seen in asked.values()}) if found is None else found
        further = {}
        for first, (id, seen) in asked.items():
            entry = found.get(seen)
            if entry is None or not entry.is_void:
                came[first] = Came(id, entry)
            elif entry.merged_into_id:
                further[first] = id, entry.merged_into_id
            else:
                further[first] = (uuid5(id, AGAIN),) * 2
        asked, found = further, None
    return came


def _current(session: Session, ids: Collection[UUID]) -> Mapping[UUID, Entry]:
    entries = session.scalars(select(Entry).where(Entry.origin_id.in_(ids), is_current()))
    return {entry.origin_id: entry for entry in entries}
