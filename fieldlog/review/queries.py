"""Finding what needs a supervisor's eye, in the rows that the supervisor may read.

A page looks at a stretch of days: at what the server got in them, whenever the work was done.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fieldlog.accounts.models import Account, Device
from fieldlog.accounts.queries import units
from fieldlog.actors import Actor, Organisation
from fieldlog.areas.queries import areas
from fieldlog.backlog.queries import SILENT
from fieldlog.clock import day_bounds, local_day
from fieldlog.entries import queries as entries
from fieldlog.entries.models import Entry, EntryAmount, may_be_double
from fieldlog.fields import WrongAnswerError
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import shown
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS, logged_by
from fieldlog.kinds.youth import COOPERATION, OUTREACH
from fieldlog.labels import Label
from fieldlog.logbook.queries import refused_for
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.review.forms import doubles, phone, reasons
from fieldlog.review.models import EVERYBODY, UNTOUCHED, Case, Day, Matter, Review, ReviewedDay, Touched, Week

MOST = 10_000
"""Entries that one page looks through: those received last."""
MOST_WEEKS = 12

PHONE = Label("Telefon", "Phone")
NO_KIND = Label("Okänd typ av aktivitet", "Unknown kind")
NOT_READ = Label(
    "Organisationen läser inte den typen, så det som skickades visas inte. Fråga den som loggade.",
    "The organisation does not read that kind, so what was sent is not shown. Ask whoever logged it.",
)
WAITING = Label(
    "Aktiviteter som väntade vid senaste kontakten: {number}.", "Entries waiting at the last contact: {number}."
)

_FIRST, _LATER = aliased(Entry), aliased(Entry)
_ROW = (
    Entry.id, Entry.origin_id, Entry.kind, Entry.area, Entry.unit, Entry.organisation, Entry.took_part, Entry.author_id,
    Entry.account_id, Entry.is_void, Entry.reason, Entry.happened_at, Entry.doubtful_time, Entry.day,
    Entry.received_at, Entry.answers, _FIRST.received_at.label("first_received_at"),
)  # fmt: skip


def matters(session: Session, by: Actor, span: Span, now: datetime) -> list[Matter]:
    """What needs ``by``'s eye of what came in on these days; the latest first."""
    return look_through(session, by, span, now)[0]


def look_through(session: Session, by: Actor, span: Span, now: datetime) -> tuple[list[Matter], bool]:
    """What needs ``by``'s eye, the latest first, and whether all that came in was looked at: ``MOST`` entries are."""
    since, until = day_bounds(span.first)[0], day_bounds(span.last)[1]
    days = {day + step * ONE_DAY for day in days_touched(session, by, span) for step in (-1, 0, 1)}
    query = select(*_ROW).join(_FIRST, _FIRST.id == Entry.origin_id)
    query = query.where(entries.readable(by), entries.is_current(), Entry.day.in_(days))
    rows = session.execute(query.order_by(Entry.received_at.desc()).limit(MOST)).all()
    fresh = [row for row in rows if since <= row.received_at < until]
    flagged = _flagged(session, by, since, until)
    shared = _shared(session, by, days, fresh)
    rules = entries.RulesByDay(session, by.municipality)
    found = list(doubles(rows, {row.id for row in fresh}))
    for row in fresh:
        if why := reasons(row, by, flagged[row.id], rules.on(row.day), row.id in shared):
            found.append(Matter(next(iter(why)), f"entry:{row.id}", row.received_at, [*why.values()], [row.id]))
    found += _refusals(session, by, since, until)
    found += _silent_phones(session, by, now) if since <= now < until else ()
    settled = _settled(session, by, since)
    wanted = sorted((one for one in found if one.subject not in settled), key=lambda one: one.at, reverse=True)
    return wanted, len(rows) < MOST


def counts(session: Session, by: Actor, day: date, now: datetime) -> Counter[str]:
    """How much of what came in on that day needs ``by``'s eye, by the group in which the page has it."""
    return Counter(one.group for one in matters(session, by, Span(day, day), now))


