"""The one rule of what is public, and reading what was published."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fieldlog.audit.models import AuditEvent
from fieldlog.clock import local_day
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import RulesByDay
from fieldlog.intake.models import Publication
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY, Span
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import plan_on, versions_on
from fieldlog.publication.models import CHANGES, PLANNED, Holding, Post, PublishedAmount
from fieldlog.tallies.models import DayTally
from fieldlog.tallies.queries import Amount, Figures, is_one_of
from fieldlog.targets.models import Basis


def cut(now: datetime, delay_days: int) -> date:
    """The last day that is public: what was done by then, and had come in when it was over."""
    return local_day(now) - timedelta(days=delay_days)


def public_through(version: Entry) -> date:
    """The first ``cut`` at which the version is public: its work is finished, and it has waited like all others."""
    return max(version.day, local_day(version.received_at))


def as_public(versions: Iterable[Entry], through: date) -> dict[UUID, Entry]:
    """For each entry its last version that is public; the one that it replaces stays until then. Voids are among them.

    ``versions`` are every version of each entry.
    """
    after = {(version.origin_id, version.replaces_id): version for version in versions}
    found: dict[UUID, Entry] = {}
    for origin in {origin for origin, _ in after}:
        version = after.get((origin, None))
        while version is not None:
            if public_through(version) <= through:
                found[origin] = version
            version = after.get((origin, version.id))
    return found


def stamp(session: Session, municipality: str) -> tuple[date | None, int]:
    """What is another one whenever a public page may say something else; with it, through which day all is public."""
    changes = select(func.count()).where(AuditEvent.municipality == municipality, AuditEvent.action.in_(CHANGES))
    last = select(func.max(Publication.through)).where(Publication.municipality == municipality)
    through, changed = session.execute(select(last.scalar_subquery(), changes.scalar_subquery())).one()
    return through, changed


def changed_at(session: Session, municipality: str) -> datetime | None:
    """When a public page began to say what it says now; None before anything was published."""
    seen = set(CHANGES) - {PLANNED}  # when somebody planned is nobody's business
    changes = select(func.max(AuditEvent.at)).where(
        AuditEvent.municipality == municipality, AuditEvent.action.in_(seen)
    )
    told = select(func.max(Publication.published_at)).where(Publication.municipality == municipality)
    row = session.execute(select(told.scalar_subquery(), changes.scalar_subquery())).one()
    return max((at for at in row if at), default=None)


def publications(session: Session, municipality: str) -> list[Publication]:
    """Every publication, the latest first."""
    rows = select(Publication).where(Publication.municipality == municipality)
    return list(session.scalars(rows.order_by(Publication.through.desc())))


def held_back(
    session: Session, municipality: str, programme: str, until: datetime
) -> dict[str, tuple[datetime, Label]]:
    """The programme's commitments that were held back at the moment: since when, and why."""
    rows = select(Holding).filter_by(municipality=municipality, programme=programme).order_by(Holding.id)
    last = {row.commitment: row for row in session.scalars(rows.where(Holding.decided_at <= until))}
    return {slug: (row.decided_at, row.reason) for slug, row in last.items() if row.reason}


def posts(session: Session, municipality: str, at: datetime | None = None, *, most: int = 50) -> Sequence[Post]:
    """The news, the latest first, as they stand or stood at the moment; what was withdrawn is not among them."""
    rows = select(Post).where(Post.municipality == municipality)
    if at is None:
        rows = rows.where(Post.withdrawn_at.is_(None))
    else:
        rows = rows.where(Post.published_at <= at, or_(Post.withdrawn_at.is_(None), Post.withdrawn_at > at))
    return session.scalars(rows.order_by(Post.published_at.desc()).limit(most)).all()


class Line(NamedTuple):
    """One row of what was published."""

    ref: str
    day: date
    area: str
    value: Amount
    through: date
    revises: bool


