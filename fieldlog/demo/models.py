"""One made-up thing to send through the door, and the ids that tell it from real work."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldlog.entries.forms import Item

_MARK = 0x7DE0_8DE0_DE30
"""Version 7, variant 10, and 42 bits that are random in every other id."""


@dataclass(frozen=True)
class Place:
    """Where work is done; the tags say which work."""

    area: str
    name: str
    tags: frozenset[str]


@dataclass(frozen=True)
class Work:
    """An item, when it reaches the server, and who sends it.

    ``share`` from 0 to 1 picks one of the unit's accounts; ``begun_as`` is the entry whose author sends this too.
    """

    item: Item
    unit: str
    share: float
    begun_as: UUID
    received_at: datetime

    @property
    def at(self) -> datetime:
        """When it is done, as the server knows it."""
        return self.received_at


def marked_id(moment: datetime, chosen: int) -> UUID:
    """The id of a made-up entry: of version 7, with ``chosen`` in its last 32 bits."""
    return UUID(int=int(moment.timestamp() * 1000) << 80 | _MARK << 32 | chosen & 0xFFFF_FFFF)


def is_marked(entry: UUID) -> bool:
    """Whether practice data made the id."""
    return entry.int >> 32 & 0xFFFF_FFFF_FFFF == _MARK
