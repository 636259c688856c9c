"""Reading findings: whoever may read a walk reads what was found on it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.entries import queries as entries
from fieldlog.entries.models import Entry
from fieldlog.fields import Choice, Rows
from fieldlog.findings.models import CLOSED, ROWS, WALK, Finding, FindingChange, Followed, Responsible, State
from fieldlog.kinds import KINDS
from fieldlog.labels import Label

MOST_OPEN, MOST_CLOSED = 500, 50
VOIDED = Label("Vandringen är makulerad.", "The walk is voided.")
REMOVED = Label("Borttagen ur vandringen.", "Removed from the walk.")


def rows_of(walk: Entry) -> list[dict[str, Any]]:
    """The findings that a version of a walk holds, each with its key."""
    declared = KINDS[WALK].fields[ROWS]
    rows: list[dict[str, Any]] = declared.keyed(walk.answers.get(ROWS), walk.id)
    return rows


def reads(by: Actor) -> bool:
    """Whether ``by`` may read any findings."""
    return by.role != Role.ADMINISTRATOR and by.organisation in KINDS[WALK].readers


def may_follow(found: Followed, by: Actor) -> bool:
    """Whether ``by``, who reads it, may say how it stands: the municipality; the police where it took no part."""
    is_theirs = by.organisation == Organisation.MUNICIPALITY or not found.walk.involves(Organisation.MUNICIPALITY)
    return is_theirs and found.gone is None


def board(session: Session, by: Actor, *, responsible: str = "", status: str = "") -> list[Followed]:
    """The findings that ``by`` follows: the open ones, the most urgent first, then those closed last."""
    query = _standing(by.municipality).where(entries.readable(by))
    query = query.where(FindingChange.responsible == responsible) if responsible else query
    if status:
        query = query.where(func.coalesce(FindingChange.status, "new") == status)
    return _open_and_closed(session, query)


def of_responsible(session: Session, municipality: str, responsible: str) -> list[Followed]:
    """The findings that wait for one responsible, and those that it was done with last."""
    return _open_and_closed(session, _standing(municipality).where(FindingChange.responsible == responsible))


def of_walk(session: Session, walk: Entry) -> list[Followed]:
    """Every finding of a walk, in its own order."""
    query = _latest(walk.municipality).where(Finding.walk_id == walk.origin_id, entries.is_current())
    found = {one.key: one for one in _followed(session.execute(query).all())}
    return [found[key] for row in rows_of(walk) if (key := UUID(row["key"])) in found]


def finding(session: Session, key: UUID, by: Actor) -> Followed | None:
    """One finding, if ``by`` may read its walk; also one that is gone from it, as it was last."""
    query = _latest(by.municipality).where(Finding.key == key, entries.is_current(), entries.readable(by))
    row = session.execute(query).first()
    if row is None:
        return None
    _, walk, change = row
    for version in reversed(entries.history(session, walk.origin_id)):
        said = next((one for one in rows_of(version) if one["key"] == str(key)), None)
        if said:
            gone = VOIDED if walk.is_void else None if version.id == walk.id else REMOVED
            return _one(key, walk, said, change, gone)
    return None


def history(session: Session, municipality: str, key: UUID) -> Sequence[FindingChange]:
    """Every change of the finding, the first one first."""
    query = select(FindingChange).filter_by(municipality=municipality, key=key)
    return session.scalars(query.order_by(FindingChange.number)).all()


def responsibles(session: Session, municipality: str) -> Sequence[Responsible]:
    """The municipality's list, by name; those that are retired too."""
    return session.scalars(select(Responsible).filter_by(municipality=municipality).order_by(Responsible.name)).all()


def is_named(session: Session, found: Finding) -> bool:
    """Whether the walk that the finding belongs to holds it still."""
    query = select(Entry).where(Entry.origin_id == found.walk_id, entries.is_current(), ~Entry.is_void)
    walk = session.scalar(query)
    return walk is not None and any(row["key"] == str(found.key) for row in rows_of(walk))


def _latest(municipality: str) -> Select[UUID, Entry, FindingChange]:
    """Each finding, its walk's versions, and its last change."""
    other = aliased(FindingChange)
    last = (
        select(func.max(other.number))
        .where(other.municipality == Finding.municipality, other.key == Finding.key)
        .scalar_subquery()
    )
    is_last = and_(
        FindingChange.municipality == Finding.municipality,
        FindingChange.key == Finding.key,
        FindingChange.number == last,
    )
    query = select(Finding.key, Entry, FindingChange).join(Entry, Entry.origin_id == Finding.walk_id)
    return query.outerjoin(FindingChange, is_last).where(Finding.municipality == municipality)


def _standing(municipality: str) -> Select[UUID, Entry, FindingChange]:
    return _latest(municipality).where(entries.is_current(), ~Entry.is_void)


def _open_and_closed(session: Session, query: Select[UUID, Entry, FindingChange]) -> list[Followed]:
    is_closed: ColumnElement[bool] = FindingChange.status.in_(CLOSED)
    wanted = FindingChange.wanted_by
    still = query.where(or_(FindingChange.number.is_(None), ~is_closed))
    still = still.order_by(wanted.is_(None), wanted, Entry.day.desc(), Finding.key).limit(MOST_OPEN)
    done = query.where(is_closed).order_by(FindingChange.at.desc(), Finding.key).limit(MOST_CLOSED)
    return [one for part in (still, done) for one in _followed(session.execute(part).all())]


def _followed(rows: Iterable[Any]) -> list[Followed]:
    """Those that their walk still holds."""
    found = []
    for key, walk, change in rows:
        said = next((one for one in rows_of(walk) if one["key"] == str(key)), None)
        if said:
            found.append(_one(key, walk, said, change, None))
    return found


def _one(key: UUID, walk: Entry, said: dict[str, Any], change: FindingChange | None, gone: Label | None) -> Followed:
    declared = KINDS[WALK].fields[ROWS]
    assert isinstance(declared, Rows)
    category = next(column for column in declared.columns if isinstance(column, Choice))
    label = category.text(said["category"]) or category.label
    number, state = (change.number, State.of(change)) if change else (0, State())
    return Followed(key, walk, label, said["category"], said["where"], number, state, gone)