class Ledger:
    """All that was published of a span's days: every public figure is worked out from it alone.

    ``began`` and ``through`` are the first publication there was and the last that is read.
    """

    def __init__(self, lines: Sequence[Line], began: date, through: date) -> None:
        self.lines = lines
        self.began = began
        self.through = through

    def figures(self, refs: Collection[str], *, daily: bool, upto: date | None = None) -> Figures:
        """The public sums, by day or by month, as of the publication ``upto``, otherwise of the last."""
        kept = (line for line in self.lines if line.ref in refs and (upto is None or line.through <= upto))
        return _summed(kept, (lambda day: day) if daily else _month_of)

    def as_of(self, through: date) -> "Ledger":
        """The ledger as it was by an earlier publication."""
        return Ledger([line for line in self.lines if line.through <= through], self.began, through)

    def first_told(self, refs: Collection[str]) -> Figures:
        """The sums by day without what changed a month after it had been told as finished."""
        return _summed((line for line in self.lines if line.ref in refs and not line.revises), lambda day: day)

    def revised(self, refs: Collection[str]) -> dict[date, date]:
        """The months that were changed after they had been told as finished, and by which publication at last."""
        found: dict[date, date] = {}
        for line in self.lines:
            if line.revises and line.ref in refs:
                month = _month_of(line.day)
                found[month] = max(line.through, found.get(month, line.through))
        return found


def ledger(session: Session, municipality: str, span: Span, refs: Collection[str], through: date) -> Ledger:
    """What was published of the measures on the span's days, by the publications through ``through``."""
    row = PublishedAmount
    query = (
        select(row.kind, row.measure, row.day, row.area, row.amount, row.entries, row.through, row.revises)
        .where(row.municipality == municipality, row.day.between(span.first, span.last), row.through <= through)
        .where(is_one_of(row, refs))
    )
    found = session.execute(query) if refs else ()
    lines = [
        Line(f"{kind}.{measure}", day, area, Amount(int(amount), int(entries)), told, revises)
        for kind, measure, day, area, amount, entries, told, revises in found
    ]
    first = session.scalar(select(func.min(Publication.through)).where(Publication.municipality == municipality))
    return Ledger(lines, first or through, through)


def ledger_ahead(session: Session, municipality: str, span: Span, refs: Collection[str], today: date) -> Ledger:
    """The ledger as it would be if all that has come in were published today: the tallies hold just that."""
    book = ledger(session, municipality, span, refs, today)
    missing: dict[tuple[str, date, str], Amount] = defaultdict(Amount)
    row = DayTally
    query = (
        select(row.kind, row.measure, row.day, row.area, func.sum(row.amount), func.sum(row.entries))
        .where(row.municipality == municipality, row.day.between(span.first, span.last), is_one_of(row, refs))
        .group_by(row.kind, row.measure, row.day, row.area)
    )
    for kind, measure, day, area, amount, entries in session.execute(query):
        missing[f"{kind}.{measure}", day, area] += Amount(int(amount), int(entries))
    for line in book.lines:
        missing[line.ref, line.day, line.area] += Amount(-line.value.amount, -line.value.entries)
    lines = [Line(*key, value, today, False) for key, value in missing.items() if value != Amount()]
    return Ledger([*book.lines, *lines], book.began, today)


def basis_of(row: Commitment, period: Span, book: Ledger, rules: RulesByDay) -> Basis:
    """What a commitment is judged by in public: all of the last public day counts, so on the morning after it."""
    versions = versions_on(row, book.through)
    refs = frozenset[str]().union(*(version.rule.refs for version in versions))
    plan = plan_on(row, book.through)
    return Basis(
        period=Span(max(period.first, row.first_day or period.first), period.last),
        day=book.through + ONE_DAY,
        versions=versions,
        figures=book.figures(refs, daily=row.needs_days or period.first.day != 1),
        dates=plan.dates,
        plan={month.month: month.amount for month in plan.months},
        thresholds=rules.on(min(book.through, period.last)),
        since=row.first_day,
        until=row.last_day,
    )


def _month_of(day: date) -> date:
    return day.replace(day=1)


def _summed(lines: Iterable[Line], told_as: Callable[[date], date]) -> Figures:
    sums: dict[tuple[str, date, str], Amount] = defaultdict(Amount)
    for line in lines:
        sums[line.ref, told_as(line.day), line.area] += line.value
    return Figures.of(sums)
