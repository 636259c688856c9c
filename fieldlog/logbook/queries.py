"""Reading what the pages about logged entries show, before they render."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fieldlog.accounts.queries import Person, people
from fieldlog.actors import Actor
from fieldlog.clock import local, local_day
from fieldlog.entries import queries as entries
from fieldlog.entries.forms import ABOUT, AREA, REASON, TIME, Item, checked_answers
from fieldlog.entries.models import Entry
from fieldlog.handovers.queries import codes_to_write
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import Shown, shown, state
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.logbook.models import Change, Detail, Found, Pair, Refused, Search

MOST_REFUSED = 20
MOST_COUNTED = 10_000
LOGGED, CORRECTED, VOIDED = Label("Loggad", "Logged"), Label("Rättad", "Corrected"), Label("Makulerad", "Voided")

Names = Mapping[str, str]
"""What areas or units are called, by slug."""


def detail(session: Session, entry: Entry, by: Actor, names: Names, units: Names, *, now: datetime) -> Detail:
    """Everything about the current version ``entry`` that ``by`` may read, its history included."""
    kind = KINDS[entry.kind]
    hidden = entries.hidden(entry, by)
    versions = entries.history(session, entry.origin_id)
    writers = people(session, {version.account_id for version in versions})
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
        author=writers[entry.author_id].told(by, units),
        answers=_answers(kind, entry.answers, hidden),
        state=state(entry),
        merged_into=merged_into.origin_id if merged_into else None,
        may_change=not entry.is_void and entries.may_change(entry, by),
        note_hidden=bool(hidden and entry.answers.get("note")),
        code=codes_to_write(session, [entry], now).get(entry.origin_id, ""),
        history=[
            _change(before, after, by, writer=writers[after.account_id], names=names, units=units)
            for before, after in zip([None, *versions], versions, strict=False)
        ],
    )


def listed(session: Session, rows: Sequence[Entry], names: Names, now: datetime) -> list[Shown]:
    """The versions as rows of a list, with the codes that may have to be written on a form."""
    codes = codes_to_write(session, rows, now)
    return [replace(shown(row, names), code=codes.get(row.origin_id, "")) for row in rows]


def _answers(kind: Kind, answers: Mapping[str, Any], hidden: Collection[str]) -> list[tuple[Label, Label]]:
    read = [(part.label, part.text(answers.get(name))) for name, part in kind.fields.items() if name not in hidden]
    return [(label, text) for label, text in read if text]


def _change(before: Entry | None, after: Entry, by: Actor, *, writer: Person, names: Names, units: Names) -> Change:
    return Change(
        id=after.id,
        received_at=after.received_at,
        what=VOIDED if after.is_void else CORRECTED if before else LOGGED,
        who=writer.told(by, units),
        reason=REASON.text(after.reason),
        explanation=after.explanation if writer.organisation == by.organisation else None,
        changes=[pair for pair in compared(before, after, by, names) if pair.differs] if before else [],
        redacted_at=after.redacted_at,
        is_merge=after.merged_into_id is not None,
    )


def compared(before: Entry, after: Entry, by: Actor, names: Names) -> list[Pair]:
    """Every fact of two versions of an entry that ``by`` may read, side by side."""
    hidden = entries.hidden(after, by)
    return _pairs(*(_facts(one, one.answers, hidden, names) for one in (before, after)))


def compared_with(entry: Entry, item: Item, by: Actor, names: Names) -> list[Pair]:
    """The facts of a stored version beside those of a correction that is not stored yet."""
    hidden = entries.hidden(entry, by)
    answers, _ = checked_answers(KINDS[entry.kind], item, entry.organisation)
    return _pairs(_facts(entry, entry.answers, hidden, names), _facts(item, answers, hidden, names))


def _pairs(before: Iterator[tuple[Label, Label]], after: Iterator[tuple[Label, Label]]) -> list[Pair]:
    old, new = dict(before), dict(after)
    return [Pair(label, old.get(label), new.get(label)) for label in old | new]


def _facts(
    work: Entry | Item, answers: Mapping[str, Any], hidden: Collection[str], names: Names
) -> Iterator[tuple[Label, Label]]:
    when = local(work.happened_at).strftime("%Y-%m-%d %H:%M")
    yield TIME, Label(when, when)
    if work.area in names:
        yield AREA, Label(names[work.area], names[work.area])
    yield from _answers(KINDS[work.kind], answers, hidden)


def found(
    session: Session, by: Actor, search: Search, *, before: tuple[datetime, UUID] | None, limit: int
) -> Sequence[Entry]:
    """The current versions that ``by`` may read and searches for, voided ones too; the latest work first."""
    query = select(Entry).where(*_wanted(by, search))
    query = query.where(Entry.day <= local_day(before[0]), entries.earlier(before)) if before else query
    # By the day first: that is how the index has them.
    order = (Entry.day.desc(), Entry.happened_at.desc(), Entry.id.desc())
    return session.scalars(query.order_by(*order).limit(limit)).all()


def number_found(session: Session, by: Actor, search: Search) -> Found:
    """How many entries ``by`` may read and searches for, counted up to ``MOST_COUNTED``."""
    some = select(Entry.is_void).where(*_wanted(by, search)).limit(MOST_COUNTED + 1).subquery()
    numbers: dict[bool, int] = dict(
        session.execute(select(some.c.is_void, func.count()).group_by(some.c.is_void)).all()
    )
    return Found(numbers.get(False, 0), numbers.get(True, 0), sum(numbers.values()) <= MOST_COUNTED)


def _wanted(by: Actor, search: Search) -> list[ColumnElement[bool]]:
    wanted = [entries.readable(by), entries.is_current()]
    wanted += [Entry.day >= search.first] if search.first else []
    wanted += [Entry.day <= search.last] if search.last else []
    columns = ((Entry.kind, search.kind), (Entry.area, search.area), (Entry.unit, search.unit))
    return wanted + [column == slug for column, slug in columns if slug]


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
