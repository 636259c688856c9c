"""Reading entries: what is current, what somebody may read, which rules held on a day."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from fieldlog.actors import NO_UNIT, Actor, Role
from fieldlog.clock import local
from fieldlog.database import Moment
from fieldlog.entries.models import Entry, EntryAmount, RulesVersion
from fieldlog.kinds import KINDS
from fieldlog.measures import Circumstances, Rules


def is_current(version: type[Entry] = Entry) -> ColumnElement[bool]:
    """The condition that nothing replaces the version."""
    later = aliased(Entry)
    return ~select(later.id).where(later.replaces_id == version.id).exists()


def readable(by: Actor) -> ColumnElement[bool]:
    """The condition that ``by`` may read the row.

    Reporters read their own and their unit's, supervisors what their organisation made or took part in, and both
    only kinds that their organisation reads. Administrators read none.
    """
    if by.role == Role.ADMINISTRATOR:
        return false()
    kinds = [kind.slug for kind in KINDS.values() if by.organisation in kind.readers]
    if by.role == Role.SUPERVISOR:
        whose = Entry.took_part.contains(f" {by.organisation} ")
    else:
        whose = or_(Entry.author_id == by.account, and_(Entry.unit == by.unit, Entry.unit != NO_UNIT))
        whose = and_(Entry.organisation == by.organisation, whose)
    return and_(Entry.municipality == by.municipality, Entry.kind.in_(kinds), whose)


def may_change(entry: Entry, by: Actor) -> bool:
    """Whether ``by`` may correct or void the entry: its author, or a supervisor whose organisation took part in it."""
    if by.role == Role.SUPERVISOR:
        return entry.involves(by.organisation) and by.organisation in KINDS[entry.kind].readers
    return by.role == Role.REPORTER and entry.author_id == by.account


def hidden(entry: Entry, by: Actor) -> frozenset[str]:
    """The answers that ``by`` does not read: a joint entry's note belongs to the organisation that wrote it."""
    return frozenset() if entry.organisation == by.organisation else frozenset({"note"})


def current(session: Session, origin_id: UUID, by: Actor) -> Entry | None:
    """The current version, voided or not, of the entry that began as ``origin_id``, if ``by`` may read it."""
    return session.scalar(select(Entry).where(Entry.origin_id == origin_id, is_current(), readable(by)))


def history(session: Session, origin_id: UUID) -> list[Entry]:
    """Every version of the entry, the first one first."""
    versions = {
        version.replaces_id: version for version in session.scalars(select(Entry).filter_by(origin_id=origin_id))
    }
    ordered, next_one = [], versions.get(None)
    while next_one is not None:
        ordered.append(next_one)
        next_one = versions.get(next_one.id)
    return ordered


def mine(
    session: Session, by: Actor, *, before: tuple[datetime, UUID] | None, limit: int, kind: str = ""
) -> Sequence[Entry]:
    """The current versions, voided ones too, of what ``by`` logged; the latest work first.

    ``before`` is when the last one already read happened, and its version's id.
    """
    query = select(Entry).where(Entry.author_id == by.account, readable(by), is_current())
    query = (
        query.where(tuple_(Entry.happened_at, Entry.id) < tuple_(literal(before[0], Moment()), literal(before[1])))
        if before
        else query
    )
    query = query.where(Entry.kind == kind) if kind else query
    return session.scalars(query.order_by(Entry.happened_at.desc(), Entry.id.desc()).limit(limit)).all()


def linked(session: Session, origin_ids: Iterable[UUID]) -> Sequence[Entry]:
    """The current entries, not voided, that are linked to any of these."""
    wanted = list(origin_ids)
    if not wanted:
        return []
    return session.scalars(select(Entry).where(Entry.linked_id.in_(wanted), ~Entry.is_void, is_current())).all()


def ever_linked(session: Session, origin_ids: Iterable[UUID]) -> set[UUID]:
    """These entries, what any version of them was linked to, and whatever was ever linked to them."""
    wanted = set(origin_ids)
    if not wanted:
        return set()
    either = or_(Entry.origin_id.in_(wanted), Entry.linked_id.in_(wanted))
    pairs = session.execute(select(Entry.origin_id, Entry.linked_id).where(either))
    return wanted | {origin_id for pair in pairs for origin_id in pair if origin_id}


class RulesByDay:
    """The rules in force on each day of a municipality; before the first version, the defaults."""

    def __init__(self, session: Session, municipality: str) -> None:
        versions = session.scalars(
            select(RulesVersion).filter_by(municipality=municipality).order_by(RulesVersion.valid_from.desc())
        )
        self._versions = [(version.valid_from, Rules.from_json(version.rules)) for version in versions]

    def on(self, day: date) -> Rules:
        return next((rules for valid_from, rules in self._versions if valid_from <= day), Rules())


def amounts(session: Session, versions: Sequence[Entry]) -> dict[UUID, list[EntryAmount]]:
    """What each of these current versions yields, worked out anew from the rows. A voided one yields nothing.

    Asks the same few questions of the database however many versions there are.
    """
    with_link = {version.linked_id for version in versions if version.linked_id}
    targets = session.scalars(select(Entry).where(Entry.origin_id.in_(with_link), is_current())) if with_link else ()
    begins: dict[UUID | None, datetime] = {target.origin_id: local(target.happened_at) for target in targets}
    can_be_linked = {kind.link.to for kind in KINDS.values() if kind.link}
    origins = [version.origin_id for version in versions if version.kind in can_be_linked]
    linked_here = Counter(entry.linked_id for entry in linked(session, origins))
    rules = {name: RulesByDay(session, name) for name in {version.municipality for version in versions}}
    return {
        version.id: _yields(
            version, begins.get(version.linked_id), linked_here[version.origin_id], rules[version.municipality]
        )
        for version in versions
    }


def _yields(version: Entry, linked_begins: datetime | None, linked_here: int, rules: RulesByDay) -> list[EntryAmount]:
    if version.is_void:
        return []
    kind, begins = KINDS[version.kind], local(version.happened_at)
    counted = linked_begins if kind.counted_with_link and linked_begins else begins
    here = Circumstances(
        begins=begins,
        organisations=version.organisations,
        rules=rules.on(counted.date()),
        linked_begins=linked_begins,
        linked_here=linked_here,
    )
    return [
        EntryAmount(entry_id=version.id, measure=name, amount=amount, day=counted.date(), hour=counted.hour)
        for name, amount in kind.measure(version.answers, here).items()
    ]
