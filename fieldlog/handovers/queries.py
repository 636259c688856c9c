"""Reading handovers from the entries: nothing of them is kept twice."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog import codes
from fieldlog.actors import Actor, Role
from fieldlog.clock import local_day
from fieldlog.database import table
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import RulesByDay, is_current, linked, readable
from fieldlog.handovers.models import OUTCOME, SHOWN_FOR, Handover, HandoverCode, is_yes
from fieldlog.kinds import KINDS
from fieldlog.waiting.queries import waiting_yeses

MOST_CLOSED = 50

_CODE = table(HandoverCode).c


def may_answer(by: Actor) -> bool:
    """Whether ``by`` sees handovers and answers them: social services, and of them nobody who only administrates."""
    return by.organisation in KINDS[OUTCOME].logged_by and by.role != Role.ADMINISTRATOR


def codes_of(session: Session, origins: Iterable[UUID]) -> dict[UUID, str]:
    """The codes of these entries, as people see them."""
    wanted = list(origins)
    rows = session.execute(select(_CODE.entry_id, _CODE.code).where(_CODE.entry_id.in_(wanted))) if wanted else ()
    return {origin: codes.spoken(code) for origin, code in rows}


def codes_of_versions(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The codes of those among these versions that are yeses, by the version."""
    wanted = list(ids)
    yeses = [one for one in session.scalars(select(Entry).where(Entry.id.in_(wanted))) if is_yes(one)] if wanted else []
    known = codes_of(session, [one.origin_id for one in yeses])
    return {one.id: known[one.origin_id] for one in yeses if one.origin_id in known}


def codes_to_write(session: Session, entries: Iterable[Entry], now: datetime) -> dict[UUID, str]:
    """The codes of those among the entries, which the reader may read, that are yeses of the last seven days."""
    fresh = [one.origin_id for one in entries if is_yes(one) and now - one.happened_at < SHOWN_FOR]
    return codes_of(session, fresh)


def waiting(session: Session, municipality: str) -> list[Handover]:
    """The yeses that nobody has answered, the oldest first."""
    offers = session.scalars(select(Entry).where(Entry.id.in_(waiting_yeses(municipality).with_only_columns(Entry.id))))
    return sorted(_handovers(session, municipality, offers.all()), key=lambda one: (one.said_at, one.id))


def closed(session: Session, municipality: str) -> list[Handover]:
    """The latest that were answered, those whose yes was taken back afterwards too; the latest answer first."""
    answers = select(Entry).where(Entry.municipality == municipality, Entry.kind == OUTCOME, ~Entry.is_void)
    latest = session.scalars(answers.where(is_current()).order_by(Entry.happened_at.desc()).limit(MOST_CLOSED)).all()
    offers = select(Entry).where(Entry.origin_id.in_([one.linked_id for one in latest]), is_current())
    by_offer = {one.id: one for one in _handovers(session, municipality, session.scalars(offers).all())}
    return [by_offer[one.linked_id] for one in latest if one.linked_id in by_offer]


def with_code(session: Session, municipality: str, code: str) -> Handover | None:
    """The handover that has the code, whatever became of it."""
    of_code = select(_CODE.entry_id).where(_CODE.code == code, _CODE.municipality == municipality)
    origin = session.scalar(of_code)
    return handover(session, municipality, origin) if origin else None


def handover(session: Session, municipality: str, origin: UUID) -> Handover | None:
    """The handover of a yes; one that was taken back only if it had been answered."""
    offers = session.scalars(
        select(Entry).where(Entry.origin_id == origin, Entry.municipality == municipality, is_current())
    ).all()
    found = _handovers(session, municipality, offers)
    return next((one for one in found if one.outcome or not one.is_withdrawn), None)


def missing_forms(session: Session, by: Actor, now: datetime) -> list[Handover]:
    """The yeses that ``by`` may read whose form social services lack, while there is time to find it."""
    since = now - SHOWN_FOR
    answers = select(Entry).where(Entry.municipality == by.municipality, Entry.kind == OUTCOME, ~Entry.is_void)
    recent = session.scalars(answers.where(Entry.happened_at > since, is_current())).all()
    origins = [one.linked_id for one in recent]
    if not origins:
        return []
    offers = session.scalars(select(Entry).where(Entry.origin_id.in_(origins), is_current(), readable(by)))
    found = _handovers(session, by.municipality, offers.all())
    return sorted((one for one in found if one.form_by), key=lambda one: one.said_at)


def _handovers(session: Session, municipality: str, offers: Sequence[Entry]) -> list[Handover]:
    """Each of these current offers as a handover: three questions of the database, however many there are."""
    if not offers:
        return []
    origins = [offer.origin_id for offer in offers]
    known, rules = codes_of(session, origins), RulesByDay(session, municipality)
    answers = {answer.linked_id: answer for answer in linked(session, origins) if answer.kind == OUTCOME}
    return [
        Handover(
            id=offer.origin_id,
            code=known.get(offer.origin_id, ""),
            area=offer.area,
            unit=offer.unit,
            said_at=offer.happened_at,
            received_at=offer.received_at,
            is_doubtful=offer.doubtful_time,
            due_at=rules.on(local_day(offer.happened_at)).answer_by(offer.happened_at),
            outcome=answers.get(offer.origin_id),
            is_withdrawn=not is_yes(offer),
        )
        for offer in offers
    ]
