"""What a programme's file holds."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from fieldlog.actors import Organisation
from fieldlog.counting.models import Rule, Target, Value, Words
from fieldlog.counting.queries import counts_nothing
from fieldlog.kinds import KINDS
from fieldlog.labels import Label, WrongValueError, said
from fieldlog.periods import Span, same_day
from fieldlog.programmes.models import EarlierDays
from fieldlog.targets.models import Plan
from fieldlog.texts import forbidden_spans, mask, texts_in

UPSIDE_DOWN = Label("Den sista dagen kommer före den första.", "the last day comes before the first")
NO_OTHER_PLACEHOLDER = Label(
    "Ett namn har inget annat fält än {{year}}.", "a name has no other placeholder than {{year}}"
).fill()
TWICE = Label("Det här står två gånger: {slugs}", "slugs that stand twice: {slugs}")
NO_FOCUS = Label(
    "Åtagandet {commitment} pekar på ett fokusområde som inte finns i filen: {focus}",
    "commitment {commitment} names no focus area of the file: {focus}",
)
NO_MEASURE = Label("Det finns inget mått {ref} ({commitment})", "there is no measure {ref} (commitment {commitment})")
OUTSIDE = Label(
    "{commitment}: {day} ligger utanför perioden eller står i fel ordning.",
    "commitment {commitment}: {day} is outside the period or out of order",
)
FORBIDDEN = Label(
    "En text ser ut att innehålla ett personnummer eller ett registreringsnummer: {text}",
    "a text seems to hold a personal number or a registration plate: {text}",
)
NAMELESS = Label("{commitment}: det som räknas heter ingenting", "commitment {commitment}: what is counted has no name")
IN_COMMITMENT = Label("{commitment}: {why}", "commitment {commitment}: {why}")

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
YearSlug = Annotated[str, Field(pattern=r"^[a-z0-9-]*(\{year\})?[a-z0-9-]*$", min_length=1, max_length=32)]
Said = Annotated[Words, AfterValidator(said)]
Promisers = Annotated[tuple[Organisation, ...], Field(min_length=1)]


class FocusText(Value):
    """A focus area."""

    slug: Slug
    name: Said
    first_day: date | None = None
    last_day: date | None = None


class RuleChange(Value):
    """Another rule, from a day on."""

    valid_from: date
    rule: Rule


class PlanChange(Value):
    """How work is planned from a day on."""

    valid_from: date
    plan: Plan


class NoteText(Value):
    """What is told from a day on about a commitment that lags."""

    day: date
    text: Words


class CommitmentText(Value):
    """One bullet under a pledge: what is done, by whom, for which focus areas, and how it is counted.

    ``rule`` holds from the programme's first day, or from its own ``first_day``; ``changes`` from days of their own.
    """

    slug: Slug
    title: Said
    text: Said
    promised_by: Promisers
    focus: tuple[Slug, ...]
    rule: Rule
    first_day: date | None = None
    last_day: date | None = None
    changes: tuple[RuleChange, ...] = ()
    plans: tuple[PlanChange, ...] = ()
    notes: tuple[NoteText, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every version, the newest last."""
        return (self.rule, *(change.rule for change in self.changes))

    @model_validator(mode="after")
    def _knows_its_measures(self) -> Self:
        for ref in sorted(ref for rule in self.rules for ref in rule.refs):
            kind, _, name = ref.partition(".")
            if kind not in KINDS or name not in KINDS[kind].measures:
                raise WrongValueError(NO_MEASURE.fill(ref=ref, commitment=self.slug))
        if not all(words.sv.strip() for rule in self.rules for words in (rule.noun, rule.one)):
            raise WrongValueError(NAMELESS.fill(commitment=self.slug))
        return self

    def anew(self, ahead: int, span: Span, themes: Collection[str]) -> Self:
        """The commitment as it begins in another period: by its newest rule, with nothing planned or told yet."""
        rule, focus = _moved(self.rules[-1], ahead, span), tuple(theme for theme in self.focus if theme in themes)
        fresh = {"first_day": None, "changes": (), "plans": (), "notes": ()}
        return self.model_copy(update={"rule": rule, "focus": focus, **fresh})

    def first_wrong(self, period: Span) -> Label | None:
        """What does not fit the period; None when all does."""
        first, last = self.first_day or period.first, self.last_day or period.last
        if stray := next((day for day in (first, last) if not max(first, period.first) <= day <= period.last), None):
            return OUTSIDE.fill(commitment=self.slug, day=stray)
        starts = [first, *(change.valid_from for change in self.changes)]
        for days in (starts, [plan.valid_from for plan in self.plans]):
            for before, day in zip([None, *days], days, strict=False):
                if day not in period or (before and day <= before):
                    return OUTSIDE.fill(commitment=self.slug, day=day)
        # Plans that another one took over from may have reached beyond a period that was longer then.
        planned = [day for change in self.plans[-1:] for day in change.plan.dates]
        planned += [max(item.month, period.first) for change in self.plans[-1:] for item in change.plan.months]
        if strays := [day for day in planned if day not in period]:
            return OUTSIDE.fill(commitment=self.slug, day=strays[0])
        if len({note.day for note in self.notes}) < len(self.notes):
            return TWICE.fill(slugs=f"{self.slug} notes")
        for rule, first in zip(self.rules, starts, strict=True):
            if why := counts_nothing(rule, period, first):
                return IN_COMMITMENT.fill(commitment=self.slug, why=why)
        return None


