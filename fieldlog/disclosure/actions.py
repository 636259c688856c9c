"""Answering requests for documents, and removing what a decision says is to be removed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.clock import day_bounds, local_day
from fieldlog.database import one_at_a_time, table
from fieldlog.disclosure import queries
from fieldlog.disclosure.models import Copy, Decision, Disclosure, Place, ReleasedText, Removal
from fieldlog.entries.models import Entry, EntryAmount, RemovedLinks
from fieldlog.entries.queries import links_above
from fieldlog.exports import actions as exports
from fieldlog.exports.models import Export, Order
from fieldlog.findings import actions as findings
from fieldlog.handovers import actions as handovers
from fieldlog.handovers.queries import codes_of
from fieldlog.intake.models import Refusal
from fieldlog.kinds import KINDS
from fieldlog.photos import actions as photos
from fieldlog.publication.actions import publish
from fieldlog.tables.models import Selection
from fieldlog.tallies import actions as tallies

AT_ONCE = 500


class ReviewedMeanwhileError(Exception):
    """Somebody else decided otherwise on the texts at these ``places`` since they were shown."""

    def __init__(self, places: Collection[Place]) -> None:
        super().__init__(f"{len(places)} texts were reviewed meanwhile")
        self.places = places


def open_request(
    session: Session, selection: Selection, by: Actor, now: datetime, *, number: str, decided_by: str
) -> Disclosure:
    """Store a request, no text of which may go out yet."""
    opened = Disclosure(
        municipality=by.municipality, organisation=by.organisation.value, account_id=by.account, opened_at=now,
        number=number, decided_by=decided_by, wanted=selection.to_json(),
    )  # fmt: skip
    session.add(opened)
    session.flush()
    note(session, by, now, "request-opened", f"request:{opened.id}", number=number, kinds=list(selection.kinds))
    return opened


def review(
    session: Session, request: Disclosure, by: Actor, now: datetime, *, shown: Collection[Place],
    was: Collection[Place], released: Collection[Place],
) -> None:  # fmt: skip
    """Of the texts that were shown, let those in ``released`` go out and no other. The rest stays as it was.

    ``was`` are those that went out when they were shown. Raises ReviewedMeanwhileError, and changes nothing, where that
    would undo what somebody else decided since.
    """
    one_at_a_time(session)
    there = queries.released(session, request.id)
    if unseen := set(shown) & (there ^ set(was)) & (there ^ set(released)):
        raise ReviewedMeanwhileError(unseen)
    cells = table(ReleasedText).c
    for version, field in shown:
        session.execute(
            delete(ReleasedText).where(
                cells.disclosure_id == request.id, cells.version_id == UUID(version), cells.field == field
            )
        )
    fit = sorted(set(shown) & set(released))
    if fit:
        rows = [{"disclosure_id": request.id, "version_id": UUID(version), "field": field} for version, field in fit]
        session.execute(insert(table(ReleasedText)), rows)
    note(session, by, now, "texts-reviewed", f"request:{request.id}", shown=len(set(shown)), released=len(fit))


def note_copy(session: Session, copy: Copy, rows: int, by: Actor, now: datetime) -> None:
    """Record that a copy goes out."""
    note(
        session, by, now, "documents-disclosed", f"period:{copy.span.first}/{copy.span.last}", number=copy.number,
        organisation=by.organisation.value, kinds=list(copy.selection.kinds), rows=rows, texts=len(copy.released),
    )  # fmt: skip


def begin_copy(session: Session, copy: Copy, order: Order, by: Actor, now: datetime, *, rows: int) -> Export | None:
    """Begin the copy of the order's request, which then says when; None while ``by`` has an export on its way."""
    export = exports.begin(session, order, rows, by, now)
    if export:
        session.execute(update(Disclosure).where(Disclosure.id == order.request).values(handed_out_at=now))
        note_copy(session, copy, rows, by, now)
    return export


