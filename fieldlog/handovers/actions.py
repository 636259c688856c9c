"""Reserving codes for phones, and giving each yes its own. The door alone calls ``claim`` and ``give``."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog import codes
from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.database import dialect_of, insert_into, table
from fieldlog.entries.forms import RefusedError
from fieldlog.entries.models import Entry
from fieldlog.handovers.models import OFFER, RESERVED, Handover, HandoverCode, is_yes
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

NO_CODE = Label("Koden är fel skriven.", "That is not how a code is written.")
OTHERS_CODE = Label("Koden hör till en annan överlämning.", "The code belongs to another handover.")

_CODE = table(HandoverCode).c


def reserve(session: Session, phones: Sequence[tuple[Actor, datetime]]) -> dict[int, list[str]]:
    """The codes that each phone may use where there is no coverage, by its number, made up to ``RESERVED``.

    Only for those who ask whether somebody wants help.
    """
    askers = {by.device: (by, now) for by, now in phones if by.organisation in KINDS[OFFER].logged_by and by.device}
    if not askers:
        return {}
    kept = defaultdict[int, list[str]](list)
    free = select(_CODE.device_id, _CODE.code).where(_CODE.device_id.in_(askers), _CODE.entry_id.is_(None))
    for device, code in session.execute(free.order_by(_CODE.reserved_at, _CODE.code)):
        kept[device].append(codes.spoken(code))
    for device, (by, now) in askers.items():
        for _ in range(RESERVED - len(kept[device])):
            kept[device].append(codes.spoken(_new(session, _of(by, now))))
    return kept


def claim(session: Session, version: Entry, sent: str | None, by: Actor, now: datetime) -> None:
    """Give the yes the code that the officer already wrote on the form. Raises RefusedError.

    A code that nobody knows is taken: a server that was restored has forgotten what it reserved. So is one of another
    phone of the same person. An entry that has its code keeps that one.
    """
    if sent is None or not is_yes(version):
        return
    code = codes.read(sent)
    if code is None:
        raise RefusedError({"code": NO_CODE})
    if session.scalar(select(_CODE.code).where(_CODE.entry_id == version.origin_id)):
        return
    known = session.get(HandoverCode, code, with_for_update=True)
    if known is None:
        if not _store(session, _of(by, now, version.origin_id), code):
            raise RefusedError({"code": OTHERS_CODE})
    elif known.account_id != by.account or known.entry_id is not None:
        raise RefusedError({"code": OTHERS_CODE})
    else:
        known.entry_id = version.origin_id
        session.flush()


def give(session: Session, written: Iterable[Entry]) -> None:
    """Give every yes among the versions just written a code, if it came without one."""
    yeses = {version.origin_id: version for version in written if is_yes(version)}
    if not yeses:
        return
    have = set(session.scalars(select(_CODE.entry_id).where(_CODE.entry_id.in_(yeses))))
    for origin, yes in sorted(yeses.items()):
        if origin not in have:
            whose = {"municipality": yes.municipality, "account_id": yes.account_id, "device_id": yes.device_id}
            _new(session, HandoverCode(**whose, reserved_at=yes.received_at, entry_id=origin))


def forget(session: Session, origins: Collection[UUID]) -> None:
    """Remove the codes of entries that are removed by decision."""
    for code in session.scalars(select(HandoverCode).where(HandoverCode.entry_id.in_(origins))):
        session.delete(code)


def note_look_up(session: Session, found: Handover | None, by: Actor, now: datetime) -> None:
    """Record that ``by`` looked a code up: which handover it led to, never what was typed."""
    subject = f"entry:{found.id}" if found else "code:-"
    note(session, by, now, "code-found" if found else "code-not-found", subject)


def _new(session: Session, whose: HandoverCode) -> str:
    while not _store(session, whose, code := codes.new_code()):
        pass
    return code


def _store(session: Session, whose: HandoverCode, code: str) -> bool:
    """Store the code; False when there is one like it."""
    row = {name: getattr(whose, name) for name in _CODE.keys()} | {"code": code}  # noqa: SIM118 - columns, no mapping
    new = insert_into(HandoverCode, dialect_of(session)).on_conflict_do_nothing().returning(_CODE.code)
    return session.scalar(new, row) is not None


def _of(by: Actor, now: datetime, entry: UUID | None = None) -> HandoverCode:
    """A code of the person's, still without its characters."""
    return HandoverCode(
        municipality=by.municipality, account_id=by.account, device_id=by.device, reserved_at=now, entry_id=entry
    )
