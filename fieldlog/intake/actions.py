"""The one door: every entry comes in here, from a form, from a phone's outbox or from a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.queries import areas
from fieldlog.entries import actions as entries
from fieldlog.entries import queries
from fieldlog.entries.forms import EXPLANATION, REASON, Item, Limits, RefusedError
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.fields import Field, WrongAnswerError
from fieldlog.intake.models import Refusal, Result
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.programmes.queries import first_day
from fieldlog.tallies.actions import count
from fieldlog.texts import MASK, mask_all


def accept(session: Session, items: Sequence[Item], by: Actor, now: datetime) -> list[Result]:
    """Take the items in: check, store, audit and count each, on its own; answer each in the order sent.

    ``accepted`` is stored and counted with this transaction; ``already`` was so before; ``waiting`` needs an entry that
    has not come; ``refused`` is kept with its reasons. One bad item never sinks the others.
    """
    limits = Limits(
        areas={area.slug for area in areas(session, by.municipality)}, first_day=first_day(session, by.municipality)
    )
    entries.hold(session, items)
    taken = {place: _take(session, items[place], by, limits, now) for place in _order(items)}
    if written := [entry for _, entry in taken.values() if entry]:
        count(session, written)
        _settle(session, [entry.id for entry in written], by, now)
    results = [taken[place][0] for place in range(len(items))]
    for item, result in zip(items, results, strict=True):
        if result.outcome == "refused":
            _keep_refusal(session, item, result, by, now)
    return results


def refuse(
    session: Session, item: Item, by: Actor, now: datetime, *, sent: Any, reasons: Mapping[str, Label]
) -> Result:
    """Refuse what was ``sent`` and cannot be read as an item: it is kept whole, and ``item`` is what could be read."""
    result = Result(item.id, "refused", reasons)
    _keep_refusal(session, item, result, by, now, sent=mask_all(sent))
    return result


def _order(items: Sequence[Item]) -> list[int]:
    """Originals first, then what links to them, then corrections, each after what it corrects; otherwise as sent.

    Originals come in the order of their ids: two requests with the same ones then never wait for each other in a ring.
    """
    sent = {item.id: item for item in items}

    def rank(place: int) -> tuple[int, bool, int]:
        item = items[place]
        kind, generation = KINDS.get(item.kind), _generation(item, sent)
        return generation, bool(kind and kind.link), place if generation else item.id.int

    return sorted(range(len(items)), key=rank)


def _generation(item: Item, sent: Mapping[UUID, Item]) -> int:
    """How many corrections lie between the item and an original, as far as they are in what was sent."""
    corrections, earlier = set(), item
    while earlier.replaces and earlier.id not in corrections:
        corrections.add(earlier.id)
        earlier = sent.get(earlier.replaces, earlier)
    return len(corrections)


def _take(session: Session, item: Item, by: Actor, limits: Limits, now: datetime) -> tuple[Result, Entry | None]:
    """The answer to one item, and the version that was stored for it."""
    known = session.get(Entry, item.id)
    if known is None:
        try:
            with session.begin_nested():
                entry = entries.record(session, item, by, limits, now)
            return Result(item.id, "accepted"), entry
        except RefusedError as refused:
            return Result(item.id, "refused", refused.reasons), None
        except entries.WaitingError:
            return Result(item.id, "waiting"), None
        except IntegrityError:
            # Another request stored the same id, or another correction of the same version, since we looked.
            known = session.get(Entry, item.id, populate_existing=True)
    if known is None:
        return Result(item.id, "refused", {"replaces": entries.STALE}), None
    if entries.is_same(known, item, by):
        return Result(item.id, "already"), None
    return Result(item.id, "refused", {"id": entries.TAKEN}), None


def _settle(session: Session, ids: Iterable[UUID], by: Actor, now: datetime) -> None:
    mended = update(Refusal).where(Refusal.entry_id.in_(ids), Refusal.account_id == by.account)
    session.execute(mended.where(Refusal.settled_at.is_(None)).values(settled_at=now))


def _keep_refusal(session: Session, item: Item, result: Result, by: Actor, now: datetime, **whole: Any) -> None:
    """Keep what was refused, once however often it is sent again."""
    sent, reasons = mask_all(item.to_json()) | whole, mask_all(dict(result.reasons))
    # The figures of an id can look like a personal number: it stays what it is.
    sent |= {"id": str(item.id)} | ({"replaces": str(item.replaces)} if item.replaces else {})
    open_ones = select(Refusal).filter_by(entry_id=item.id, account_id=by.account, settled_at=None)
    for earlier in session.scalars(open_ones):
        if all(earlier.item.get(part) == sent.get(part) for part in ("answers", "kind", "sent")):
            earlier.item, earlier.reasons = sent, reasons
            return
    session.add(
        Refusal(
            municipality=by.municipality, entry_id=item.id, account_id=by.account, received_at=now, item=sent,
            reasons=reasons,
        )
    )  # fmt: skip


def discard(session: Session, refusal_id: int, by: Actor, now: datetime) -> bool:
    """Put the refusal away on purpose; it stays stored. False when ``by`` has no such refusal."""
    refusal = session.get(Refusal, refusal_id)
    if refusal is None or refusal.account_id != by.account:
        return False
    refusal.settled_at = refusal.settled_at or now
    return True


def redact(session: Session, entry_id: UUID, by: Actor, now: datetime) -> int:
    """Black out the free text of an entry wherever it is kept: every version, and every refusal of it or a correction.

    Returns how many versions and refusals held one. Raises LookupError when nothing has the id.
    """
    entry = session.get(Entry, entry_id)
    ids = {version.id for version in queries.history(session, entry.origin_id)} if entry else {entry_id}
    corrects = Refusal.item["replaces"].as_string().in_([str(one) for one in ids])
    refusals = session.scalars(select(Refusal).where(or_(Refusal.entry_id.in_(ids), corrects))).all()
    if entry is None and not refusals:
        raise LookupError(f"no entry and no refused attempt has the id {entry_id}")
    known = {area.slug for area in areas(session, by.municipality)}
    blanked = sum(_blank(refusal, known) for refusal in refusals)
    return blanked + (entries.redact(session, entry.origin_id, by, now) if entry else 0)


def _blank(refusal: Refusal, known_areas: Collection[str]) -> bool:
    """Black out whatever somebody may have written in a refused attempt: even a count can hold a text."""
    item = refusal.item
    kind = KINDS.get(item["kind"])
    parts = kind.fields if kind else {}
    blanked = item | {
        "kind": item["kind"] if kind else MASK,
        "area": item["area"] if item["area"] in known_areas else NO_AREA,
        "reason": item.get("reason") if REASON.text(item.get("reason")) else None,
        "explanation": EXPLANATION.blank(item.get("explanation")),
        "answers": {name: _blank_answer(parts[name], sent) for name, sent in item["answers"].items() if name in parts},
    }
    if "sent" in item:
        blanked["sent"] = MASK
    names = parts.keys() | item.keys()
    reasons = {name: reason for name, reason in refusal.reasons.items() if name in names}
    changed = (blanked, reasons) != (item, refusal.reasons)
    refusal.item, refusal.reasons = blanked, reasons
    return changed


def _blank_answer(part: Field, sent: Any) -> Any:
    if sent is None or isinstance(sent, int | float):
        return sent
    try:
        return part.blank(part.check(sent))
    except WrongAnswerError:
        return MASK
