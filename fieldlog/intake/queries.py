"""What the pages for logging show, read as plain values so that no page queries while it renders."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries import queries as entries
from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.intake.models import Refusal
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS, logged_by
from fieldlog.labels import Label

USUAL_DAYS = timedelta(days=60)
LINKABLE_DAYS = timedelta(days=90)
MOST_LINKABLE = 20


@dataclass(frozen=True)
class Linkable:
    """An entry that wants others linked to it: how many it has, and how many are missing."""

    id: UUID
    happened_at: datetime
    area: str
    area_name: str
    place: str
    asked: int
    missing: int

    @property
    def suspected(self) -> int:
        return self.asked + self.missing


@dataclass(frozen=True)
class Shown:
    """An entry in a list. ``id`` is the entry's own, whatever its version."""

    id: UUID
    kind: Kind
    day: date
    happened_at: datetime
    place: str
    area_name: str
    summary: Label
    state: str


def shown(entry: Entry, names: Mapping[str, str]) -> Shown:
    """The version as a row of a list; ``names`` are the areas' by slug."""
    kind = KINDS[entry.kind]
    picked = [kind.fields[name] for name in kind.fields if kind.fields[name].type in {"choice", "choices", "count"}]
    parts = [part.brief(entry.answers.get(part.name)) for part in picked if part.name != "organisations"]
    return Shown(
        id=entry.origin_id,
        kind=kind,
        day=entry.day,
        happened_at=entry.happened_at,
        place=entry.answers.get("place") or "",
        area_name=names.get(entry.area, ""),
        summary=Label.join(", ", [part for part in parts if part]),
        state=state(entry),
    )


def state(entry: Entry) -> str:
    """What became of the entry: "sent", "corrected" or "voided"."""
    return "voided" if entry.is_void else "corrected" if entry.replaces_id else "sent"


def kinds_most_used_first(session: Session, by: Actor, now: datetime) -> list[Kind]:
    """The kinds that ``by`` logs; those that they used most in the last sixty days first."""
    query = select(Entry.kind, func.count()).where(
        Entry.author_id == by.account, Entry.happened_at > now - USUAL_DAYS, Entry.replaces_id.is_(None)
    )
    used = Counter(dict(session.execute(query.group_by(Entry.kind)).all()))
    return sorted(logged_by(by.organisation), key=lambda kind: -used[kind.slug])


def linkable(
    session: Session, by: Actor, now: datetime, names: Mapping[str, str], *, kind: Kind | None = None
) -> list[Linkable]:
    """The latest entries that want another entry of ``by``'s linked to them; of ``kind``, all that can be linked."""
    kinds = [kind] if kind else logged_by(by.organisation)
    links = [candidate.link for candidate in kinds if candidate.link]
    if not links:
        return []
    query = (
        select(Entry, EntryAmount.amount)
        .join(EntryAmount, EntryAmount.entry_id == Entry.id)
        .where(entries.readable(by), Entry.happened_at > now - LINKABLE_DAYS, entries.is_current(), ~Entry.is_void)
        .where(Entry.kind.in_([link.to for link in links]), EntryAmount.measure.in_([link.leaves for link in links]))
        .order_by(Entry.happened_at.desc())
        .limit(MOST_LINKABLE)
    )
    rows = session.execute(query if kind else query.where(EntryAmount.amount > 0)).all()
    linked = Counter(entry.linked_id for entry in entries.linked(session, [entry.origin_id for entry, _ in rows]))
    return [
        Linkable(
            id=entry.origin_id,
            happened_at=entry.happened_at,
            area=entry.area,
            area_name=names.get(entry.area, ""),
            place=entry.answers.get("place") or "",
            asked=linked[entry.origin_id],
            missing=missing,
        )
        for entry, missing in rows
    ]


def amounts(session: Session, entry: Entry) -> dict[str, int]:
    """What the version yields, by measure, as stored."""
    rows = session.execute(select(EntryAmount.measure, EntryAmount.amount).filter_by(entry_id=entry.id))
    return dict(rows.all())


def refusal(session: Session, refusal_id: int | None, by: Actor) -> Refusal | None:
    """One of ``by``'s refused attempts that is neither mended nor discarded."""
    return session.scalar(select(Refusal).filter_by(id=refusal_id, account_id=by.account, settled_at=None))


def open_refusals(session: Session, by: Actor) -> int:
    """How many of ``by``'s attempts were refused and are neither mended nor discarded."""
    return session.scalar(select(func.count(Refusal.id)).filter_by(account_id=by.account, settled_at=None)) or 0
