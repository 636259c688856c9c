"""Reading entries: what is current, what somebody may read, which rules held on a day."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, false, literal, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from fieldlog.actors import NO_UNIT, Actor, Role
from fieldlog.clock import local
from fieldlog.database import Moment, table
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry, RemovedLinks, RulesVersion, Yielded
from fieldlog.fields import Link
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.measures import DEFAULTS, Circumstances, Rules

CAN_BE_LINKED = {kind.link.to for kind in KINDS.values() if kind.link}

_KNOWN = select(table(Entry).c.id).where(table(Entry).c.id.in_(bindparam("ids", expanding=True)))
_BY_ID = select(Entry).where(Entry.id.in_(bindparam("ids", expanding=True)))
_RULE = table(RulesVersion).c
_RULES = (
    select(_RULE.valid_from, _RULE.rules)
    .where(_RULE.municipality == bindparam("municipality"))
    .order_by(_RULE.valid_from.desc())
)


def is_current(version: type[Entry] = Entry) -> ColumnElement[bool]:
    """The condition that nothing replaces the version."""
    later = aliased(Entry)
    return ~select(later.id).where(later.replaces_id == version.id).exists()


def versions(session: Session, ids: Iterable[UUID]) -> dict[UUID, Entry]:
    """The versions that have these ids, by their id."""
    wanted = list(ids)
    found = session.scalars(_KNOWN, {"ids": wanted}).all() if wanted else ()
    return {version.id: version for version in session.scalars(_BY_ID, {"ids": found})} if found else {}


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
    """Whether ``by`` may correct or void the entry: its author, or a supervisor whose organisation took part in it.

    What is answered without a form is the whole team's.
    """
    if by.role == Role.SUPERVISOR:
        return entry.involves(by.organisation) and by.organisation in KINDS[entry.kind].readers
    is_own = entry.author_id == by.account or (not KINDS[entry.kind].has_form and entry.organisation == by.organisation)
    return by.role == Role.REPORTER and is_own


def hidden(entry: Entry, by: Actor) -> frozenset[str]:
    """The answers that ``by`` does not read: a joint entry's note belongs to the organisation that wrote it."""
    return hidden_of(entry.organisation, by)


def hidden_of(organisation: str, by: Actor) -> frozenset[str]:
    """The same for any entry that the organisation logged."""
    return frozenset() if organisation == by.organisation else frozenset({"note"})


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
    query = query.where(earlier(before)) if before else query
    query = query.where(Entry.kind == kind) if kind else query
    return session.scalars(query.order_by(Entry.happened_at.desc(), Entry.id.desc()).limit(limit)).all()


def earlier(than: tuple[datetime, UUID]) -> ColumnElement[bool]:
    """The condition that the version comes after this moment and id in a list with the latest work first."""
    return tuple_(Entry.happened_at, Entry.id) < tuple_(literal(than[0], Moment()), literal(than[1]))


def linked(session: Session, origin_ids: Iterable[UUID]) -> Sequence[Entry]:
    """The current entries, not voided, that are linked to any of these."""
    wanted = list(origin_ids)
    if not wanted:
        return []
    return session.scalars(select(Entry).where(Entry.linked_id.in_(wanted), ~Entry.is_void, is_current())).all()


def removed_links(session: Session, origin_ids: Iterable[UUID]) -> dict[UUID | None, int]:
    """How many that were linked to each of these were removed by decision: they are still counted there."""
    rows = select(RemovedLinks.entry_id, RemovedLinks.number).where(RemovedLinks.entry_id.in_(list(origin_ids)))
    return dict(session.execute(rows).all())


def ever_linked(session: Session, origin_ids: Iterable[UUID]) -> set[UUID]:
    """These entries, what any version of them was linked to, and whatever was ever linked to them."""
    wanted = set(origin_ids)
    if not wanted:
        return set()
    either = or_(Entry.origin_id.in_(wanted), Entry.linked_id.in_(wanted))
    pairs = session.execute(select(Entry.origin_id, Entry.linked_id).where(either))
    return wanted | {origin_id for pair in pairs for origin_id in pair if origin_id}


