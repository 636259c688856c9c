"""Which entry came of something that is logged once at a time.

Its id is made from what it comes of, so two who log it make one. Once that entry is voided the next one's id is made
from it, and so on: an entry that was merged into another still counts, for as long as that one does.
"""

from collections.abc import Iterable, Mapping
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


def came_of(session: Session, firsts: Iterable[UUID]) -> Mapping[UUID, Came]:
    """What came of each, by the id of the first entry that can. Asks once more for each time that one was voided."""
    came: dict[UUID, Came] = {}
    asked = {first: (first, first) for first in firsts}
    while asked:
        ids = {seen for _, seen in asked.values()}
        entries = session.scalars(select(Entry).where(Entry.origin_id.in_(ids), is_current()))
        found = {entry.origin_id: entry for entry in entries}
        further = {}
        for first, (id, seen) in asked.items():
            entry = found.get(seen)
            if entry is None or not entry.is_void:
                came[first] = Came(id, entry)
            elif entry.merged_into_id:
                further[first] = id, entry.merged_into_id
            else:
                further[first] = (uuid5(id, AGAIN),) * 2
        asked = further
    return came
