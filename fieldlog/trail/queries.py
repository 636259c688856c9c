"""Searching the audit log: everybody is shown what they may know of it, and no more."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account, Device
from fieldlog.accounts.queries import Person, people, units
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.areas.queries import areas
from fieldlog.audit.models import AuditEvent
from fieldlog.clock import day_bounds
from fieldlog.counting.queries import in_words
from fieldlog.database import Moment
from fieldlog.entries import queries as entries
from fieldlog.entries.forms import REASON
from fieldlog.entries.models import Entry
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.logbook.models import Pair
from fieldlog.logbook.queries import compared
from fieldlog.trail.models import ABOUT_THE_PROGRAMME, DETAILS, FIELDS, THROUGH_LINKS, Happening, Search, actions_for

COMMAND_LINE, STRANGER = Label("kommandoraden", "the command line"), Label("okänd person", "a stranger")
YES, NO = Label("Ja", "Yes"), Label("Nej", "No")
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
LINK = Label("en ansvarigs länk", "a responsible's link")
LABELLED: dict[str, type[Organisation] | type[Role]] = {"organisation": Organisation, "role": Role}


def colleagues(session: Session, by: Actor) -> list[tuple[str, str]]:
    """The accounts of ``by``'s organisation, closed ones too: (number, name)."""
    own = select(Account.id, Account.name).filter_by(municipality=by.municipality, organisation=by.organisation)
    return [(str(number), name) for number, name in session.execute(own.order_by(Account.name))]


def search(
    session: Session, by: Actor, wanted: Search, *, before: tuple[datetime, int] | None, limit: int
) -> Sequence[AuditEvent]:
    """The events that ``by`` searches for, the latest first; those about entries are still to be held back."""
    start, end = day_bounds(wanted.first)[0], day_bounds(wanted.last)[1]
    shown = [wanted.action] if wanted.action else list(actions_for(by.role))
    query = select(AuditEvent).where(AuditEvent.municipality == by.municipality, AuditEvent.action.in_(shown))
    query = query.where(AuditEvent.at >= start, AuditEvent.at < end)
    if by.role != Role.ADMINISTRATOR:
        own = select(Account.id).filter_by(municipality=by.municipality, organisation=by.organisation)
        open_to_all = AuditEvent.action.in_([*ABOUT_THE_PROGRAMME, *THROUGH_LINKS])
        query = query.where(or_(AuditEvent.account.in_(own), open_to_all, _is_about_joint_work(by)))
    if wanted.person:
        query = query.where(AuditEvent.account == int(wanted.person))
    if wanted.subject:
        query = query.where(_about(session, wanted.subject))
    if before:
        place = tuple_(literal(before[0], Moment()), literal(before[1]))
        query = query.where(tuple_(AuditEvent.at, AuditEvent.id) < place)
    return session.scalars(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(limit)).all()


def _is_about_joint_work(by: Actor) -> ColumnElement[bool]:
    """The condition that an event is about an entry that ``by`` reads and others took part in, whoever did it."""
    joint = select(_digits(cast(Entry.origin_id, String))).where(
        entries.readable(by), Entry.took_part != f" {by.organisation} "
    )
    named = _digits(func.substr(AuditEvent.subject, len("entry:") + 1))
    return and_(AuditEvent.subject.startswith("entry:"), named.in_(joint))


def _digits(identity: ColumnElement[str]) -> ColumnElement[str]:
    """An id in words without its hyphens: SQLite keeps none."""
    return func.replace(identity, "-", "")


def _about(session: Session, subject: str) -> ColumnElement[bool]:
    """The condition that an event is about that; of an entry also about one of its versions, or it and another."""
    if not (origin := _number(subject, "entry", UUID)):
        return AuditEvent.subject == subject
    versions = session.scalars(select(Entry.id).where(Entry.origin_id == origin))
    either = AuditEvent.subject.in_([subject, *(f"entry:{version}" for version in versions)])
    return or_(either, AuditEvent.subject.like(f"pair:%{origin}%"))


def shown(session: Session, by: Actor, events: Sequence[AuditEvent]) -> list[Happening]:
    """The events as ``by`` may know them; one about an entry that ``by`` does not read is left out."""
    ids = {one for event in events for one in _entries(event.subject)}
    origins = dict(session.execute(select(Entry.id, Entry.origin_id).where(Entry.id.in_(ids))).all())
    about = {event.id: [origins.get(one, one) for one in _entries(event.subject)] for event in events}
    current = select(Entry.origin_id, Entry.kind).where(Entry.origin_id.in_({*origins.values()}), entries.is_current())
    read = {origin: KINDS[kind].label for origin, kind in session.execute(current.where(entries.readable(by)))}
    known = _Known(session, by, events)
    return [
        known.happening(event, {origin: read[origin] for origin in about[event.id]})
        for event in events
        if read.keys() >= {*about[event.id]}
    ]


