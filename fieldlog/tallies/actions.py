"""Keeping the tallies: the difference that new versions make, and counting everything again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.database import table
from fieldlog.entries import queries
from fieldlog.entries.models import Entry, EntryAmount, Yielded
from fieldlog.rows import Rows
from fieldlog.tallies.models import KEYS, RETAINED, TABLES, DayTally, Key, MonthTally, Sums

CHUNK = 500

_AMOUNTS = table(EntryAmount)
_STORE = Rows(EntryAmount)
# Sums give the rows in key order, so that two writers never wait for each other in a ring.
_ADD = {rows_of: Rows(rows_of, adding=("amount", "entries")) for rows_of in TABLES}


def count(session: Session, written: Sequence[Entry]) -> None:
    """Bring amounts and tallies up to date with the versions just written, in the same transaction.

    What else they change was held before they were written (``entries.actions.hold``).
    """
    new = {version.id for version in written}
    chains = _touched_chains(session, written)
    before = [version for version in _latest(chains, without=new) if not version.is_void]
    touched = {version.origin_id for version in chains}
    after = [*_latest(chains), *(version for version in written if version.origin_id not in touched)]
    yielded = queries.amounts(session, after, fresh=new - {version.id for version in chains})
    sums = Sums()
    stored = _stored(session, before)
    for version in before:
        sums.add(version, stored[version.id], sign=-1)
    for version in after:
        sums.add(version, yielded[version.id])
    _keep(session, [version.id for version in after if version.id not in new], yielded)
    for rows_of in TABLES:
        _ADD[rows_of].write(session, sums.rows(rows_of))


def _touched_chains(session: Session, written: Sequence[Entry]) -> list[Entry]:
    """Every version of the entries whose amounts the written versions change, beside those written for the first time.

    They are what was corrected, what it was or is linked to, and what is linked to it.
    """
    corrected = {version.origin_id for version in written if version.replaces_id}
    touched = queries.ever_linked(session, corrected)
    touched |= {version.linked_id for version in written if version.linked_id}
    if not touched:
        return []
    return list(session.scalars(select(Entry).where(Entry.origin_id.in_(touched))))


def _latest(versions: Iterable[Entry], without: Collection[UUID] = ()) -> list[Entry]:
    """The current version of each entry, as it is or as it was before those in ``without`` were written."""
    known = [version for version in versions if version.id not in without]
    replaced = {version.replaces_id for version in known}
    return [version for version in known if version.id not in replaced]


def _stored(session: Session, versions: Sequence[Entry]) -> dict[UUID, list[Yielded]]:
    amounts: dict[UUID, list[Yielded]] = defaultdict(list)
    ids = [version.id for version in versions]
    if ids:
        for row in session.execute(select(*_AMOUNTS.c).where(_AMOUNTS.c.entry_id.in_(ids))):
            amounts[row.entry_id].append(Yielded(*row))
    return amounts


def _keep(session: Session, again: Sequence[UUID], yielded: dict[UUID, list[Yielded]]) -> None:
    """Store what the versions yield; those in ``again`` had amounts already."""
    if again:
        session.execute(delete(_AMOUNTS).where(_AMOUNTS.c.entry_id.in_(again)))
    _STORE.write(session, [amount for amounts in yielded.values() for amount in amounts])


@dataclass(frozen=True)
class Difference:
    """A figure that is not what the entries say. ``stored`` and ``counted`` are (amount, entries)."""

    where: str
    key: Key
    stored: tuple[int, int]
    counted: tuple[int, int]


def recount(session: Session, *, repair: bool = False) -> list[Difference]:
    """Work out every amount and every tally anew from the entries, and return each that differs from what is stored.

    With ``repair`` they are then stored as counted.
    """
    sums, differences = _retained(session), []
    for versions in _all_current(session):
        yielded, stored = queries.amounts(session, versions), _stored(session, versions)
        for version in versions:
            sums.add(version, yielded[version.id])
            differences += _compare(
                "entry_amounts",
                {(version.id, amount.measure): _value(amount) for amount in stored[version.id]},
                {(version.id, amount.measure): _value(amount) for amount in yielded[version.id]},
            )
        if repair:
            _keep(session, [version.id for version in versions], yielded)
    for rows_of in TABLES:
        names = (*KEYS[rows_of], "amount", "entries")
        rows = session.execute(select(*(table(rows_of).c[name] for name in names)))
        kept = {tuple(key): (amount, entries) for *key, amount, entries in rows if amount or entries}
        counted = {key: value for key, value in sums.by_table[rows_of].items() if any(value)}
        differences += _compare(rows_of.__tablename__, kept, counted)
        if repair:
            session.execute(delete(rows_of))
            _ADD[rows_of].write(session, sums.rows(rows_of))
    return differences


def retain(session: Session, versions: Sequence[Entry]) -> None:
    """Keep what these current versions yield in the tallies whatever becomes of their rows: ``recount`` knows of it."""
    sums, stored = Sums(), _stored(session, [version for version in versions if not version.is_void])
    for version in versions:
        sums.add(version, stored[version.id])
    for rows_of, kept in RETAINED.items():
        Rows(kept, adding=("amount", "entries")).write(session, sums.rows(rows_of))


def _retained(session: Session) -> Sums:
    """What the tallies keep of entries that were removed by decision."""
    sums = Sums()
    for rows_of, kept in RETAINED.items():
        names = (*KEYS[kept], "amount", "entries")
        for *key, amount, entries in session.execute(select(*(table(kept).c[name] for name in names))):
            sums.put(rows_of, tuple(key), amount, entries)
            if rows_of is DayTally:
                municipality, kind, day, *where = key
                sums.put(MonthTally, (municipality, kind, day.replace(day=1), *where), amount, entries)
    return sums


def _value(amount: Yielded) -> tuple[int, int]:
    """An amount with when it counts, as two numbers that can be compared like a tally's."""
    return amount.amount, amount.day.toordinal() * 24 + amount.hour


def _compare(where: str, stored: dict[Key, tuple[int, int]], counted: dict[Key, tuple[int, int]]) -> list[Difference]:
    nothing = (0, 0)
    return [
        Difference(where, key, stored.get(key, nothing), counted.get(key, nothing))
        for key in sorted(stored.keys() | counted.keys(), key=str)
        if stored.get(key, nothing) != counted.get(key, nothing)
    ]


def _all_current(session: Session) -> Iterator[Sequence[Entry]]:
    """Every current version, a chunk at a time in the order of their ids."""
    last: UUID | None = None
    while True:
        query = select(Entry).where(queries.is_current()).order_by(Entry.id).limit(CHUNK)
        chunk = session.scalars(query.where(Entry.id > last) if last else query).all()
        if not chunk:
            return
        yield chunk
        last = chunk[-1].id
        session.expunge_all()
