"""What a programme's file holds."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from fieldlog.actors import Organisation
from fieldlog.counting.models import Rule, Target, Value, Words
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.periods import same_day

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=32)]
YearSlug = Annotated[str, Field(pattern=r"^[a-z0-9-]*(\{year\})?[a-z0-9-]*$", min_length=1, max_length=32)]
Promisers = Annotated[tuple[Organisation, ...], Field(min_length=1)]


class FocusText(Value):
    """A focus area."""

    slug: Slug
    name: Words


class CommitmentText(Value):
    """One bullet under a pledge: what is done, by whom, for which focus areas, and how it is counted."""

    slug: Slug
    title: Words
    text: Words
    promised_by: Promisers
    focus: tuple[Slug, ...]
    rule: Rule

    @field_validator("rule")
    @classmethod
    def _knows_its_measures(cls, rule: Rule, info: ValidationInfo) -> Rule:
        for ref in sorted(rule.refs):
            kind, _, name = ref.partition(".")
            if kind not in KINDS or name not in KINDS[kind].measures:
                raise ValueError(f"there is no measure {ref} (commitment {info.data.get('slug')})")
        return rule


class PledgeText(Value):
    """What was promised, in one sentence, and the commitments under it."""

    slug: Slug
    title: Words
    promise: Words
    promised_by: Promisers
    commitments: Annotated[tuple[CommitmentText, ...], Field(min_length=1)]


class ProgrammeText(Value):
    """A municipality's pledges for a period. ``{year}`` in the slug and the name is the year of the first day.

    ``example_of`` is the year whose programme this one repeats, when nobody has decided it for this one.
    """

    municipality: Annotated[str, Field(pattern=r"^\d{4}$")]
    slug: YearSlug
    name: Words
    first_day: date
    last_day: date
    background: Words
    decided_on: date | None = None
    registry_number: Annotated[str, Field(max_length=40)] | None = None
    example_of: int | None = None
    focus_areas: Annotated[tuple[FocusText, ...], Field(min_length=1)]
    pledges: Annotated[tuple[PledgeText, ...], Field(min_length=1)]

    def for_year(self, year: int) -> Self:
        """The programme with all its days moved so that it begins in ``year``; in another year it is an example."""
        ahead = year - self.first_day.year
        undecided: dict[str, Any] = {"decided_on": None, "registry_number": None, "example_of": self.first_day.year}
        return self.model_copy(
            update={
                "slug": self.slug.format(year=year),
                "name": self.name.fill(year=year),
                "first_day": same_day(self.first_day, year),
                "last_day": same_day(self.last_day, self.last_day.year + ahead),
                "pledges": tuple(_moved(pledge, ahead) for pledge in self.pledges),
                **(undecided if ahead else {}),
            }
        )

    @property
    def commitments(self) -> list[CommitmentText]:
        return [commitment for pledge in self.pledges for commitment in pledge.commitments]

    @field_validator("name")
    @classmethod
    def _takes_a_year(cls, name: Label) -> Label:
        try:
            name.fill(year=2017)
        except (KeyError, IndexError) as error:
            raise ValueError("a name has no other placeholder than {year}") from error
        return name

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.last_day < self.first_day:
            raise ValueError("the last day comes before the first")
        for slugs in (self.focus_areas, self.pledges, self.commitments):
            _must_be_unique(item.slug for item in slugs)
        known = {focus.slug for focus in self.focus_areas}
        for commitment in self.commitments:
            if unknown := set(commitment.focus) - known:
                raise ValueError(f"commitment {commitment.slug} names no focus area of the file: {sorted(unknown)}")
        return self


def _must_be_unique(slugs: Iterable[str]) -> None:
    if twice := [slug for slug, times in Counter(slugs).items() if times > 1]:
        raise ValueError(f"slugs that stand twice: {', '.join(twice)}")


def _moved(pledge: PledgeText, ahead: int) -> PledgeText:
    return pledge.model_copy(
        update={
            "commitments": tuple(
                commitment.model_copy(update={"rule": _moved_rule(commitment.rule, ahead)})
                for commitment in pledge.commitments
            )
        }
    )


def _moved_rule(rule: Rule, ahead: int) -> Rule:
    def moved(target: Target | None) -> Target | None:
        if not target or not target.by:
            return target
        return target.model_copy(update={"by": same_day(target.by, target.by.year + ahead)})

    parts = tuple(part.model_copy(update={"target": moved(part.target)}) for part in rule.parts)
    return rule.model_copy(update={"target": moved(rule.target), "parts": parts})
