"""Where each promise of a programme stands."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace, areas
from fieldlog.clock import day_bounds, local_day
from fieldlog.counting.models import Rule
from fieldlog.counting.queries import kinds_counted, kinds_read
from fieldlog.entries.queries import RulesByDay
from fieldlog.holding import Audience, To
from fieldlog.labels import Label
from fieldlog.occasions.queries import planned
from fieldlog.pace import planned_days
from fieldlog.periods import Span, Window, window_of
from fieldlog.pledges.models import (
    CommitmentStanding,
    CommitmentTally,
    PledgeStanding,
    ProgrammeStanding,
    ProgrammeTally,
)
from fieldlog.programmes.models import Commitment, Pledge, Programme
from fieldlog.programmes.queries import note_on, plan_on, versions_on
from fieldlog.spread import queries as spread
from fieldlog.tallies.queries import Figures, Hours, figures, hours
from fieldlog.targets.models import Basis
from fieldlog.targets.queries import by_tertial, how, parts, progress
from fieldlog.waiting.queries import overdue

EXAMPLE = Label("Exempel efter {year} års löfte, inte beslutat", "Example after the pledge of {year}, not decided")

_WHOLE = joinedload(Programme.pledges).joinedload(Pledge.commitments)

Told = TypeVar("Told", CommitmentStanding, CommitmentTally)


def standing(
    session: Session, municipality: str, day: date, now: datetime, *, slug: str | None = None, to: To = None
) -> ProgrammeStanding | None:
    """The programme in force on the day, or the one of that slug, as it stood when the day was over.

    Today counts as far as it has come; ``to`` an organisation or else to everybody. None when there is no such
    programme. A fixed number of queries.
    """
    beside = [_WHOLE.selectinload(part) for part in (Commitment.focus, Commitment.notes)]
    found = _programme(session, municipality, day, slug, selectinload(Programme.focus_areas), *beside)
    return _standing(session, found, day, now, to) if found else None


def tallies(session: Session, municipality: str, day: date, now: datetime, *, to: To = None) -> list[CommitmentTally]:
    """The progress of each commitment in force: for phones, which ask often."""
    programme = progress_of(session, municipality, day, now, to=to)
    return list(programme.commitments) if programme else []


def progress_of(
    session: Session, municipality: str, day: date, now: datetime, *, slug: str | None = None, to: To = None
) -> ProgrammeTally | None:
    """What ``standing`` tells of the progress of each commitment, and no more."""
    row = _programme(session, municipality, day, slug)
    if row is None:
        return None
    commitments = [item for item in _begun(row, day) if not item.is_over(day)]
    bases = _bases(session, row, commitments, day, now, reads=lambda rule: rule.judged_refs, to=to)
    period = row.period_on(day)
    return ProgrammeTally(
        slug=row.slug,
        name=row.name,
        first_day=period.first,
        last_day=period.last,
        commitments=tuple(
            CommitmentTally(slug, kinds_counted(basis.rule), progress(basis)) for slug, basis in bases.items()
        ),
    )


def judged(
    session: Session, municipality: str, slug: str, day: date, now: datetime, *, daily: bool = False
) -> tuple[Programme, dict[str, Basis]]:
    """The programme of that slug, and for each commitment begun by then all that it is judged by when the day is over.

    With ``daily`` the figures tell single days, otherwise months where those will do. Raises NoResultFound.
    """
    row = _programme(session, municipality, day, slug, _WHOLE.selectinload(Commitment.notes))
    if row is None:
        raise NoResultFound
    return row, _bases(session, row, _begun(row, day), day, now, daily=daily)


def by_kind(programme: ProgrammeStanding) -> dict[str, CommitmentStanding]:
    """For each kind the commitment whose tally it moves."""
    commitments = (commitment for pledge in programme.pledges for commitment in pledge.commitments)
    return first_of_each_kind(commitment for commitment in commitments if not commitment.left_on)


def first_of_each_kind(commitments: Iterable[Told]) -> dict[str, Told]:
    """For each kind the first of the commitments whose tally it moves."""
    return {kind: commitment for commitment in reversed(list(commitments)) for kind in commitment.leading}


def _programme(
    session: Session, municipality: str, day: date, slug: str | None, *beside: ExecutableOption
) -> Programme | None:
    """The programme of that slug, or else the one in force on the day as its period was known when the day was over.

    With all that its commitments are judged by, and what is asked for ``beside`` that.
    """
    judged_by = [_WHOLE.joinedload(part) for part in (Commitment.rules, Commitment.plans)]
    holds_it_now = (Programme.first_day <= day) & (day <= Programme.last_day)
    which = Programme.slug == slug if slug else holds_it_now | Programme.earlier.is_not(None)
    query = select(Programme).where(Programme.municipality == municipality, which).order_by(Programme.loaded_at)
    rows = session.scalars(query.options(*judged_by, *beside)).unique()
    return next((row for row in rows if slug or day in row.period_on(day)), None)


def _standing(session: Session, row: Programme, day: date, now: datetime, to: To) -> ProgrammeStanding:
    bases = _bases(session, row, _begun(row, day), day, now, to=to)
    by_hour = _hours(session, row, bases, day, now)
    places = areas(session, row.municipality)
    return ProgrammeStanding(
        slug=row.slug,
        name=row.name,
        first_day=row.first_day,
        last_day=row.last_day,
        background=row.background,
        example=EXAMPLE.fill(year=row.example_of) if row.example_of else None,
        decided_on=row.decided_on,
        registry_number=row.registry_number,
        answers_for=row.answers_for,
        answers_address=row.answers_address,
        focus_areas=tuple(
            (focus.slug, focus.name) for focus in row.focus_areas if focus.has_begun(day) and not focus.is_over(day)
        ),
        pledges=tuple(
            PledgeStanding(
                slug=pledge.slug,
                title=pledge.title,
                promise=pledge.promise,
                promised_by=tuple(Organisation(organisation) for organisation in pledge.promised_by),
                commitments=tuple(_commitment(item, bases[item.slug], places, by_hour, to) for item in commitments),
            )
            for pledge in row.pledges
            if (commitments := [item for item in pledge.commitments if item.slug in bases])
        ),
    )


def _commitment(row: Commitment, basis: Basis, places: list[AreaPlace], by_hour: Hours, to: To) -> CommitmentStanding:
    rule = basis.rule
    found, reached = spread.where(basis, places)
    return CommitmentStanding(
        slug=row.slug,
        title=row.title,
        text=row.text,
        promised_by=tuple(Organisation(organisation) for organisation in row.promised_by),
        focus=tuple(sorted(focus.focus for focus in row.focus)),
        kinds=kinds_read(rule),
        leading=kinds_counted(rule),
        counts=rule.counts,
        progress=progress(basis),
        parts=parts(basis),
        by_tertial=by_tertial(basis),
        beside=spread.beside(basis),
        by_area=found,
        by_month=spread.by_month(basis),
        held=spread.held(basis, to),
        by_hour=() if basis.since or basis.until else spread.by_hour(basis, by_hour),
        areas_reached=reached,
        how=how(basis),
        note=note_on(row, basis.day),
        left_on=basis.until if basis.until == basis.day else None,
    )


def _begun(row: Programme, day: date) -> list[Commitment]:
    """The commitments that were promised when the day was over, also those that have left since."""
    return [item for pledge in row.pledges for item in pledge.commitments if item.has_begun(day)]


def _bases(
    session: Session,
    programme: Programme,
    commitments: list[Commitment],
    day: date,
    now: datetime,
    *,
    daily: bool = False,
    reads: Callable[[Rule], frozenset[str]] = lambda rule: rule.refs,
    to: To = None,
) -> dict[str, Basis]:
    """What each commitment is judged by. Figures come by month, and by day for those that need it."""
    period = programme.period_on(day)
    place, until, audience = programme.municipality, period.until(day), Audience(to, local_day(now))
    by_day = {item.slug for item in commitments if daily or item.needs_days}
    # Up to today there is no later day to leave out, and a whole month is quicker read than its days.
    come = window_of(day, Window.MONTH).last if day == local_day(now) else day

    def load(daily: bool) -> Figures:
        own = [item for item in commitments if (item.slug in by_day) is daily]
        refs = sorted(frozenset().union(*(reads(version.rule) for item in own for version in item.rules)))
        last = until.last if daily else period.until(come).last
        return figures(session, place, until.first, last, refs, daily=daily, to=audience) if refs else Figures({})

    loaded = {daily: load(daily) for daily in (False, True)}
    rules, occasions = RulesByDay(session, place), planned(session, place, day)
    late = overdue(session, rules, place, until.first, until.last, now=min(now, day_bounds(day)[1]))
    return {
        item.slug: Basis(
            period=Span(max(period.first, item.first_day or period.first), period.last),
            day=day,
            versions=versions_on(item, day),
            figures=loaded[item.slug in by_day],
            dates=planned_days(
                plan_on(item, day).dates, occasions.of(kinds_counted(versions_on(item, day)[-1].rule), period)
            ),
            plan={month.month: month.amount for month in plan_on(item, day).months},
            overdue=late if any(_waits(version.rule) for version in versions_on(item, day)) else (),
            thresholds=rules.on(until.last),
            since=item.first_day,
            until=item.last_day,
        )
        for item in commitments
    }


def _hours(session: Session, programme: Programme, bases: dict[str, Basis], day: date, now: datetime) -> Hours:
    """The hours of all that can tell them, in one query; none where whole months are too coarse."""
    period = programme.period_on(day)
    refs = {ref for basis in bases.values() if spread.has_hours(basis) for ref in basis.rule.counts}
    if not refs or not _months_will_do(period, day, now):
        return {}
    return hours(session, programme.municipality, period.first, period.until(day).last, sorted(refs))


def _months_will_do(period: Span, day: date, now: datetime) -> bool:
    """Whether the days of the period up to ``day``, and no others that have come, make whole months."""
    has_all = day >= min(local_day(now), period.last)
    return period.has_whole_months and (has_all or period.until(day).has_whole_months)


def _waits(rule: Rule) -> bool:
    return bool(rule.share and rule.share.overdue)