def hold(session: Session, items: Sequence[Item]) -> None:
    """Hold every entry whose amounts the items can change until the transaction ends.

    Two writers that change entries linked to each other then come one after the other. Everybody holds what is linked
    to first and what links to it next, each in the order of ids, so that nobody waits in a ring.
    """
    corrects = {item.replaces for item in items if item.replaces}
    named = corrects | {item.link for item in items if item.link}
    if not named:
        return
    origins = dict(session.execute(select(Entry.id, Entry.origin_id).where(Entry.id.in_(named))).all())
    wanted, corrected = set(origins.values()), {origins[one] for one in corrects if one in origins}
    for _, kinds in groupby(sorted(KINDS.values(), key=links_above), links_above):
        wanted |= ever_linked(session, corrected)
        _lock(session, Entry.id.in_(wanted), Entry.kind.in_([kind.slug for kind in kinds]))
    # What a held entry was merged into is known for sure only now; nobody merges it a second time.
    links = {origins[item.link] for item in items if item.link in origins}
    if others := {standing_for(session, one) for one in links} - links:
        _lock(session, Entry.id.in_(others))


def _lock(session: Session, *which: ColumnElement[bool]) -> None:
    session.execute(select(Entry.id).where(*which).order_by(Entry.id).with_for_update(key_share=True))


def standing_for(session: Session, origin_id: UUID) -> UUID:
    """The entry that tells of the work now: itself, or the one that it was merged into, and so on."""
    into = select(Entry.merged_into_id).where(Entry.origin_id == origin_id, Entry.is_void, is_current())
    other = session.scalar(into)
    return standing_for(session, other) if other else origin_id


def links_above(kind: Kind) -> int:
    """How many links lead on from an entry of the kind."""
    return links_above(KINDS[kind.link.to]) + 1 if kind.link else 0


class RulesByDay:
    """The rules in force on each day of a municipality; before the first version, the defaults.

    ``versions`` are (first day, rules), the newest first.
    """

    def __init__(self, session: Session, municipality: str) -> None:
        versions = session.execute(_RULES, {"municipality": municipality})
        self.versions = [(valid_from, Rules.from_json(rules)) for valid_from, rules in versions]

    def on(self, day: date) -> Rules:
        return next((rules for valid_from, rules in self.versions if valid_from <= day), DEFAULTS)

    @property
    def newest(self) -> Rules:
        """Those that hold last, even if they wait."""
        return self.on(date.max)


def amounts(session: Session, versions: Sequence[Entry], *, fresh: Collection[UUID] = ()) -> dict[UUID, list[Yielded]]:
    """What each of these current versions yields, worked out anew from the rows. A voided one yields nothing.

    ``fresh`` are entries that nothing is linked to, since they were just written. Asks the same few questions of the
    database however many versions there are.
    """
    with_link = {version.linked_id for version in versions if version.linked_id}
    found = session.scalars(select(Entry).where(Entry.origin_id.in_(with_link), is_current())) if with_link else ()
    targets: dict[UUID | None, Entry] = {target.origin_id: target for target in found}
    origins = [
        version.origin_id for version in versions if version.kind in CAN_BE_LINKED and version.origin_id not in fresh
    ]
    linked_here = Counter(entry.linked_id for entry in linked(session, origins))
    if origins:
        linked_here.update(removed_links(session, origins))
    rules = {name: RulesByDay(session, name) for name in {version.municipality for version in versions}}
    return {
        version.id: yields(
            version, targets.get(version.linked_id), linked_here[version.origin_id], rules[version.municipality]
        )
        for version in versions
    }


def can_be_linked(link: Link, target: Entry) -> bool:
    """Whether the entry says what whatever links to it needs: a yes that was taken back is none any more."""
    return not link.needs or (not target.is_void and target.answers.get(link.needs[0]) == link.needs[1])


def yields(version: Entry, target: Entry | None, linked_here: int, rules: RulesByDay) -> list[Yielded]:
    """What a version yields beside these: what it is linked to, and how many are linked to it."""
    kind, begins = KINDS[version.kind], local(version.happened_at)
    if version.is_void or (kind.link and target and not can_be_linked(kind.link, target)):
        return []
    linked_begins = local(target.happened_at) if target else None
    counted = linked_begins if kind.counted_with_link and linked_begins else begins
    day, hour = counted.date(), counted.hour
    here = Circumstances(
        begins=begins,
        organisations=version.organisations,
        rules=rules.on(day),
        linked_begins=linked_begins,
        linked_here=linked_here,
    )
    yielded = kind.measure(version.answers, here)
    return [Yielded(version.id, name, amount, day, hour) for name, amount in yielded.items()]
