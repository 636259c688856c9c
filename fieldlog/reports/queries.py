"""Working out a report from the tallies."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace, areas
from fieldlog.clock import local_day
from fieldlog.counting.queries import listed, promised_in_words
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY, Span
from fieldlog.pledges.queries import EXAMPLE, judged
from fieldlog.programmes.models import Commitment, Pledge
from fieldlog.programmes.queries import note_on, periods
from fieldlog.public.models import Told as Public
from fieldlog.public.queries import programme
from fieldlog.publication.queries import stamp
from fieldlog.reports.forms import days_in_words
from fieldlog.reports.models import NoReportError, PledgeTold, Report, Told, Total
from fieldlog.spread import queries as spread
from fieldlog.targets.models import Basis
from fieldlog.targets.queries import how, parts, progress, required

FUTURE = Label("De dagarna har inte kommit ännu.", "Those days have not come yet.")
NO_PROGRAMME = Label("Inget medborgarlöfte gäller de dagarna.", "No pledge covers those days.")
PARTLY = Label("Medborgarlöftet gäller {days}.", "The pledge covers {days}.")
SEVERAL = Label(
    "Dagarna rör flera medborgarlöften. Ta en rapport för vart och ett.",
    "The days touch several pledges. Take a report of each.",
)

Places = list[AreaPlace]


def report(session: Session, municipality: str, span: Span, now: datetime) -> Report:
    """The report of the days as it is now. Raises NoReportError. A fixed number of queries."""
    today = local_day(now)
    slug = programme_of(session, municipality, span, today)
    until = min(span.last, today)
    row, bases = judged(session, municipality, slug, until, now, daily=span.first.day != 1)
    bases = {name: _when_over(basis, until) for name, basis in bases.items()} if span.last < today else bases
    through, _ = stamp(session, municipality)
    told = programme(session, municipality, slug, through or today, now, preview=True)
    public = {one.slug: one for pledge in told.pledges for one in pledge.commitments} if told else {}
    places = areas(session, municipality)
    return Report(
        slug=row.slug,
        name=row.name,
        period=row.period,
        span=span,
        until=until,
        made_on=today,
        example=EXAMPLE.fill(year=row.example_of) if row.example_of else None,
        decided_on=row.decided_on,
        registry_number=row.registry_number,
        answers=tuple(part for part in (row.answers_for, row.answers_address) if part),
        places=tuple(places),
        pledges=tuple(one for pledge in row.pledges if (one := _pledge(pledge, bases, public, span, places)).how),
    )


def programme_of(session: Session, municipality: str, span: Span, today: date) -> str:
    """The slug of the programme that has all of the days."""
    if span.first > today:
        raise NoReportError(FUTURE)
    known = [(period.slug, Span(period.first_day, period.last_day)) for period in periods(session, municipality)]
    touched = [(slug, whole) for slug, whole in reversed(known) if whole.cut(span)]
    if not touched:
        raise NoReportError(NO_PROGRAMME)
    slug, whole = touched[0]
    if whole.cut(span) == span:
        return slug
    offers = tuple(part for _, other in touched if (part := other.cut(span)).first <= today)
    raise NoReportError(SEVERAL if len(touched) > 1 else PARTLY.fill(days=days_in_words(whole)), offers)


def _when_over(basis: Basis, last: date) -> Basis:
    """The basis when its last day is over: nothing later counts and no later rule holds, but the day is judged."""
    known = tuple(version for version in basis.versions if version.valid_from <= last)
    return replace(basis, day=last + ONE_DAY, versions=known or basis.versions[:1])


def _pledge(
    row: Pledge, bases: dict[str, Basis], public: Mapping[str, Public], span: Span, places: Places
) -> PledgeTold:
    promised = [item for item in row.commitments if item.slug in bases]
    opened = [item for item in promised if spread.publicity(_tally(bases[item.slug])) == "open"]
    return PledgeTold(
        title=row.title,
        promise=row.promise,
        promised_by=tuple(Organisation(organisation) for organisation in row.promised_by),
        commitments=tuple(_told(item, bases[item.slug], span, places) for item in opened),
        totals=tuple(
            total
            for item in promised
            if item.slug in public
            for total in _totals(public[item.slug], _promised(bases[item.slug]))
        ),
        how=tuple((item.title, item.text, how(bases[item.slug])) for item in promised),
    )


def _told(row: Commitment, basis: Basis, span: Span, places: Places) -> Told:
    within = replace(basis, period=span.cut(basis.period))
    rule, done = basis.rule, within.count(within.period).amount
    by_area, reached = spread.where(within, places)
    asides = (aside for aside in rule.beside if spread.publicity((*aside.counts, *aside.of)) == "open")
    return Told(
        slug=row.slug,
        title=row.title,
        promised=_promised(basis),
        promised_by=tuple(Organisation(organisation) for organisation in row.promised_by),
        done=done,
        noun=rule.one if done == 1 else rule.noun,
        progress=progress(basis),
        parts=parts(basis),
        beside=tuple(spread.named(within, aside) for aside in asides),
        by_area=by_area,
        by_month=spread.by_month(within),
        areas_reached=reached,
        note=told[1] if (told := note_on(row, min(basis.day, span.last))) else None,
    )


def _totals(told: Public, promised: Label) -> Iterator[Total]:
    """The commitment's numbers that may only be told as one sum, as the public page tells them: never another one."""
    facts, few = told.sums, list(told.few)
    if told.is_total:
        main = told.progress
        words = Label.join(". ", [part for part in (main.words, main.lacking_words) if part]) if main else few.pop(0)
        yield Total(told.title, words, promised, main.state if main else None)
    yield from (Total(told.title, words) for words in (*(fact.words for fact in facts), *few))


def _promised(basis: Basis) -> Label:
    rule = basis.rule
    main = promised_in_words(rule, required(rule.target, basis.period) if rule.target else None)
    return listed((main, *(part.label for part in rule.parts)))


def _tally(basis: Basis) -> frozenset[str]:
    """Every measure that the tally is made of, by any of its rules so far."""
    rules = [version.rule for version in basis.versions]
    shares = (ref for rule in rules if rule.share for ref in (*rule.share.whole, *(rule.share.lacking or ())))
    return frozenset([*(ref for rule in rules for ref in rule.counts), *shares])
