"""What the pages about logged entries show, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from fieldlog.entries.models import Entry
from fieldlog.kind import Kind
from fieldlog.labels import Label


class Pair(NamedTuple):
    """One fact of two versions, side by side; None where a version does not have it."""

    label: Label
    before: Label | None
    after: Label | None

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Change:
    """One version in an entry's history: what was done, by whom, why, and what it changed.

    ``explanation`` is told to the organisation whose words it is. ``redacted_at``: its texts were blacked out then.
    ``is_merge``: it was voided since another entry tells of the same work.
    """

    id: UUID
    received_at: datetime
    what: Label
    who: Label
    reason: Label | None
    explanation: str | None
    changes: Sequence[Pair]
    redacted_at: datetime | None
    is_merge: bool


@dataclass(frozen=True)
class Detail:
    """An entry with all that its reader may read of it. ``note_hidden``: another organisation's note was left out.

    ``merged_into`` is the entry that tells of the same work, if the reader may read that one.
    """

    id: UUID
    version: Entry
    kind: Kind
    happened_at: datetime
    saved_at: datetime
    received_at: datetime
    place: str
    area_name: str
    unit: str
    author: Label
    answers: Sequence[tuple[Label, Label]]
    state: str
    merged_into: UUID | None
    may_change: bool
    note_hidden: bool
    code: str
    history: Sequence[Change]


@dataclass(frozen=True)
class Refused:
    """A refused attempt with its reasons: (what it is about, or None; why).

    ``can_mend``: the form can be opened again as it was sent; ``corrects`` is the entry that it would have corrected.
    """

    id: int
    entry_id: UUID
    kind: Kind | None
    received_at: datetime
    reasons: Sequence[tuple[Label | None, Label]]
    can_mend: bool
    corrects: UUID | None


class Search(NamedTuple):
    """Which entries are looked for: days, and slugs. What is None or empty leaves nothing out."""

    first: date | None = None
    last: date | None = None
    kind: str = ""
    area: str = ""
    unit: str = ""


class Found(NamedTuple):
    """How many entries a search finds, counted up to a limit: those that count, and those that are voided."""

    counted: int
    voided: int
    is_all: bool
