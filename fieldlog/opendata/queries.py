"""Reading the open data: from what was published, and from what the public page tells, and nothing else."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.areas.queries import AreaPlace
from fieldlog.counting.models import Aside
from fieldlog.entries.models import NO_AREA
from fieldlog.entries.queries import RulesByDay
from fieldlog.measures import Publicity
from fieldlog.opendata.models import Row
from fieldlog.periods import ONE_DAY, Span
from fieldlog.programmes.models import Commitment
from fieldlog.programmes.queries import whole
from fieldlog.public.models import ProgrammeTold, Told
from fieldlog.publication.models import PublishedAmount
from fieldlog.publication.queries import Ledger, basis_of
from fieldlog.sensitive.queries import lasts, openness
from fieldlog.targets.models import Basis

AT_ONCE = 1_000


class Sums(NamedTuple):
    """What was published of a measure on a day in an area, and by which publication a finished month was changed."""

    amount: int = 0
    entries: int = 0
    first_told: int = 0
    revised: date | None = None

    def plus(self, amount: int, entries: int, revised: date | None) -> "Sums":
        first = self.first_told + (0 if revised else amount)
        return Sums(self.amount + amount, self.entries + entries, first, revised or self.revised)


@dataclass(frozen=True)
class Item:
    """A commitment with the rules that it is counted by, without a figure."""

    pledge: str
    row: Commitment
    is_whole: bool
    basis: Basis
    is_held: bool

    @cached_property
    def public(self) -> Publicity:
        """How far its tally may be told."""
        return openness(self.basis.versions, is_whole=self.is_whole)

    def asides(self, public: Publicity) -> list[Aside]:
        """The numbers beside the tally that may be told so far."""
        return [
            aside
            for aside in self.basis.rule.beside
            if openness(self.basis.versions, aside, is_whole=self.is_whole) == public
        ]

    @cached_property
    def open_refs(self) -> frozenset[str]:
        """The measures that are told by day and area."""
        if self.is_held:
            return frozenset()
        rules = [version.rule for version in self.basis.versions] if self.public == "open" else []
        beside = (frozenset((*aside.counts, *aside.of)) for aside in self.asides("open"))
        return frozenset[str]().union(*(rule.judged_refs for rule in rules), *beside)

    def counts(self, ref: str, day: date, area: str) -> bool:
        """Whether the measure of that day and area is a part of the tally, by the rule in force on the day."""
        rule = self.basis.rule_on(day)
        last = min(self.basis.day, rule.target.by if rule.target and rule.target.by else self.basis.day)
        limit = rule.limit
        return (
            self.public == "open"
            and ref in rule.counts
            and self.basis.period.first <= day <= last
            and (not limit.areas or area in limit.areas)
            and (not limit.weekdays or day.weekday() in limit.weekdays)
            and (not limit.months or day.month in limit.months)
        )


@dataclass(frozen=True)
class Promises:
    """A programme's commitments that have begun, as they are when all through the day ``through`` is public."""

    municipality: str
    slug: str
    through: date
    items: list[Item]

    def daily(self, session: Session, span: Span) -> Iterator[Row]:
        """The open measures by day, commitment and area, read while they are asked for, a kind at a time."""
        for item in self.items:
            for kind in sorted({ref.partition(".")[0] for ref in item.open_refs}):
                measures = sorted(ref.partition(".")[2] for ref in item.open_refs if ref.startswith(f"{kind}."))
                for day, area, measure, sums in _cells(session, self, (kind, measures), span):
                    if sums.amount or sums.entries or sums.revised:
                        ref, place = f"{kind}.{measure}", None if area == NO_AREA else area
                        counted, on = item.counts(ref, day, area), _day(sums.revised and sums.revised + ONE_DAY)
                        numbers = (sums.amount, sums.entries, counted, sums.first_told, on)
                        yield (*self._whose(item), ref, str(day), place, *numbers)

    def period(self, told: ProgrammeTold) -> Iterator[Row]:
        """The sensitive numbers, one sum each: those that the page tells, and those of which there are too few."""
        known = _by_slug(told)
        for item in (item for item in self.items if not item.is_held):
            one, rule = known[item.row.slug], item.basis.rule
            if one.is_total:
                main, share = one.progress, rule.share
                lacking = main.lacking if main and share and share.lacking else None
                numbers = (main.done, main.whole, lacking) if main else (None, None, None)
                of = " ".join(share.whole) if share else None
                yield (*self._whose(item), "tally", " ".join(rule.counts), of, *rule.noun, *numbers)
            for aside in item.asides("period"):
                fact = next((fact for fact in one.facts if fact.label in {aside.label, aside.one}), None)
                numbers = (fact.amount, fact.whole, None) if fact else (None, None, None)
                of = " ".join(aside.of) or None
                yield (*self._whose(item), "beside", " ".join(aside.counts), of, *aside.label, *numbers)

    def commitments(self, told: ProgrammeTold, places: Iterable[AreaPlace]) -> dict[str, Any]:
        """What was promised, and by which rules it is counted: with the rows, all that the page's figures are."""
        known = _by_slug(told)
        return {
            "municipality": self.municipality,
            "programme": told.slug,
            "name": told.name._asdict(),
            "first_day": str(told.first_day),
            "last_day": str(told.last_day),
            "through": str(told.through),
            "reviewed": _day(told.reviewed),
            "example": told.example and told.example._asdict(),
            "decided_on": _day(told.decided_on),
            "registry_number": told.registry_number,
            "answers_for": told.answers_for,
            "answers_address": told.answers_address,
            "areas": [
                {"slug": place.slug, "name": place.name, "retired_from": _day(place.retired_from)} for place in places
            ],
            "pledges": [
                {
                    "slug": pledge.slug,
                    "title": pledge.title._asdict(),
                    "promise": pledge.promise._asdict(),
                    "commitments": [
                        _commitment(item, known[item.row.slug]) for item in self.items if item.pledge == pledge.slug
                    ],
                }
                for pledge in told.pledges
            ],
        }

    def _whose(self, item: Item) -> tuple[str, str, str, str]:
        return self.municipality, self.slug, item.pledge, item.row.slug


