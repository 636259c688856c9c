"""Counting rules as values: written in a programme's file, kept as JSON, never changed once made."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, model_validator

from fieldlog.labels import Label, WrongValueError
from fieldlog.periods import Span, Window

Words = Annotated[Label, PlainSerializer(lambda words: words._asdict())]
Ref = Annotated[str, Field(pattern=r"^[a-z][a-z-]*\.[a-z][a-z-]*$")]
Refs = Annotated[tuple[Ref, ...], Field(min_length=1)]
Weekday = Annotated[int, Field(ge=0, le=6)]
Month = Annotated[int, Field(ge=1, le=12)]
Number = Annotated[int, Field(ge=1, le=99_999)]

RANGE = Label("Den övre gränsen ska vara högre än den undre.", "a range ends above where it begins")
AVERAGE = Label("Ett snitt räknas per vecka, månad eller termin.", "an average needs a window: week, month or term")
NO_RANGE = Label("Ett snitt har ingen övre gräns.", "an average has no range")
BY_OR_EACH = Label(
    "Ett mål har en sista dag eller återkommer, inte båda.",
    "a target has a last day or returns in each window, not both",
)
LACKING = Label("Det som saknas behöver både mått och ord.", "what is lacking needs both its measures and its words")
PLACEHOLDERS = Label(
    "Texten har ett fält inom klamrar som inte finns.", "the words have a placeholder that does not exist"
)
TARGET_OR_SHARE = Label("En regel har ett mål eller en andel, inte båda.", "a rule has a target or a share, not both")
SHARE_COUNTS = Label("En andel räknar sin del.", "a share counts its part")
PART_ALONE = Label("Ett delmål behöver ett huvudmål.", "a further target needs a main target")
PART_APART = Label(
    "Delmålet måste kunna räkna något som huvudmålet räknar.",
    "a further target must be able to count something that the main target counts",
)
ADDED_EACH = Label(
    "Ett mål utöver huvudmålet kan inte återkomma varje vecka, månad eller termin.",
    "a target in addition cannot return in each window",
)
ADDED_BY = Label(
    "Ett mål utöver huvudmålet har samma sista dag som det.", "a target in addition has the main target's last day"
)
ADDED_OVERLAP = Label(
    "Mål utöver huvudmålet får inte räkna samma aktivitet.",
    "targets in addition must not overlap: one entry would count for both",
)


class Value(BaseModel):
    """A value that holds only what is declared; ``to_json`` leaves out what has its default."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json", exclude_defaults=True)


