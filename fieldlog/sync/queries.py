"""What phones are told beside what became of their entries: the tallies, the epoch, and who is signed in."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Organisation
from fieldlog.clock import local_day
from fieldlog.database import table
from fieldlog.labels import Label
from fieldlog.pledges import queries as pledges
from fieldlog.sync.models import Epoch

PAUSE_SECONDS = 0.5
SPARED_SECONDS = 2

_EPOCH = select(table(Epoch).c.value).order_by(table(Epoch).c.id.desc()).limit(1)


@dataclass(frozen=True)
class Tallies:
    """Where the programme in force stood ``at`` a moment, in the words of its pages: by kind and by commitment."""

    at: datetime
    kinds: Mapping[str, Label]
    commitments: Mapping[str, Label]


def epoch(session: Session) -> UUID:
    """The current epoch. Raises sqlalchemy's NoResultFound in a database that was never migrated."""
    current: UUID = session.scalars(_EPOCH).one()
    return current


def tallies(session: Session, municipality: str, now: datetime, to: Organisation) -> Tallies:
    """The tallies as the organisation is told them; nothing in them when no programme is in force."""
    commitments = pledges.tallies(session, municipality, local_day(now), now, to=to)
    by_kind = pledges.first_of_each_kind(commitments)
    return Tallies(
        at=now,
        kinds={kind: commitment.progress.words for kind, commitment in by_kind.items()},
        commitments={commitment.slug: commitment.progress.words for commitment in commitments},
    )


@dataclass
class _Place:
    """The latest tallies of one place, since when they hold, and when they may be counted again."""

    lock: Lock = field(default_factory=Lock)
    latest: Tallies | None = None
    begun: float = 0
    free: float = 0


class Board:
    """The tallies of each place, as one organisation is told them, counted anew for who asks.

    That is not done more often than the door can bear.

    Counting asks a dozen questions of the database. One thread counts at a time; whoever asked before it began shares
    the answer. After a few in a row there is one in ``PAUSE_SECONDS``, and others get the latest, with its time.
    """

    def __init__(self, tick: Callable[[], float] = time.monotonic) -> None:
        self._tick = tick
        self._places: dict[str, _Place] = {}

    def read(self, municipality: str, count: Callable[[], Tallies]) -> Tallies:
        """The tallies. ``count`` must see everything that was committed before it was called."""
        place, asked = self._places.setdefault(municipality, _Place()), self._tick()
        if place.latest and asked < place.free:
            return place.latest
        with place.lock:
            begun = self._tick()
            if place.latest and (place.begun >= asked or begun < place.free):
                return place.latest
            # Before it is counted: a crowd does not wait for the count but takes the latest.
            place.free = max(place.free, begun - SPARED_SECONDS) + PAUSE_SECONDS
            latest = count()
            place.latest, place.begun = latest, begun
            return latest
