"""The one door: every entry comes in here, from a form, from a phone's outbox or from a file."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from fieldlog import codes
from fieldlog.actors import Actor
from fieldlog.areas import queries as areas
from fieldlog.clock import day_bounds
from fieldlog.database import COMING_IN, one_at_a_time
from fieldlog.entries import actions as entries
from fieldlog.entries import queries
from fieldlog.entries.forms import EXPLANATION, REASON, Item, Limits, RefusedError, Sent, WaitingError
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.fields import Field, WrongAnswerError
from fieldlog.findings import actions as findings
from fieldlog.handovers import actions as handovers
from fieldlog.handovers.models import is_yes
from fieldlog.intake.models import Batch, Publication, Refusal, Result
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.programmes.queries import first_day
from fieldlog.tallies.actions import count
from fieldlog.texts import MASK, mask_all

_LAST = select(func.max(Publication.through)).where(Publication.municipality == bindparam("place"))
_OPEN = select(Refusal).where(Refusal.entry_id.in_(bindparam("ids", expanding=True)), Refusal.settled_at.is_(None))


def accept(session: Session, items: Sequence[Item], by: Actor, now: datetime) -> list[Result]:
    """Take the items in: check, store, audit and count each, on its own; answer each in the order sent.

    ``accepted`` is stored and counted with this transaction; ``already`` was so before; ``waiting`` needs an entry that
    has not come; ``refused`` is kept with its reasons. One bad item never sinks the others.
    """
    return accept_all(session, [Batch(items, by, now)])[0]


def accept_all(session: Session, batches: Sequence[Batch]) -> list[list[Result]]:
    """The same for what several people send at the same time, in the order in which it came."""
    # Nobody publishes meanwhile: what a publication did not see comes in after it.
    one_at_a_time(session, COMING_IN, side_by_side=True)
    limits = {place: _limits(session, place) for place in {batch.by.municipality for batch in batches}}
    sent = [Sent(item, batch.by, batch.now, limits[batch.by.municipality]) for batch in batches for item in batch.items]
    queries.hold(session, [one.item for one in sent])
    taken = {one: answer for group in _in_turn(sent) for one, answer in _take(session, group).items()}
    if written := [version for _, version in taken.values() if version]:
        count(session, written)
        handovers.give(session, written)
        findings.follow(session, written)
        _settle(session, written)
    for one, (result, _) in taken.items():
        if result.outcome == "refused":
            _keep_refusal(session, one.item, result, one.by, one.now)
    answers = iter([taken[one][0] for one in sent])
    return [[next(answers) for _ in batch.items] for batch in batches]


def refuse(
    session: Session, item: Item, by: Actor, now: datetime, *, sent: Any, reasons: Mapping[str, Label]
) -> Result:
    """Refuse what was ``sent`` and cannot be read as an item: it is kept whole, and ``item`` is what could be read."""
    result = Result(item.id, "refused", reasons)
    _keep_refusal(session, item, result, by, now, sent=mask_all(sent))
    return result


def _limits(session: Session, municipality: str) -> Limits:
    return Limits(
        areas=areas.slugs(session, municipality),
        first_day=first_day(session, municipality),
        public_until=day_bounds(through)[1] if (through := session.scalar(_LAST, {"place": municipality})) else None,
    )


def _in_turn(sent: Sequence[Sent]) -> list[list[Sent]]:
    """What can be taken in together: all that stand alone, then each that links, then each after what it corrects."""
    items = {one.item.id: one.item for one in sent}
    alone = [one for one in sent if one.item.stands_alone]
    others = [one for one in sent if not one.item.stands_alone]
    return [alone, *([one] for one in sorted(others, key=lambda one: _generation(one.item, items)))]


def _generation(item: Item, sent: Mapping[UUID, Item]) -> int:
    """How many corrections lie between the item and an original, as far as they are in what was sent."""
    corrections, earlier = set(), item
    while earlier.replaces and earlier.id not in corrections:
        corrections.add(earlier.id)
        earlier = sent.get(earlier.replaces, earlier)
    return len(corrections)


def _take(session: Session, sent: Sequence[Sent]) -> dict[Sent, tuple[Result, Entry | None]]:
    """The answer to each, and the version that was stored for it."""
    taken: dict[Sent, tuple[Result, Entry | None]] = {}
    drafts: dict[Entry, Sent] = {}
    known = queries.versions(session, {one.item.id for one in sent})
    for one in sent:
        if one.item.id in known:
            taken[one] = _sent_again(known[one.item.id], one), None
            continue
        try:
            version = entries.draft(session, one)
            code = one.item.code or _code_refused(session, version)
            handovers.claim(session, version, code, one.by, one.now)
            drafts[version] = one
        except RefusedError as refused:
            taken[one] = Result(one.item.id, "refused", refused.reasons), None
        except WaitingError as waiting:
            taken[one] = Result(one.item.id, "waiting", waiting.reasons), None
    stored = entries.store(session, drafts)
    meanwhile = queries.versions(session, {version.id for version in drafts if version not in stored})
    for version, one in drafts.items():
        if version in stored:
            taken[one] = Result(version.id, "accepted"), version
        elif version.id in meanwhile:
            taken[one] = _sent_again(meanwhile[version.id], one), None
        else:
            taken[one] = Result(version.id, "refused", {"replaces": entries.STALE}), None
    return taken


def _code_refused(session: Session, version: Entry) -> str | None:
    """The code that stands on the form since the yes was refused, unless the code was at fault: pages send none."""
    if not is_yes(version):
        return None
    refused = session.scalars(_OPEN.where(Refusal.account_id == version.account_id), {"ids": [version.id]})
    return next((one.item.get("code") for one in refused if "code" not in one.reasons), None)


def _sent_again(known: Entry, sent: Sent) -> Result:
    if entries.is_same(known, sent.item, sent.by):
        return Result(known.id, "already")
    return Result(known.id, "refused", {"id": entries.TAKEN})


def _settle(session: Session, written: Iterable[Entry]) -> None:
    """What was refused before and came in after all needs nobody's attention any more."""
    versions = {version.id: version for version in written}
    for refusal in session.scalars(_OPEN, {"ids": list(versions)}):
        version = versions[refusal.entry_id]
        if refusal.account_id == version.account_id:
            refusal.settled_at = version.received_at


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


def discard_all(session: Session, entry_ids: Collection[UUID], by: Actor, now: datetime) -> None:
    """Put away what was refused of these entries, as far as ``by`` sent it."""
    if entry_ids:
        for refusal in session.scalars(_OPEN.where(Refusal.account_id == by.account), {"ids": list(entry_ids)}):
            refusal.settled_at = now


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
    known = areas.slugs(session, by.municipality)
    blanked = sum(_blank(refusal, known) for refusal in refusals)
    findings.redact(session, entry.origin_id if entry else entry_id)
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
    if "code" in item and not codes.read(item["code"]):
        blanked["code"] = MASK
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