class PledgeText(Value):
    """What was promised, in one sentence, and the commitments under it."""

    slug: Slug
    title: Said
    promise: Said
    promised_by: Promisers
    commitments: Annotated[tuple[CommitmentText, ...], Field(min_length=1)]


class ProgrammeText(Value):
    """A municipality's pledges for a period. ``{year}`` in the slug and the name is the year of the first day.

    ``example_of`` is the year whose programme this one repeats, when nobody has decided it for this one.
    """

    municipality: Annotated[str, Field(pattern=r"^\d{4}$")]
    slug: YearSlug
    name: Said
    first_day: date
    last_day: date
    earlier: tuple[EarlierDays, ...] = ()
    background: Words
    decided_on: date | None = None
    registry_number: Annotated[str, Field(max_length=40)] | None = None
    example_of: Annotated[int, Field(ge=1900, le=2200)] | None = None
    answers_for: Annotated[str, Field(max_length=120)] | None = None
    answers_address: Annotated[str, Field(max_length=200)] | None = None
    focus_areas: Annotated[tuple[FocusText, ...], Field(min_length=1)]
    pledges: Annotated[tuple[PledgeText, ...], Field(min_length=1)]

    def for_year(self, year: int) -> Self:
        """The programme with all its days moved so that it begins in ``year``; in another year it is an example."""
        ahead = year - self.first_day.year
        named = self.model_copy(
            update={"slug": self.slug.replace("{year}", str(year)), "name": self.name.fill(year=year)}
        )
        first, last = same_day(self.first_day, year), same_day(self.last_day, self.last_day.year + ahead)
        return named.for_period(Span(first, last)) if ahead else named

    def for_period(self, period: Span) -> Self:
        """What is still promised, for another period: not decided, by its newest rules, with nothing planned."""
        ahead = period.first.year - self.first_day.year
        focus = tuple(item.model_copy(update={"first_day": None}) for item in self.focus_areas if not item.last_day)
        themes = {item.slug for item in focus}
        pledges = []
        for pledge in self.pledges:
            kept = tuple(item.anew(ahead, period, themes) for item in pledge.commitments if not item.last_day)
            pledges += [pledge.model_copy(update={"commitments": kept})] if kept else []
        undecided = {"decided_on": None, "registry_number": None, "example_of": self.example_of or self.first_day.year}
        days = {"first_day": period.first, "last_day": period.last, "earlier": ()}
        return self.model_copy(update={"focus_areas": focus, "pledges": tuple(pledges), **days, **undecided})

    @property
    def commitments(self) -> list[CommitmentText]:
        return [commitment for pledge in self.pledges for commitment in pledge.commitments]

    @field_validator("name")
    @classmethod
    def _takes_a_year(cls, name: Label) -> Label:
        try:
            name.fill(year=2017)
        except (KeyError, IndexError, ValueError):
            raise WrongValueError(NO_OTHER_PLACEHOLDER) from None
        return name

    @field_validator("last_day")
    @classmethod
    def _comes_last(cls, last_day: date, info: ValidationInfo) -> date:
        if "first_day" in info.data and last_day < info.data["first_day"]:
            raise WrongValueError(UPSIDE_DOWN)
        return last_day

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if forbidden := next(filter(forbidden_spans, texts_in(self.model_dump(exclude={"registry_number"}))), None):
            raise WrongValueError(FORBIDDEN.fill(text=mask(forbidden)[:60]))
        for slugs in (self.focus_areas, self.pledges, self.commitments):
            _must_be_unique(item.slug for item in slugs)
        for focus in self.focus_areas:
            if not self.first_day <= (first := focus.first_day or self.first_day) <= (focus.last_day or self.last_day):
                raise WrongValueError(OUTSIDE.fill(commitment=focus.slug, day=first))
        known = {focus.slug for focus in self.focus_areas}
        for commitment in self.commitments:
            if unknown := sorted(set(commitment.focus) - known):
                raise WrongValueError(NO_FOCUS.fill(commitment=commitment.slug, focus=", ".join(unknown)))
            if why := commitment.first_wrong(Span(self.first_day, self.last_day)):
                raise WrongValueError(why)
        return self


def _must_be_unique(slugs: Iterable[str]) -> None:
    if twice := [slug for slug, times in Counter(slugs).items() if times > 1]:
        raise WrongValueError(TWICE.fill(slugs=", ".join(twice)))


def _moved(rule: Rule, ahead: int, span: Span) -> Rule:
    """The rule with its targets' last days moved by so many years; one that then lies outside the span is gone."""

    def moved(target: Target | None) -> Target | None:
        if not target or not target.by:
            return target
        by = same_day(target.by, target.by.year + ahead)
        return target.model_copy(update={"by": by if by in span else None})

    parts = tuple(part.model_copy(update={"target": moved(part.target)}) for part in rule.parts)
    return rule.model_copy(update={"target": moved(rule.target), "parts": parts})
