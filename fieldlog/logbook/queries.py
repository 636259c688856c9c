"""What the pages about logged entries show, read as plain values so that no page queries while it renders."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation
from fieldlog.clock import local
from fieldlog.entries import queries as entries
from fieldlog.entries.forms import ABOUT, AREA, REASON, TIME
from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import state
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

MOST_REFUSED = 20
LOGGED, CORRECTED, VOIDED = Label("Loggad", "Logged"), Label("Rättad", "Corrected"), Label("Makulerad", "Voided")
NOT_FILLED = Label("ej ifyllt", "not filled in")
YOU = Label("du", "you")


@dataclass(frozen=True)
class Change:
    """One version in an entry's history: what was done, why, and what it changed (field, before, after).

    ``is_merge``: it was voided since another entry tells of the same work.
    """

    id: UUID
    received_at: datetime
    what: Label
    reason: Label | None
    explanation: str | None
    is_merge: bool
    changes: Sequence[tuple[Label, Label, Label]]


@dataclass(frozen=True)
class Detail:
    """An entry with all that ``by`` may read of it. ``note_hidden``: another organisation's note was left out.

    ``merged_into`` is the entry that tells of the same work, if ``by`` may read that one.
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


def detail(session: Session, entry: Entry, by: Actor, names: Mapping[str, str], units: Mapping[str, str]) -> Detail:
    """Everything about the current version ``entry`` that ``by`` may read, its history included."""
    kind = KINDS[entry.kind]
    hidden = entries.hidden(entry, by)
    versions = entries.history(session, entry.origin_id)
    merged_into = entries.current(session, entry.merged_into_id, by) if entry.merged_into_id else None
    return Detail(
        id=entry.origin_id,
        version=entry,
        kind=kind,
        happened_at=entry.happened_at,
        saved_at=entry.saved_at,
        received_at=versions[0].received_at,
        place=entry.answers.get("place") or "",
        area_name=names.get(entry.area, ""),
        unit=units.get(entry.unit, ""),
        author=YOU if entry.author_id == by.account else Organisation(entry.organisation).label,
        answers=_answers(kind, entry, hidden),
        state=state(entry),
        merged_into=merged_into.origin_id if merged_into else None,
        may_change=not entry.is_void and entries.may_change(entry, by),
        note_hidden=bool(hidden and entry.answers.get("note")),
        history=[
            _change(kind, before, after, hidden, names)
            for before, after in zip([None, *versions], versions, strict=False)
        ],
    )


def _answers(kind: Kind, entry: Entry, hidden: Collection[str]) -> list[tuple[Label, Label]]:
    read = [
        (part.label, part.text(entry.answers.get(name))) for name, part in kind.fields.items() if name not in hidden
    ]
    return [(label, text) for label, text in read if text]


def _change(
    kind: Kind, before: Entry | None, after: Entry, hidden: Collection[str], names: Mapping[str, str]
) -> Change:
    changes = []
    if before:
        old, new = (dict(_facts(kind, version, hidden, names)) for version in (before, after))
        changes = [(label, old.get(label, NOT_FILLED), new.get(label, NOT_FILLED)) for label in old | new]
    what = VOIDED if after.is_void else CORRECTED if before else LOGGED
    reason = REASON.text(after.reason)
    explanation = after.explanation if not hidden else None
    changed = [one for one in changes if one[1] != one[2]]
    return Change(after.id, after.received_at, what, reason, explanation, after.merged_into_id is not None, changed)


def _facts(
    kind: Kind, version: Entry, hidden: Collection[str], names: Mapping[str, str]
) -> Iterator[tuple[Label, Label]]:
    when = local(version.happened_at).strftime("%Y-%m-%d %H:%M")
    yield TIME, Label(when, when)
    if version.area in names:
        yield AREA, Label(names[version.area], names[version.area])
    yield from _answers(kind, version, hidden)


def refused(session: Session, by: Actor) -> list[Refused]:
    """What of ``by``'s was refused and is neither mended nor discarded, the latest first."""
    rows = session.scalars(
        select(Refusal)
        .filter_by(account_id=by.account, settled_at=None)
        .order_by(Refusal.id.desc())
        .limit(MOST_REFUSED)
    ).all()
    versions = {row.id: _version(row) for row in rows}
    known = select(Entry.id, Entry.origin_id).where(Entry.id.in_([one for one in versions.values() if one]))
    origins = dict(session.execute(known.where(Entry.author_id == by.account)).all())
    return [_refused(row, versions[row.id], origins) for row in rows]


def _version(row: Refusal) -> UUID | None:
    """The stored version that the attempt was about: the one it corrects, or the one that has its id already."""
    replaced = row.item.get("replaces")
    return UUID(replaced) if replaced else row.entry_id if "id" in row.reasons else None


def _refused(row: Refusal, version: UUID | None, origins: Mapping[UUID, UUID]) -> Refused:
    kind = KINDS.get(row.item["kind"])
    can_mend = bool(kind and kind.has_form and version is None)
    corrects = origins.get(version) if version else None
    return Refused(row.id, row.entry_id, kind, row.received_at, refused_for(row), can_mend, corrects)


def refused_for(row: Refusal) -> list[tuple[Label | None, Label]]:
    """Why an attempt was refused: (what it is about, or None; why)."""
    kind = KINDS.get(row.item["kind"])
    about = {name: part.label for name, part in kind.fields.items()} if kind else {}
    return [(about.get(name, ABOUT.get(name)), Label(*reason)) for name, reason in row.reasons.items()]
