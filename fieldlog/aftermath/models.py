"""What happens beside the entries, each at its moment."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldlog.entries.forms import Item
from fieldlog.findings.models import State


@dataclass(frozen=True)
class Planning:
    """The entry's occasion is planned, before it is held."""

    at: datetime
    item: Item

    @property
    def begun_as(self) -> UUID:
        """The entry whose author does this."""
        return self.item.id


@dataclass(frozen=True)
class Mending:
    """How it stands with the walk's finding of this ``number``, from 0: every state so far, the new one last."""

    at: datetime
    item: Item
    number: int
    states: tuple[State, ...]

    @property
    def begun_as(self) -> UUID:
        """The entry whose author does this."""
        return self.item.id
