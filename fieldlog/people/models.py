"""What an administrator asks for, and is shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fieldlog.actors import Organisation, Role
from fieldlog.labels import Label


class State(StrEnum):
    """Whether somebody can sign in to an account."""

    OPEN = "open"
    INVITED = "invited"
    DISABLED = "disabled"

    @property
    def label(self) -> Label:
        return _STATES[self]


_STATES = {
    State.OPEN: Label("Öppet", "Open"),
    State.INVITED: Label("Inbjudet", "Invited"),
    State.DISABLED: Label("Stängt", "Closed"),
}


@dataclass(frozen=True)
class Search:
    """Which accounts are wanted: those that fit everything that is said. ``unit`` is a slug, ``-`` or nothing."""

    name: str = ""
    organisation: Organisation | None = None
    unit: str = ""
    role: Role | None = None
    state: State | None = None


@dataclass(frozen=True)
class Placing:
    """Where an account belongs and what it may do."""

    organisation: Organisation
    role: Role
    unit: str

    @property
    def word(self) -> str:
        """All of it in one word, to tell whether it is still the same."""
        return "/".join((self.organisation, self.role, self.unit))


@dataclass(frozen=True)
class AccountRow:
    """One account in the list; ``waiting`` entries were left on its devices when they last sent any."""

    id: int
    name: str
    placing: Placing
    state: State
    last_seen_at: datetime | None
    waiting: int


@dataclass(frozen=True)
class Person(AccountRow):
    """One account, with what only its own page shows. ``link_ends_at`` is there while a link to it works."""

    created_at: datetime
    link_ends_at: datetime | None
    email: str | None