class _Known:
    """Everything that the events name, fetched for all of them at once."""

    def __init__(self, session: Session, by: Actor, events: Iterable[AuditEvent]) -> None:
        self._by = by
        named = {number for event in events if (number := event.device or _number(event.subject, "device", int))}
        rows = session.execute(select(Device.id, Device.label, Device.account_id).where(Device.id.in_(named)))
        self._devices = {number: (label, owner) for number, label, owner in rows}
        accounts = {event.account for event in events} | {owner for _, owner in self._devices.values()}
        self._people = people(session, accounts | {_number(event.subject, "account", int) or 0 for event in events})
        self._areas = {area.slug: area.name for area in areas(session, by.municipality)}
        self._units = {unit.slug: unit.name for unit in units(session, by.municipality)}
        ids = [UUID(event.details["version"]) for event in events if "version" in event.details]
        self._versions = entries.versions(session, ids)
        replaced = {version.replaces_id for version in self._versions.values() if version.replaces_id}
        self._versions |= entries.versions(session, replaced)

    def happening(self, event: AuditEvent, of: Mapping[UUID, Label]) -> Happening:
        """What happened; ``of`` are the entries that it is about, and what each is."""
        version = self._versions.get(UUID(event.details["version"])) if "version" in event.details else None
        before = self._versions.get(version.replaces_id) if version and version.replaces_id else None
        pairs = compared(before, version, self._by, self._areas) if before and version else _sides(event.details)
        return Happening(
            at=event.at,
            what=actions_for(self._by.role)[event.action],
            who=self._who(event),
            device=self._device(event.device),
            subject=self._subject(event),
            entries=of,
            reason=REASON.text(event.details.get("reason")),
            details=[] if of else _details(event.details),
            changes=[pair for pair in pairs if pair.differs],
        )

    def _who(self, event: AuditEvent) -> Label:
        person = self._people.get(event.account)
        if person is None and event.action in THROUGH_LINKS:
            return LINK
        if person is None:
            return STRANGER if event.action == "sign-in-refused" else COMMAND_LINE
        return person.told(self._by, self._units)

    def _device(self, number: int | None) -> str:
        """What the device is called; nothing of another organisation's."""
        label, owner = self._devices.get(number or 0, ("", 0))
        return label if self._is_own(self._people.get(owner)) else ""

    def _subject(self, event: AuditEvent) -> Label:
        if account := self._people.get(_number(event.subject, "account", int) or 0):
            return account.told(self._by, self._units)
        if device := _number(event.subject, "device", int):
            label = self._device(device)
            return Label(label, label)
        sort, _, named = event.subject.partition(":")
        name = self._areas.get(named, named) if sort == "area" else named or sort
        return Label(name, name)

    def _is_own(self, person: Person | None) -> bool:
        return person is not None and person.organisation == self._by.organisation


def _number(subject: str, prefix: str, read: Any) -> Any:
    """What an event's subject names, if it is of that sort."""
    sort, _, named = subject.partition(":")
    try:
        return read(named) if sort == prefix else None
    except ValueError:
        return None


def _entries(subject: str) -> list[UUID]:
    """The entries that an event's subject names: one, by its own id or by a version's, or two."""
    both = _number(subject, "pair", lambda named: [UUID(one) for one in named.split(":")])
    return both or [one for one in [_number(subject, "entry", UUID)] if one]


def _details(details: dict[str, Any]) -> list[tuple[Label, Label]]:
    """What the event says beside that, as far as it is a word or a number."""
    said = [(name, value) for name, value in details.items() if isinstance(value, str | int) and value != ""]
    return [(DETAILS.get(name, Label(name, name)), _in_words(name, value)) for name, value in said]


def _sides(details: dict[str, Any]) -> list[Pair]:
    """What the event says was changed to what."""
    sides = [{name: _in_words(name, said) for name, said in details.get(at, {}).items()} for at in ("before", "after")]
    return [
        Pair(FIELDS.get(name.partition("-")[0], Label(name, name)), sides[0].get(name), said)
        for name, said in sides[1].items()
    ]


def _in_words(name: str, value: str | int) -> Label:
    """What a detail says: yes or no, a day, or what its slug is called."""
    if isinstance(value, bool):
        return YES if value else NO
    if name in LABELLED:
        return LABELLED[name](str(value)).label
    return in_words(date.fromisoformat(str(value))) if DAY.fullmatch(str(value)) else Label(str(value), str(value))
