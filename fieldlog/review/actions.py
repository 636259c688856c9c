"""Deciding what needed an eye: looked at, two different things, one and the same, a day done with."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Device
from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.clock import local_day
from fieldlog.database import dialect_of, insert_into
from fieldlog.entries import queries as entries
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.intake.actions import accept
from fieldlog.intake.models import Refusal
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.review import queries
from fieldlog.review.forms import DUPLICATE, pair_of, phone
from fieldlog.review.models import EVERYBODY, UNTOUCHED, Review, ReviewedDay, Touched

MOST_NUMBER = 2**31 - 1


class NotMergedError(Exception):
    """The two stay as they were, since the door refused a part of it, with its reasons by field."""

    def __init__(self, reasons: Mapping[str, Label]) -> None:
        super().__init__(", ".join(f"{name}: {reason.en}" for name, reason in reasons.items()))
        self.reasons = dict(reasons)

    @property
    def words(self) -> Label:
        return Label.join(" ", list(self.reasons.values()))


class ChangedError(Exception):
    """What was to be marked is not what the supervisor saw: something came in meanwhile, or is still to come."""


def see(session: Session, what: str, by: Actor, now: datetime) -> None:
    """Remember that ``by``'s organisation has looked at what a subject names.

    Raises ValueError for what no subject looks like, and LookupError for what ``by`` has no such thing of.
    """
    sort, _, named = what.partition(":")
    if sort not in _KNOWN:
        raise ValueError(f"nothing that is reviewed is called {sort}")
    subject = _KNOWN[sort](session, named, by)
    if subject is None:
        raise LookupError(f"account {by.account} has no such {sort} to review")
    _remember(session, subject, "seen", by, now)


def _version(session: Session, named: str, by: Actor) -> str | None:
    found = session.scalar(select(Entry.id).where(Entry.id == UUID(named), entries.readable(by)))
    return f"entry:{found}" if found else None


def _refusal(session: Session, named: str, by: Actor) -> str | None:
    found = session.scalars(queries.own_refusals(by).where(Refusal.id == _number(named))).first()
    return f"refusal:{found.id}" if found else None


def _phone(session: Session, named: str, by: Actor) -> str | None:
    number, _, since = named.partition(":")
    found = session.scalars(queries.own_phones(by).where(Device.id == _number(number))).first()
    return phone(found) if found and phone(found) == f"phone:{number}:{since}" else None


def _number(typed: str) -> int:
    if not 0 < int(typed) <= MOST_NUMBER:
        raise ValueError("a number that no database takes")
    return int(typed)


_KNOWN: Mapping[str, Callable[[Session, str, Actor], str | None]] = {
    "entry": _version,
    "refusal": _refusal,
    "phone": _phone,
}


def tell_apart(session: Session, one: Entry, other: Entry, by: Actor, now: datetime) -> None:
    """Remember that the two entries, which ``by`` reads, tell of different work."""
    _remember(session, pair_of(one.origin_id, other.origin_id), "different", by, now)


def merge(session: Session, kept: Item, voided: Item, by: Actor, now: datetime) -> None:
    """Make the two one: correct the first, void the second, and link to the first what was linked to the second.

    All of it or nothing: raises NotMergedError, and then nothing of the transaction may stay.
    """
    entries.hold(session, [kept, voided])
    second = session.get_one(Entry, voided.replaces)
    linked = entries.linked(session, [second.origin_id])
    items = [kept, voided, *(_linked_anew(one, voided.merged_into, now) for one in linked)]
    results = accept(session, items, by, now)
    for result in results:
        if result.outcome not in {"accepted", "already"}:
            raise NotMergedError(result.reasons)
    if voided.merged_into and results[0].outcome == "accepted":
        _remember(session, pair_of(voided.merged_into, second.origin_id), "merged", by, now)


def _linked_anew(one: Entry, to: UUID | None, now: datetime) -> Item:
    link = KINDS[one.kind].link
    answers = one.answers | ({link.name: str(to)} if link else {})
    return Item(
        id=new_id(now), kind=one.kind, happened_at=one.happened_at, saved_at=now, area=one.area, answers=answers,
        replaces=one.id, reason=DUPLICATE,
    )  # fmt: skip


def _remember(session: Session, subject: str, outcome: str, by: Actor, now: datetime) -> None:
    """Keep the first decision about the subject: of two entries for everybody, otherwise for one organisation."""
    whose = by.organisation if outcome == "seen" else EVERYBODY
    row = {"municipality": by.municipality, "organisation": whose, "subject": subject}
    insert = insert_into(Review, dialect_of(session)).on_conflict_do_nothing().returning(Review.subject)
    if session.execute(insert, row | {"outcome": outcome, "account_id": by.account, "at": now}).first():
        sort, _, named = subject.partition(":")
        version = session.get_one(Entry, UUID(named)) if sort == "entry" else None
        about, seen = (f"entry:{version.origin_id}", {"seen": named}) if version else (subject, {})
        note(session, by, now, f"review-{outcome}", about, **seen)


def mark(session: Session, seen: Mapping[date, Touched], by: Actor, now: datetime) -> None:
    """Mark the days as reviewed by ``by``'s organisation, as they were seen. Raises ChangedError."""
    found = queries.touched(session, by, seen)
    if not seen or max(seen) >= local_day(now) or any(found.get(day, UNTOUCHED) != seen[day] for day in seen):
        raise ChangedError
    insert = insert_into(ReviewedDay, dialect_of(session))
    fresh = {name: insert.excluded[name] for name in ("account_id", "at", *Touched._fields)}
    upsert = insert.on_conflict_do_update(index_elements=["municipality", "organisation", "day"], set_=fresh)
    whose = {"municipality": by.municipality, "organisation": by.organisation, "account_id": by.account, "at": now}
    session.execute(upsert, [whose | {"day": day} | seen[day]._asdict() for day in sorted(seen)])
    days = [day.isoformat() for day in sorted(seen)]
    note(session, by, now, "days-reviewed", f"days:{days[0]}", organisation=by.organisation, days=days)
