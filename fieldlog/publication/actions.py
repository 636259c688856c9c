"""Publishing what has waited long enough, holding a commitment back, and telling news."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.clock import day_bounds
from fieldlog.database import COMING_IN, one_at_a_time
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import RulesByDay, ever_linked, removed_links, yields
from fieldlog.intake.models import Publication
from fieldlog.labels import Label, words
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.publication.models import Holding, Post, PublishedAmount
from fieldlog.publication.queries import as_public, cut, stamp
from fieldlog.rows import Rows
from fieldlog.tallies.actions import Difference
from fieldlog.tallies.models import RetainedDay

CHUNK = 500

Key = tuple[str, date, str, str]
"""Kind, day, area and measure."""

Sums = dict[Key, tuple[int, int]]
"""Amounts, and of how many entries each is made."""

_STORE = Rows(PublishedAmount, adding=("amount", "entries"))


def publish(session: Session, municipality: str, now: datetime, delay_days: int) -> list[date]:
    """Publish each day that has waited long enough, and is not public yet: one after the other, as on its own day.

    The first time everything that there is, in one. Several at once: one works and the others find it done.
    """
    through = cut(now, delay_days)
    last, _ = stamp(session, municipality)
    if last is not None and last >= through:
        return []
    one_at_a_time(session)
    one_at_a_time(session, COMING_IN)
    last, _ = stamp(session, municipality)
    days = [through] if last is None else list(Span(last + ONE_DAY, through))
    for day in days:
        _publish(session, municipality, last, day, now)
        last = day
    return days


def _publish(session: Session, municipality: str, last: date | None, through: date, now: datetime) -> None:
    sums = _sums(session, municipality, _touched(session, municipality, last, through), {last: -1, through: 1})
    _tell(session, municipality, last, through, sums)
    session.add(Publication(municipality=municipality, through=through, published_at=now))
    session.flush()


def recount(session: Session, municipality: str, *, repair: bool = False) -> list[Difference]:
    """Work out anew from the entries all that is public, and return each sum that differs from what was published.

    With ``repair`` the next publication tells the differences, beside its own: what was told stays as it was.
    """
    one_at_a_time(session)
    last, _ = stamp(session, municipality)
    if last is None:
        return []
    everything = session.scalars(select(Entry.origin_id).where(Entry.municipality == municipality).distinct()).all()
    counted = _sums(session, municipality, everything, {last: 1})
    for key, removed in _stored(session, municipality, RetainedDay).items():
        _put(counted, key, *removed)
    missing, stored = counted.copy(), _stored(session, municipality, PublishedAmount)
    for key, (amount, entries) in stored.items():
        _put(missing, key, -amount, -entries)
    if repair:
        _tell(session, municipality, last, last + ONE_DAY, missing)
    return [
        Difference("published_amounts", key, stored.get(key, (0, 0)), counted.get(key, (0, 0)))
        for key, difference in sorted(missing.items())
        if any(difference)
    ]


def _sums(session: Session, municipality: str, origins: Sequence[UUID], signs: Mapping[date | None, int]) -> Sums:
    """What the entries yield in public by each of the days, each added up with its sign."""
    sums: Sums = {}
    rules = RulesByDay(session, municipality)
    for some in _chunks(origins):
        around = ever_linked(session, some)
        versions = session.scalars(select(Entry).where(Entry.origin_id.in_(around))).all()
        removed = removed_links(session, some)
        for day, sign in signs.items():
            if day is not None:
                for key, amount in _yielded(as_public(versions, day), some, removed, rules):
                    _put(sums, key, sign * amount, sign)
        session.expunge_all()
    return sums


def _put(sums: Sums, key: Key, amount: int, entries: int) -> None:
    so_far, made_of = sums.get(key, (0, 0))
    sums[key] = (so_far + amount, made_of + entries)


def _stored(session: Session, municipality: str, row: type[PublishedAmount | RetainedDay]) -> Sums:
    query = (
        select(row.kind, row.day, row.area, row.measure, func.sum(row.amount), func.sum(row.entries))
        .where(row.municipality == municipality)
        .group_by(row.kind, row.day, row.area, row.measure)
    )
    found = session.execute(query)
    return {
        (kind, day, area, measure): (int(amount), int(entries)) for kind, day, area, measure, amount, entries in found
    }


def _tell(session: Session, municipality: str, last: date | None, through: date, sums: Sums) -> None:
    """Add to what the publication ``through`` tells, the next one after that of ``last``."""
    # A month that had been told as finished is revised by whatever changes it now.
    rows = [
        (municipality, kind, day, area, through, measure, *value, _is_finished(day, last))
        for (kind, day, area, measure), value in sorted(sums.items())
        if any(value)
    ]
    _STORE.write(session, rows)


def _is_finished(day: date, last: date | None) -> bool:
    return last is not None and window_of(day, Window.MONTH).last <= last


def _yielded(
    public: Mapping[UUID, Entry], origins: Iterable[UUID], removed: Mapping[UUID | None, int], rules: RulesByDay
) -> Iterator[tuple[Key, int]]:
    """What each of these entries yields beside all that is public; what was removed by decision counts as linked."""
    linked = Counter(version.linked_id for version in public.values() if version.linked_id and not version.is_void)
    for origin in origins:
        if (version := public.get(origin)) is None:
            continue
        target = public.get(version.linked_id) if version.linked_id else None
        number = linked[origin] + removed.get(origin, 0)
        for _, measure, amount, day, _ in yields(version, target, number, rules):
            yield (version.kind, day, version.area, measure), amount


def _touched(session: Session, municipality: str, last: date | None, through: date) -> list[UUID]:
    """The entries that may be told otherwise: those with a version that becomes public, and what they are linked to."""
    rows = select(Entry.origin_id).where(Entry.municipality == municipality, _becomes_public(last, through))
    new = session.scalars(rows.distinct()).all()
    return sorted({origin for some in _chunks(new) for origin in ever_linked(session, some)})


def _becomes_public(last: date | None, through: date) -> ColumnElement[bool]:
    _, end = day_bounds(through)
    waited = and_(Entry.received_at < end, Entry.day <= through)
    return waited if last is None else and_(waited, or_(Entry.received_at >= day_bounds(last)[1], Entry.day > last))


def _chunks(origins: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    return (origins[start : start + CHUNK] for start in range(0, len(origins), CHUNK))


def hold(session: Session, where: tuple[str, str], reason: Label | None, by: Actor, now: datetime) -> None:
    """Hold the figures of a commitment (its programme's slug and its own) back for a public reason; None shows them."""
    programme, commitment = where
    session.add(
        Holding(municipality=by.municipality, programme=programme, commitment=commitment, decided_at=now, reason=reason)
    )
    note(session, by, now, "commitment-held" if reason else "commitment-shown", f"commitment:{programme}/{commitment}")


def write_post(session: Session, answers: Mapping[str, Any], by: Actor, now: datetime) -> None:
    """Publish a piece of news, at once."""
    title, text = words(answers, "title"), words(answers, "text")
    post = Post(municipality=by.municipality, published_at=now, title=title, text=text)
    session.add(post)
    session.flush()
    note(session, by, now, "post-published", f"post:{post.id}")


def withdraw_post(session: Session, post: Post, by: Actor, now: datetime) -> None:
    """Take a piece of news from the page; it stays stored."""
    if post.withdrawn_at is None:
        post.withdrawn_at = now
        note(session, by, now, "post-withdrawn", f"post:{post.id}")