def _both(mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(item for item in mine if item in theirs) if mine and theirs else mine or theirs


class Limit(Value):
    """Which entries count: by weekday (0 is Monday), month and area; empty means any."""

    weekdays: tuple[Weekday, ...] = ()
    months: tuple[Month, ...] = ()
    areas: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return not (self.weekdays or self.months or self.areas)

    def overlaps(self, other: "Limit") -> bool:
        """Whether one entry could count under both."""
        pairs = ((self.weekdays, other.weekdays), (self.months, other.months), (self.areas, other.areas))
        return all(not mine or not theirs or set(mine) & set(theirs) for mine, theirs in pairs)

    def narrow(self, other: "Limit") -> "Limit":
        """Both limits at once; they must overlap."""
        return Limit(
            weekdays=_both(self.weekdays, other.weekdays),
            months=_both(self.months, other.months),
            areas=_both(self.areas, other.areas),
        )

    def days(self, span: Span) -> list[date]:
        """The span's days on which an entry can count."""
        return [
            day
            for day in span
            if (not self.weekdays or day.weekday() in self.weekdays) and (not self.months or day.month in self.months)
        ]


ANY = Limit()


class Target(Value):
    """A promised number.

    ``at_least`` of something: in the whole period, in each ``window``, or on average one window with another. ``upto``
    makes it a range, whose end is no ceiling: more is fine. ``by`` is the last day on which work counts toward it.
    ``baseline`` is what it was before the promise ("from 8 to at least 20"), for reading only.
    """

    at_least: Number
    upto: Number | None = None
    window: Window | None = None
    average: bool = False
    by: date | None = None
    baseline: Annotated[int, Field(ge=0)] | None = None

    @property
    def each(self) -> Window | None:
        """The window that must be reached again and again."""
        return None if self.average else self.window

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.upto is not None and self.upto <= self.at_least:
            raise WrongValueError(RANGE)
        if self.average and not self.window:
            raise WrongValueError(AVERAGE)
        if self.average and self.upto is not None:
            raise WrongValueError(NO_RANGE)
        if self.by and self.each:
            raise WrongValueError(BY_OR_EACH)
        return self


class Part(Value):
    """A further target on the same measure, such as "of which 17 on Thursdays".

    ``within``: the entries count for the main target too. ``in-addition``: one entry never counts for both, so what
    the part needs is taken from the main tally.
    """

    label: Words
    limit: Limit = ANY
    target: Target
    setting: Literal["within", "in-addition"] = "within"


class Share(Value):
    """A part of a whole: ``part`` and ``whole`` are each the sum of their measures.

    ``at_least_percent`` 100 is the promise "all". ``lacking`` names two measures: entries that have the first but not
    the second lack the answer, which ``lacking_is`` puts in words with an ``{n}``. ``overdue`` adds to the whole the
    yeses that have waited longer than the rules in force on their day allow. ``whole_is`` says what the whole is
    (after "alla", with ``{hours}`` for the waiting time), ``none`` that it is nothing yet.
    """

    part: Refs
    whole: Refs
    at_least_percent: Annotated[int, Field(ge=1, le=100)] = 100
    whole_is: Words
    none: Words
    lacking: tuple[Ref, Ref] | None = None
    lacking_is: Words | None = None
    overdue: bool = False

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if bool(self.lacking) != bool(self.lacking_is):
            raise WrongValueError(LACKING)
        try:
            self.whole_is.fill(hours=1)
            (self.lacking_is or self.none).fill(n=1)
        except (KeyError, IndexError, ValueError):
            raise WrongValueError(PLACEHOLDERS) from None
        return self


class Aside(Value):
    """What is shown beside the tally; ``one`` is the label of a single one; ``of`` is what it is a part of."""

    label: Words
    one: Words | None = None
    counts: Refs
    of: tuple[Ref, ...] = ()


class Rule(Value):
    """How one commitment is counted: the sum of the measures in ``counts``, and what was promised of it.

    ``noun`` names what is counted ("kontroller"), ``one`` a single one. ``spread`` shows how many areas were reached.
    """

    counts: Refs
    noun: Words
    one: Words
    limit: Limit = ANY
    target: Target | None = None
    parts: tuple[Part, ...] = ()
    share: Share | None = None
    beside: tuple[Aside, ...] = ()
    spread: bool = False

    @classmethod
    def from_json(cls, stored: object) -> Self:
        """The rule as stored or as written in a file. Raises pydantic's ValidationError, a ValueError."""
        return cls.model_validate(stored)

    @property
    def refs(self) -> frozenset[str]:
        """Every measure that the rule reads."""
        beside = [ref for item in self.beside for ref in (*item.counts, *item.of)]
        return self.judged_refs.union(beside)

    @property
    def judged_refs(self) -> frozenset[str]:
        """The measures that its progress is made of."""
        share = (*self.share.part, *self.share.whole, *(self.share.lacking or ())) if self.share else ()
        return frozenset((*self.counts, *share))

    @property
    def areas(self) -> frozenset[str]:
        """Every area that the rule is limited to."""
        return frozenset(area for limit in (self.limit, *(part.limit for part in self.parts)) for area in limit.areas)

    @property
    def needs_days(self) -> bool:
        """Whether whole months are too coarse to count by."""
        targets = [target for target in (self.target, *(part.target for part in self.parts)) if target]
        limits = (self.limit, *(part.limit for part in self.parts))
        return any(limit.weekdays for limit in limits) or any(
            target.window is Window.WEEK
            or (target.by and not Span(target.by.replace(day=1), target.by).has_whole_months)
            for target in targets
        )

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if self.share and (self.target or self.parts):
            raise WrongValueError(TARGET_OR_SHARE)
        if self.share and self.counts != self.share.part:
            raise WrongValueError(SHARE_COUNTS)
        if self.parts and not self.target:
            raise WrongValueError(PART_ALONE)
        if not all(self.limit.overlaps(part.limit) for part in self.parts):
            raise WrongValueError(PART_APART)
        apart = [part for part in self.parts if part.setting == "in-addition"]
        if apart and any(target.each for target in (self.target, *(part.target for part in apart)) if target):
            raise WrongValueError(ADDED_EACH)
        if self.target and any(part.target.by != self.target.by for part in apart):
            raise WrongValueError(ADDED_BY)
        if any(a.limit.overlaps(b.limit) for i, a in enumerate(apart) for b in apart[:i]):
            raise WrongValueError(ADDED_OVERLAP)
        return self
