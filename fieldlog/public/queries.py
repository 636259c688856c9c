"""Working out what the public page tells, from what was published and nothing else."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Organisation
from fieldlog.areas.queries import AreaPlace, areas
from fieldlog.clock import day_bounds, local_day
from fieldlog.counting.models import Aside, Limit
from fieldlog.counting.queries import promised_in_words
from fieldlog.entries.models import NO_AREA, Entry
from fieldlog.entries.queries import RulesByDay
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.pledges.queries import EXAMPLE
from fieldlog.programmes.models import Commitment, Pledge, Programme
from fieldlog.programmes.queries import note_on, periods, versions_on, whole
from fieldlog.public.models import TOO_FEW, PledgeTold, ProgrammeTold, Revision, Told, promised, told, who
from fieldlog.publication.queries import Ledger, basis_of, held_back, ledger, ledger_ahead
from fieldlog.review.models import ReviewedDay
from fieldlog.sensitive.queries import UNANSWERED, Clocks, Waits, lasts, openness
from fieldlog.spread import queries as spread
from fieldlog.targets.models import Basis, Beside, Progress
from fieldlog.targets.queries import how, parts, progress, required


def slug_shown(session: Session, municipality: str, day: date) -> str | None:
    """The programme that `/` tells of: the one in force on the day, otherwise the last that began, or the first."""
    known = periods(session, municipality)
    begun = [period.slug for period in known if period.first_day <= day]
    return begun[0] if begun else known[-1].slug if known else None


def programme(
    session: Session,
    municipality: str,
    slug: str,
    through: date,
    now: datetime,
    *,
    preview: bool = False,
    ahead: bool = False,
) -> ProgrammeTold | None:
    """The programme of that slug as it is public; with ``preview`` what is held back is told too.

    With ``ahead`` everything that has come in by now counts as public. A fixed number of queries.
    """
    row = whole(session, municipality, slug)
    if row is None:
        return None
    items = [item for pledge in row.pledges for item in pledge.commitments if item.has_begun(through + ONE_DAY)]
    refs = frozenset({UNANSWERED}).union(*(version.rule.refs for item in items for version in item.rules))
    read = ledger_ahead if ahead else ledger
    book = read(session, municipality, Span(row.first_day, row.last_day), sorted(refs), through)
    rules = RulesByDay(session, municipality)
    waits = Waits(book, rules)
    made = _Teller(
        book=book,
        clocks=Clocks(book, [versions_on(item, through) for item in items if lasts(item, row)], row.last_day, waits),
        rules=rules,
        waits=waits,
        places=areas(session, municipality),
        held={} if preview else held_back(session, municipality, slug, now),
        row=row,
        today=local_day(now),
    )
    return ProgrammeTold(
        slug=row.slug,
        name=row.name,
        first_day=row.first_day,
        last_day=row.last_day,
        background=row.background,
        who=who(_everybody(row)),
        example=EXAMPLE.fill(year=row.example_of) if row.example_of else None,
        decided_on=row.decided_on,
        registry_number=row.registry_number,
        answers_for=row.answers_for,
        answers_address=row.answers_address,
        through=through,
        reviewed=_reviewed(session, municipality, row.period.until(through), through),
        places=tuple(place for place in made.places if place.is_used_after(row.first_day)),
        pledges=tuple(told for told in map(made.pledge, row.pledges) if told.commitments),
    )


def _everybody(row: Programme) -> list[Organisation]:
    found = {organisation for pledge in row.pledges for organisation in pledge.promised_by}
    return [organisation for organisation in Organisation if organisation in found]


class _Teller:
    """Tells each commitment of one programme."""

    def __init__(
        self,
        *,
        book: Ledger,
        clocks: Clocks,
        rules: RulesByDay,
        waits: Waits,
        places: list[AreaPlace],
        held: dict[str, tuple[datetime, Label]],
        row: Programme,
        today: date,
    ) -> None:
        self.book, self.clocks, self.rules, self.waits = book, clocks, rules, waits
        self.places, self.held = places, held
        self.row, self.period, self.today = row, row.period, today
        # All of the last public day counts, so that each commitment is judged on the morning after it.
        self.day = book.through + ONE_DAY

    def pledge(self, row: Pledge) -> PledgeTold:
        promisers = who([Organisation(organisation) for organisation in row.promised_by])
        begun = [item for item in row.commitments if item.has_begun(self.day)]
        return PledgeTold(row.slug, row.title, row.promise, promisers, tuple(map(self.commitment, begun)))

    def commitment(self, row: Commitment) -> Told:
        basis = basis_of(row, self.period, self.book, self.rules)
        base = Told(
            slug=row.slug,
            title=row.title,
            text=row.text,
            who=who([Organisation(organisation) for organisation in row.promised_by]),
            sentence=None,
            progress=None,
            how=how(basis),
            # What is written or taken back is so at once: it is no figure that would have to wait.
            note=note_on(row, self.today),
            held=self._held(row.slug),
        )
        if base.held:
            return replace(base, note=None)
        is_whole = lasts(row, self.row)
        public = openness(basis.versions, is_whole=is_whole)
        facts = [self._fact(basis, aside, is_whole) for aside in basis.rule.beside]
        base = replace(
            base,
            is_total=public == "period",
            facts=tuple(fact for _, fact in facts if fact),
            sums=tuple(
                fact
                for aside, (_, fact) in zip(basis.rule.beside, facts, strict=True)
                if fact and (public != "open" or openness(basis.versions, aside, is_whole=is_whole) != "open")
            ),
            few=tuple(TOO_FEW.fill(noun=label) for label, fact in facts if label and not fact),
        )
        if public == "open":
            return self._open(base, row, basis)
        return self._total(base, row, basis) if public == "period" else base

    def _open(self, base: Told, row: Commitment, basis: Basis) -> Told:
        main = _without_plan(progress(basis), basis)
        by_area, reached = spread.where(basis, self.places)
        return replace(
            base,
            sentence=self._sentence(row, basis),
            progress=main,
            parts=parts(basis),
            by_area=by_area,
            by_month=spread.by_month(basis),
            areas_reached=reached,
            revisions=self._revisions(basis),
        )

    def _total(self, base: Told, row: Commitment, basis: Basis) -> Told:
        as_of = self.clocks.of_tally(basis.rule)
        if as_of is None:
            return replace(base, few=(TOO_FEW.fill(noun=basis.rule.noun), *base.few))
        main = _without_plan(progress(self._as_of(basis, as_of)), basis)
        return replace(base, progress=main, sentence=told(row.text, main.words, is_over=basis.is_over))

    def _fact(self, basis: Basis, aside: Aside, is_whole: bool) -> tuple[Label | None, Beside | None]:
        """The number beside the tally with its label: the label alone where too few have come, neither if never."""
        public = openness(basis.versions, aside, is_whole=is_whole)
        if public == "open":
            return aside.label, spread.named(basis, aside)
        if public == "never":
            return None, None
        as_of = self.clocks.of_aside(basis.rule, aside)
        return aside.label, spread.named(self._as_of(basis, as_of), aside) if as_of else None

    def _as_of(self, basis: Basis, moment: date) -> Basis:
        figures = self.book.figures(basis.rule.refs, daily=True, upto=moment)
        late = self.waits.overdue(moment) if basis.rule.share and basis.rule.share.overdue else ()
        return replace(basis, figures=figures, overdue=late)

    def _sentence(self, row: Commitment, basis: Basis) -> Label:
        rule, main = basis.rule, progress(basis)
        if not rule.target or rule.target.each:
            return told(row.text, main.words, is_over=basis.is_over)
        number = promised_in_words(rule, required(rule.target, basis.period))
        promisers = [Organisation(organisation) for organisation in row.promised_by]
        return promised(promisers, number, main, is_over=basis.is_over)

    def _revisions(self, basis: Basis) -> tuple[Revision, ...]:
        refs = frozenset[str]().union(*(version.rule.counts for version in basis.versions))
        months = self.book.revised(refs)
        first = replace(basis, figures=self.book.first_told(refs)) if months else basis
        found = []
        for month, on in sorted(months.items()):
            span = window_of(month, Window.MONTH)
            before, after = self._by_area(first, span), self._by_area(basis, span)
            if before != after:
                found.append(Revision(month, sum(before), sum(after), on + ONE_DAY))
        return tuple(found)

    def _by_area(self, basis: Basis, span: Span) -> list[int]:
        slugs = (*(place.slug for place in self.places), NO_AREA)
        return [basis.count(span, Limit(areas=(slug,))).amount for slug in slugs]

    def _held(self, slug: str) -> tuple[date, Label] | None:
        found = self.held.get(slug)
        return (found[0].date(), found[1]) if found else None


def _without_plan(main: Progress, basis: Basis) -> Progress:
    """Without what is expected where it would tell what is planned."""
    return replace(main, expected=None, share_expected=None) if basis.dates or basis.plan else main


def _reviewed(session: Session, municipality: str, span: Span, through: date) -> date | None:
    """The last day up to which what is told by day was reviewed by whoever logged it; None before any was.

    Kinds of which everything is sensitive have no say: the mark would tell on which day one of them came in.
    """
    if not span:
        return None
    kinds = [kind.slug for kind in KINDS.values() if any(one.public == "open" for one in kind.measures.values())]
    known = (Entry.municipality == municipality, Entry.day.between(span.first, span.last), Entry.kind.in_(kinds))
    came = func.max(Entry.received_at)
    rows = session.execute(
        select(Entry.day, Entry.organisation, came)
        .where(*known, Entry.received_at < day_bounds(through)[1])
        .group_by(Entry.day, Entry.organisation)
    )
    marks = {
        (row.day, row.organisation): row.at
        for row in session.scalars(select(ReviewedDay).where(ReviewedDay.municipality == municipality))
    }
    waiting = [day for day, organisation, at in rows if (mark := marks.get((day, organisation))) is None or mark < at]
    last = min(waiting) - ONE_DAY if waiting else span.last
    return last if last in span and marks else None