def writing(copy: Copy, now: datetime) -> exports.Fill:
    """What writes the copy's file."""

    def fill(session: Session, order: Order, by: Actor, file: IO[bytes], told: exports.Told) -> None:
        sheets = queries.copy(session, copy, by, now)
        # Only the rows count towards how far it is: not what was asked for, nor the record of what was decided.
        rows = list(exports.counted(sheets[1:-1], told))
        exports.write_sheets([sheets[0], *rows, sheets[-1]], order, file)

    return fill


def retain(
    session: Session, removes: Decision, by: Actor, now: datetime, *, carry_out: bool, delay_days: int = 1
) -> Removal:
    """Remove entries as a decision says; without ``carry_out``, only tell them.

    What has waited ``delay_days`` is published first: what is gone could not be any more, and is counted all the same.
    Their rows go: every version, what they yield, what was refused, and the codes of handovers. The tallies stay, and
    ``recount`` knows why: an entry that stays keeps the number of those that were linked to it. Raises ValueError for a
    day on which phones may still send what was sent already: they would bring it back.
    """
    if removes.before > local_day(now) - queries.STILL_SENT:
        days = queries.STILL_SENT.days
        raise ValueError(f"only what is older than {days} days can go: phones may still send it again")
    found = queries.removable(session, removes, by.municipality, now)
    removal = Removal(_by_kind(found.goes), _by_kind(found.stays), len(codes_of(session, found.goes)))
    if not carry_out:
        return removal
    publish(session, by.municipality, now, delay_days)
    # What links to others goes before them.
    ordered = sorted(found.goes.items(), key=lambda item: -links_above(KINDS[item[1]]))
    versions: list[str] = []
    for start in range(0, len(ordered), AT_ONCE):
        versions += _remove(session, [origin for origin, _ in ordered[start : start + AT_ONCE]], found.goes)
    end, _ = day_bounds(removes.before)
    refused = select(Refusal).where(Refusal.municipality == by.municipality, Refusal.received_at < end)
    for refusal in session.scalars(refused):
        if refusal.item.get("kind") in removes.kinds:
            session.delete(refusal)
    gone, kept = (sum(number.values()) for number in (removal.entries, removal.kept))
    note(
        session, by, now, "entries-removed", f"before:{removes.before}", decision=removes.number,
        kinds=list(removes.kinds), entries=gone, kept=kept, removed=versions,
    )  # fmt: skip
    return removal


def _remove(session: Session, origins: Sequence[UUID], all_going: Collection[UUID]) -> list[str]:
    """Remove whole entries, every version; their tallies are kept. The ids of what is gone, for the audit log."""
    handovers.forget(session, origins)
    versions = session.scalars(select(Entry).where(Entry.origin_id.in_(origins))).all()
    replaced = {version.replaces_id for version in versions}
    tallies.retain(session, [version for version in versions if version.id not in replaced])
    _keep_number(session, [one for one in versions if one.id not in replaced and not one.is_void], all_going)
    ids = [version.id for version in versions]
    session.flush()
    session.expunge_all()
    session.execute(delete(RemovedLinks).where(RemovedLinks.entry_id.in_(origins)))
    findings.forget(session, origins)
    session.execute(delete(table(EntryAmount)).where(table(EntryAmount).c.entry_id.in_(ids)))
    photos.forget(session, origins)
    session.execute(delete(table(Entry)).where(table(Entry).c.id.in_(ids)))
    return [str(id) for id in ids]


def _keep_number(session: Session, going: Sequence[Entry], all_going: Collection[UUID]) -> None:
    """Write down with each entry that stays how many linked to it go."""
    linked = Counter(one.linked_id for one in going if one.linked_id and one.linked_id not in all_going)
    for origin, number in linked.items():
        kept = session.get(RemovedLinks, origin) or RemovedLinks(entry_id=origin, number=0)
        kept.number += number
        session.add(kept)


def _by_kind(entries: Mapping[UUID, str]) -> dict[str, int]:
    return dict(Counter(entries.values()))