def _received(since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(Entry.received_at >= since, Entry.received_at < until)


def days_touched(session: Session, by: Actor, span: Span) -> list[date]:
    """The days of work that what came in on these days belongs to, or was moved away from; the latest first."""
    since, until = day_bounds(span.first)[0], day_bounds(span.last)[1]
    own = select(Entry.day).where(entries.readable(by), _received(since, until))
    moved = select(Entry.day).join(_LATER, _LATER.replaces_id == Entry.id)
    moved = moved.where(entries.readable(by), _LATER.received_at >= since, _LATER.received_at < until)
    return sorted(session.scalars(own.union(moved).limit(MOST)), reverse=True)


def _flagged(session: Session, by: Actor, since: datetime, until: datetime) -> Mapping[UUID, dict[str, int]]:
    """The amounts that need an eye, by version: occasions that do not qualify, and suspected who were not asked."""
    leaves = {kind.link.leaves for kind in logged_by(by.organisation) if kind.link and kind.link.opened_by}
    wanted = or_(
        and_(EntryAmount.measure == "qualified", EntryAmount.amount == 0),
        and_(EntryAmount.measure.in_(leaves), EntryAmount.amount > 0),
    )
    query = select(EntryAmount.entry_id, EntryAmount.measure, EntryAmount.amount).join(Entry)
    query = query.where(entries.readable(by), entries.is_current(), ~Entry.is_void, _received(since, until), wanted)
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for version, measure, amount in session.execute(query):
        found[version][measure] = amount
    return found


def _shared(session: Session, by: Actor, days: Collection[date], fresh: Sequence[Row[Any]]) -> set[UUID]:
    """Those of ``fresh`` near which another organisation logged the same kind of work, by itself.

    No more is told of rows that ``by`` does not read, and that only where the public tally shows nearly as much: of
    kinds that both organisations read and whose leading measure is open. Social services' rows are never looked at.
    """
    kinds = {
        slug for slug, kind in KINDS.items() if by.organisation in kind.readers and kind.can_be_double and kind.is_open
    }
    query = select(Entry.kind, Entry.area, Entry.unit, Entry.author_id, Entry.happened_at, Entry.organisation).where(
        Entry.municipality == by.municipality, Entry.day.in_(days), Entry.kind.in_(kinds), ~Entry.is_void,
        entries.is_current(), ~Entry.took_part.contains(f" {by.organisation} "),
        Entry.organisation != Organisation.SOCIAL_SERVICES,
    )  # fmt: skip
    others: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for other in session.execute(query.limit(MOST)):
        others[other.kind, other.area].append(other)
    return _joint(session, by, days, fresh) | {
        row.id
        for row in fresh
        if not row.is_void and row.organisation == by.organisation
        for other in others[row.kind, row.area]
        if may_be_double(row, other) and f" {other.organisation} " not in row.took_part
    }


def _joint(session: Session, by: Actor, days: Collection[date], fresh: Sequence[Row[Any]]) -> set[UUID]:
    """The passes with the police on whose day the police logged cooperation too: it may be the pass, counted twice.

    That there was some on a day everybody may know; that there was a pass only those who read it.
    """
    query = select(Entry.day).where(
        Entry.municipality == by.municipality, Entry.day.in_(days), Entry.kind == COOPERATION.slug, ~Entry.is_void,
        entries.is_current(), Entry.organisation == Organisation.POLICE,
    )  # fmt: skip
    told = set(session.scalars(query.distinct()))
    passes = (row for row in fresh if row.kind == OUTREACH.slug and not row.is_void and row.answers.get("with_police"))
    return {row.id for row in passes if row.day in told}


def _settled(session: Session, by: Actor, since: datetime) -> set[str]:
    """What was decided since then, nothing being decided before it comes in; and of phones, which stay silent, ever."""
    lately = or_(Review.at >= since, Review.subject.startswith("phone:"))
    query = select(Review.subject).where(Review.municipality == by.municipality, lately)
    return set(session.scalars(query.where(Review.organisation.in_([by.organisation, EVERYBODY]))))


def own_refusals(by: Actor) -> Select[Refusal, str]:
    """What of ``by``'s organisation's was refused, and neither mended nor discarded by its sender; and whose unit's.

    That it was refused is told of every kind, for nobody else would hear of it; what it said only to a kind's readers.
    """
    query = select(Refusal, Account.unit).join(Account, Account.id == Refusal.account_id)
    query = query.where(Refusal.municipality == by.municipality, Account.organisation == by.organisation)
    return query.where(Refusal.settled_at.is_(None))


def _refusals(session: Session, by: Actor, since: datetime, until: datetime) -> list[Matter]:
    query = own_refusals(by).where(Refusal.received_at >= since, Refusal.received_at < until)
    rows = session.execute(query.limit(MOST))
    return [Matter("refused", f"refusal:{row.id}", row.received_at, source=(row, unit)) for row, unit in rows]


def own_phones(by: Actor) -> Select[Device, str]:
    """The phones of ``by``'s organisation, revoked ones too, that held entries when last in touch; and whose unit's."""
    query = select(Device, Account.unit).join(Account, Account.id == Device.account_id).where(Device.waiting > 0)
    return query.where(Account.municipality == by.municipality, Account.organisation == by.organisation)


def _silent_phones(session: Session, by: Actor, now: datetime) -> list[Matter]:
    rows = session.execute(own_phones(by).where(Device.last_seen_at < now - SILENT))
    return [Matter("silent", phone(row), row.last_seen_at, source=(row, unit)) for row, unit in rows]


def cases(session: Session, by: Actor, chosen: Sequence[Matter]) -> list[Case]:
    """The matters as the page shows them."""
    ids = {version for one in chosen for version in one.versions}
    found = {entry.id: entry for entry in session.scalars(select(Entry).where(entries.readable(by), Entry.id.in_(ids)))}
    names = {area.slug: area.name for area in areas(session, by.municipality)}
    teams = {unit.slug: unit.name for unit in units(session, by.municipality)}
    return [_case(one, [found[version] for version in one.versions], names, teams, by) for one in chosen]


def _case(one: Matter, of: Sequence[Entry], names: Mapping[str, str], teams: Mapping[str, str], by: Actor) -> Case:
    if one.source is None:
        rows = [(shown(entry, names), teams.get(entry.unit, "")) for entry in of]
        return Case(one.group, one.subject, one.at, [(None, words) for words in one.reasons], rows)
    source, unit = one.source
    if isinstance(source, Device):
        waits = WAITING.fill(number=source.waiting)
        return Case(one.group, one.subject, one.at, [(None, waits)], what=PHONE, unit=teams.get(unit, ""))
    kind = KINDS.get(source.item["kind"])
    what, unit, why, said = kind.label if kind else NO_KIND, teams.get(unit, ""), refused_for(source), list[Any]()
    if kind and by.organisation not in kind.readers:
        why = [(None, NOT_READ)]
    elif kind:
        said = list(_said(source, kind))
    return Case(one.group, one.subject, one.at, why, what=what, unit=unit, said=said)


def _said(refused: Refusal, kind: Kind) -> Iterator[tuple[Label, Label]]:
    """The answers of a refused attempt: as a reader has them, or as they came where they cannot be right."""
    for name, answer in refused.item["answers"].items():
        if (part := kind.fields.get(name)) is None:
            continue
        try:
            text = part.text(part.check(answer))
        except WrongAnswerError:
            text = Label(str(answer), str(answer))
        if text:
            yield part.label, text


def weeks(session: Session, by: Actor, span: Span, now: datetime) -> list[Week]:
    """The span's weeks and those that what came in within it belongs to, the latest first, with each day's state."""
    firsts = {window_of(day, Window.WEEK).first for day in (*span, *days_touched(session, by, span))}
    latest = sorted(firsts, reverse=True)[:MOST_WEEKS]
    days = [day for first in latest for day in window_of(first, Window.WEEK)]
    counted = touched(session, by, days)
    query = select(ReviewedDay).filter_by(municipality=by.municipality, organisation=by.organisation)
    marks = {mark.day: mark for mark in session.scalars(query.where(ReviewedDay.day.in_(days)))}
    today = local_day(now)
    states = {day: Day.of(day, counted.get(day, UNTOUCHED), marks.get(day), today) for day in days}
    return [Week([states[day] for day in window_of(first, Window.WEEK)]) for first in latest]


def touched(session: Session, by: Actor, days: Collection[date]) -> dict[date, Touched]:
    """What has touched each of the days, of what ``by`` reads; days that nothing touched are left out."""
    is_first, stays = Entry.replaces_id.is_(None), _LATER.took_part.contains(f" {by.organisation} ")
    numbers = (is_first, and_(~is_first, ~Entry.is_void), Entry.is_void, or_(_LATER.day != Entry.day, ~stays))
    sums = [func.sum(case((condition, 1), else_=0)) for condition in numbers]
    query = select(Entry.day, *sums).outerjoin(_LATER, _LATER.replaces_id == Entry.id)
    rows = session.execute(query.where(entries.readable(by), Entry.day.in_(days)).group_by(Entry.day))
    return {day: Touched(*counted) for day, *counted in rows}
