"""Reading a stretch of days for a supervisor: counts from the tallies, promises as the pledges' page tells them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fieldlog.accounts.models import Account, Device, Unit
from fieldlog.accounts.queries import UnitChoice
from fieldlog.actors import NO_UNIT, Actor, Organisation
from fieldlog.areas.queries import AreaPlace
from fieldlog.areas.queries import areas as places_of
from fieldlog.backlog import queries as backlog
from fieldlog.backlog.models import Backlog
from fieldlog.clock import day_bounds, local_day
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.kinds.streets import NOTHING_TO_REPORT
from fieldlog.labels import Label
from fieldlog.periods import Span, Window, window_of
from fieldlog.pledges.models import CommitmentTally
from fieldlog.pledges.queries import first_of_each_kind, progress_of
from fieldlog.programmes.queries import Period
from fieldlog.spread.queries import STEP, Counted, in_steps, side_by_side, told_by_area
from fieldlog.supervision.models import (
    Column,
    Grain,
    KindCount,
    Overview,
    Spread,
    Stretch,
    UnitNews,
    UnitsCount,
    UnitState,
)
from fieldlog.tallies.queries import hours_on
from fieldlog.targets.models import Beside, Progress

COUNTED = [kind for kind in KINDS.values() if kind.measures]
SHARES = ("near-school", "busy-time")
"""Measures that are 0 or 1 of each entry, told as a part of all."""

TODAY, THE_DAY, SO_FAR = Label("I dag", "Today"), Label("Dagen", "The day"), Label("Hittills", "So far")
NO_UNIT_IS = Label("Utan enhet", "Without a unit")
STRETCHES = {Grain.WEEK: Label("Veckan", "The week"), Grain.MONTH: Label("Månaden", "The month")}


def leading(kind: Kind) -> str:
    """The measure that a kind is counted by, as ``kind.measure``."""
    return f"{kind.slug}.{next(iter(kind.measures))}"


def overview(session: Session, by: Actor, stretch: Stretch, now: datetime, *, chosen: str = "") -> Overview:
    """The stretch as it stood when its last day was over, or as far as it has come; it must have begun.

    ``chosen`` is the kind whose spread is shown. A fixed number of queries.
    """
    today, is_period = local_day(now), stretch.grain is Grain.PERIOD
    day = min(stretch.span.last, today)
    programme = progress_of(
        session,
        by.municipality,
        today if is_period else day,
        now,
        slug=stretch.address if is_period else None,
        to=by.organisation,
    )
    promises = first_of_each_kind(programme.commitments) if programme else {}
    columns = _columns(stretch, day, today, programme)
    told = [kind for kind in COUNTED if kind.is_followed_by(by.organisation)]
    kind = next((kind for kind in told if kind.slug == chosen), told[0])
    # Up to today there is no later day to leave out, and a whole month is quicker read than its days.
    come = window_of(day, Window.MONTH).last if day == today else day
    spans = [column.until(come).span for column in columns]
    shares = [name for name in SHARES if name in kind.measures]
    refs = [*map(leading, told), *(f"{kind.slug}.{name}" for name in shares)]
    counted = side_by_side(session, by.municipality, spans, refs)
    at = len(columns) - 1 if stretch.grain is Grain.DAY else 0
    units, waiting = _units(session, by, stretch.span.until(day), now)
    return Overview(
        day=day,
        programme=programme,
        columns=tuple(column.until(day) for column in columns),
        kinds=tuple(
            KindCount(
                one,
                counted.of(leading(one)) if one in told else (),
                _progress(promises.get(one.slug), by.organisation, is_total=is_period or day == today),
            )
            for one in COUNTED
        ),
        spread=Spread(
            kind=kind,
            span=columns[at].until(day).span,
            total=counted.of(leading(kind))[at],
            shares=tuple(
                Beside(kind.measures[name].label, counted.of(f"{kind.slug}.{name}")[at], counted.of(leading(kind))[at])
                for name in shares
            ),
            by_unit=_by_unit(counted, kind, [news.unit for news in units]),
            **_where(counted, kind, at, places_of(session, by.municipality), columns[at].span.first),
            **_when(session, by.municipality, kind, spans[at]),
        ),
        units=tuple(sorted(units, key=lambda news: news.unit.organisation is not by.organisation)),
        waiting=waiting,
    )


def _columns(stretch: Stretch, day: date, today: date, programme: Period | None) -> list[Column]:
    """The stretch, for a day its week up to it too, and the programme that was in force."""
    found = []
    if stretch.grain is Grain.DAY:
        found = [Column(TODAY if day == today else THE_DAY, stretch.span)]
        found.append(Column(STRETCHES[Grain.WEEK], window_of(day, Window.WEEK).until(day)))
    elif stretch.grain is not Grain.PERIOD:
        found = [Column(STRETCHES[stretch.grain], stretch.span)]
    return [*found, Column(SO_FAR, Span(programme.first_day, programme.last_day))] if programme else found


def _progress(promise: CommitmentTally | None, organisation: Organisation, *, is_total: bool) -> Progress | None:
    """How far the promise has come.

    The totals of two days tell the work of the day between. So what the organisation is not told by day is told as
    the total of today only.
    """
    told = promise and (is_total or all(KINDS[kind].is_followed_by(organisation) for kind in promise.leading))
    return promise.progress if promise and told else None


def _where(counted: Counted, kind: Kind, at: int, places: Sequence[AreaPlace], since: date) -> dict[str, Any]:
    def amount(slug: str) -> int:
        return counted.of(leading(kind), area=slug)[at]

    by_area, reached = told_by_area(amount, places, since)
    return {
        "places": tuple(place for place in places if amount(place.slug) or place.is_used_after(since)),
        "by_area": by_area,
        "reached": reached,
        "empty_areas": tuple(name for name, found in by_area if not found),
    }


def _when(session: Session, municipality: str, kind: Kind, span: Span) -> dict[str, Any]:
    """Nothing for a kind that counts on the day of another entry."""
    if kind.counted_with_link:
        return {"by_hour": (), "quiet_hours": ()}
    by_hour = in_steps(hours_on(session, municipality, span, leading(kind)))
    quiet: list[tuple[int, int]] = []
    for index, amounts in enumerate(by_hour):
        if not any(amounts):
            begins = quiet.pop()[0] if quiet and quiet[-1][1] == index * STEP else index * STEP
            quiet.append((begins, (index + 1) * STEP))
    return {"by_hour": by_hour, "quiet_hours": tuple(quiet)}


def _by_unit(counted: Counted, kind: Kind, units: Collection[UnitChoice]) -> tuple[UnitsCount, ...]:
    """The units of each organisation that logs the kind, and last what was logged without a unit."""

    def group(label: Label, members: dict[str, str]) -> UnitsCount:
        amounts = [(name, counted.of(leading(kind), unit=slug)) for slug, name in members.items()]
        return UnitsCount(label, tuple(map(sum, zip(*(each for _, each in amounts), strict=True))), tuple(amounts))

    found = []
    for organisation in kind.logged_by:
        if own := {unit.slug: unit.name for unit in units if unit.organisation is organisation}:
            found.append(group(organisation.label, own))
    elsewhere = UnitsCount(NO_UNIT_IS, counted.of(leading(kind), unit=NO_UNIT), ())
    return (*found, elsewhere) if any(elsewhere.amounts) else tuple(found)


def _units(session: Session, by: Actor, span: Span, now: datetime) -> tuple[list[UnitNews], Backlog | None]:
    """What each unit has said of these days, by organisation and name; the reader's own organisation's in detail.

    And, of the same query, what waits for review: where there are no units, there is nothing to review either.
    """
    (begins, _), (_, ends) = day_bounds(span.first), day_bounds(span.last)
    asked: dict[str, Any] = {
        "municipality": by.municipality,
        "organisation": by.organisation,
        "begins": begins,
        "ends": ends,
    }
    asked["held"] = [kind.slug for kind in KINDS.values() if kind.is_held_from(by.organisation)]
    rows = session.execute(_NEWS.add_columns(*backlog.columns(by, now)), asked).all()
    news = [_news(by, row[:OF_UNIT]) for row in rows]
    news.sort(key=lambda one: (list(Organisation).index(one.unit.organisation), one.unit.name))
    return news, backlog.read(rows[0][OF_UNIT:], now) if rows else None


def _latest(what: str, is_work: bool) -> ScalarSelect[Any]:
    """Something of the latest of a unit's entries: its work, or else that there was nothing to report.

    Of another organisation's unit, work that is held together says nothing of the day.
    """
    entry = aliased(Entry)
    return (
        select(getattr(entry, what))
        .where(entry.municipality == Unit.municipality, entry.unit == Unit.slug, ~entry.is_void, is_current(entry))
        .where(
            or_(Unit.organisation == bindparam("organisation"), entry.kind.not_in(bindparam("held", expanding=True)))
        )
        .where((entry.kind != NOTHING_TO_REPORT.slug) if is_work else (entry.kind == NOTHING_TO_REPORT.slug))
        .where(entry.happened_at >= bindparam("begins"), entry.happened_at < bindparam("ends"))
        .order_by(entry.happened_at.desc())
        .limit(1)
        .correlate(Unit)
        .scalar_subquery()
    )


_IN_TOUCH = (
    select(func.max(Device.last_seen_at))
    .join(Account)
    .where(Account.municipality == Unit.municipality, Account.unit == Unit.slug, Device.revoked_at.is_(None))
    .where(Account.organisation == Unit.organisation, Unit.organisation == bindparam("organisation"))
    .correlate(Unit)
    .scalar_subquery()
)
# Put together once: that takes longer than carrying it out.
_NEWS = (
    select(
        Unit.slug, Unit.name, Unit.organisation, Entry.kind, Entry.happened_at,
        case((Entry.id.is_(None), _latest("happened_at", is_work=False))), _IN_TOUCH,
    )
    .outerjoin_from(Unit, Entry, Entry.id == _latest("id", is_work=True))
    .where(Unit.municipality == bindparam("municipality"))
)  # fmt: skip
OF_UNIT = len(_NEWS.selected_columns)


def _news(by: Actor, row: Sequence[Any]) -> UnitNews:
    slug, name, organisation, kind, worked, quiet, touch = row
    unit = UnitChoice(slug, name, organisation)
    state = UnitState.REPORTED if worked else UnitState.NOTHING if quiet else UnitState.NOT_HEARD
    if organisation is not by.organisation:
        return UnitNews(unit, state)
    return UnitNews(unit, state, KINDS[kind] if kind else None, worked or quiet, touch)