def promises(
    session: Session, municipality: str, slug: str, through: date, held: Collection[str] = ()
) -> Promises | None:
    """The programme's commitments, of which those ``held`` are held back. A fixed number of queries, no figures."""
    row = whole(session, municipality, slug)
    if row is None:
        return None
    rules, book = RulesByDay(session, municipality), Ledger([], through, through)
    found = [
        Item(pledge.slug, item, lasts(item, row), basis_of(item, row.period, book, rules), item.slug in held)
        for pledge in row.pledges
        for item in pledge.commitments
        if item.has_begun(through + ONE_DAY)
    ]
    return Promises(municipality, slug, through, found)


def _cells(
    session: Session, of: Promises, measures: tuple[str, list[str]], span: Span
) -> Iterator[tuple[date, str, str, Sums]]:
    """Each day's and area's sums, in the order of the table's key, so that nothing has to be sorted or kept."""
    row, (kind, names) = PublishedAmount, measures
    query = (
        select(row.day, row.area, row.measure, row.amount, row.entries, row.revises, row.through)
        .where(row.municipality == of.municipality, row.kind == kind, row.day.between(span.first, span.last))
        .where(row.measure.in_(names), row.through <= of.through)
        .order_by(row.day, row.area, row.through, row.measure)
    )
    lines: Any = session.execute(query.execution_options(yield_per=AT_ONCE))
    for (day, area), of_cell in groupby(lines, key=itemgetter(0, 1)):
        cell: dict[str, Sums] = {}
        for _, _, measure, amount, entries, revises, through in of_cell:
            cell[measure] = cell.get(measure, Sums()).plus(int(amount), int(entries), through if revises else None)
        for measure, sums in sorted(cell.items()):
            yield day, area, measure, sums


def _by_slug(told: ProgrammeTold) -> dict[str, Told]:
    return {one.slug: one for pledge in told.pledges for one in pledge.commitments}


def _commitment(item: Item, one: Told) -> dict[str, Any]:
    basis, progress = item.basis, one.progress
    return {
        "slug": one.slug,
        "title": one.title._asdict(),
        "text": one.text._asdict(),
        "promised_by": item.row.promised_by,
        "told": "held" if one.held else {"open": "daily"}.get(item.public, item.public),
        "held": {"since": str(one.held[0]), "reason": one.held[1]._asdict()} if one.held else None,
        "note": {"since": str(one.note[0]), "text": one.note[1]._asdict()} if one.note else None,
        "daily_measures": sorted(item.open_refs),
        "first_day": _day(basis.since),
        "last_day": _day(basis.until),
        "planned": bool(basis.plan or basis.dates),
        "state": progress.state.value if progress else None,
        "rules": [{"valid_from": str(each.valid_from), "rule": each.rule.to_json()} for each in basis.versions],
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
