"""The rows of programmes, pledges and commitments, their rules, plans and dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Dialect, ForeignKeyConstraint, String, TypeDecorator
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldlog.counting.models import Rule, Value
from fieldlog.database import Base
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.targets.models import Plan


class EarlierDays(Value):
    """The days that a programme had up to and with ``until``, before they were changed."""

    until: date
    first_day: date
    last_day: date


class LabelJson(TypeDecorator[Label]):
    """A text in both languages, kept as ``{"sv": …, "en": …}``."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Label | None, dialect: Dialect) -> Any:
        return value and value._asdict()

    def process_result_value(self, value: Any, dialect: Dialect) -> Label | None:
        return value and Label(**value)


class RuleJson(TypeDecorator[Rule]):
    """A counting rule."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Rule | None, dialect: Dialect) -> Any:
        return value and value.to_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Rule | None:
        return value and Rule.from_json(value)


class PlanJson(TypeDecorator[Plan]):
    """How work is planned."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Plan | None, dialect: Dialect) -> Any:
        return value and value.to_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Plan | None:
        return None if value is None else Plan.from_json(value)


class EarlierDaysJson(TypeDecorator[tuple[EarlierDays, ...]]):
    """The days that a programme had before, the oldest first."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: tuple[EarlierDays, ...] | None, dialect: Dialect) -> Any:
        return [days.model_dump(mode="json") for days in value] if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[EarlierDays, ...]:
        return tuple(EarlierDays.model_validate(days) for days in value or ())


def _key(length: int, place: int) -> Any:
    """A column of the primary key, which begins with the municipality."""
    return mapped_column(String(length), primary_key=True, sort_order=place - 10)


def _of(table: str, *names: str) -> tuple[ForeignKeyConstraint]:
    """The foreign key to a parent whose key is the municipality, the programme, and its own slug."""
    own = ("municipality", "programme", *names)
    theirs = ("municipality", "slug") if table == "programmes" else ("municipality", "programme", "slug")
    return (ForeignKeyConstraint(own, [f"{table}.{name}" for name in theirs]),)


class Programme(Base):
    """A municipality's pledges from ``first_day`` to ``last_day``; ``earlier`` holds the days that it had before.

    ``example_of`` is the year whose programme this one repeats, when nobody has decided it. ``answers_for`` is the
    function that answers for it, never a person, and ``answers_address`` where to turn.
    """

    __tablename__ = "programmes"

    municipality: Mapped[str] = _key(4, 0)
    slug: Mapped[str] = _key(60, 3)
    name: Mapped[Label] = mapped_column(LabelJson)
    first_day: Mapped[date]
    last_day: Mapped[date]
    earlier: Mapped[tuple[EarlierDays, ...] | None] = mapped_column(EarlierDaysJson)
    background: Mapped[Label] = mapped_column(LabelJson)
    decided_on: Mapped[date | None]
    registry_number: Mapped[str | None] = mapped_column(String(40))
    example_of: Mapped[int | None]
    answers_for: Mapped[str | None] = mapped_column(String(120))
    answers_address: Mapped[str | None] = mapped_column(String(200))
    loaded_at: Mapped[datetime]

    focus_areas: Mapped[list["FocusArea"]] = relationship(order_by="FocusArea.position", lazy="raise")
    pledges: Mapped[list["Pledge"]] = relationship(order_by="Pledge.position", lazy="raise")

    @property
    def period(self) -> Span:
        return Span(self.first_day, self.last_day)

    def period_on(self, day: date) -> Span:
        """The period as it was known when the day was over: what was told of it then stays."""
        then = next((days for days in self.earlier or () if day <= days.until), None)
        return Span(then.first_day, then.last_day) if then else self.period


class _Part(Base):
    __abstract__ = True

    municipality: Mapped[str] = _key(4, 0)
    programme: Mapped[str] = _key(60, 1)


class _Lasting(_Part):
    """What may join the programme and leave it: a day that is not given is the period's own."""

    __abstract__ = True

    first_day: Mapped[date | None]
    last_day: Mapped[date | None]

    def has_begun(self, day: date) -> bool:
        return self.first_day is None or self.first_day <= day

    def is_over(self, day: date) -> bool:
        return self.last_day is not None and self.last_day < day


class FocusArea(_Lasting):
    """A theme of the programme."""

    __tablename__ = "focus_areas"
    __table_args__ = _of("programmes")

    slug: Mapped[str] = _key(60, 3)
    position: Mapped[int]
    name: Mapped[Label] = mapped_column(LabelJson)


class Pledge(_Part):
    """What was promised, in one sentence. ``promised_by`` holds organisations."""

    __tablename__ = "pledges"
    __table_args__ = _of("programmes")

    slug: Mapped[str] = _key(60, 3)
    position: Mapped[int]
    title: Mapped[Label] = mapped_column(LabelJson)
    promise: Mapped[Label] = mapped_column(LabelJson)
    promised_by: Mapped[list[str]]

    commitments: Mapped[list["Commitment"]] = relationship(order_by="Commitment.position", lazy="raise")


class Commitment(_Lasting):
    """One bullet under a pledge. It counts from its first day, and stands ever after as it did on its last."""

    __tablename__ = "commitments"
    __table_args__ = _of("pledges", "pledge")

    slug: Mapped[str] = _key(60, 3)
    pledge: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    title: Mapped[Label] = mapped_column(LabelJson)
    text: Mapped[Label] = mapped_column(LabelJson)
    promised_by: Mapped[list[str]]

    focus: Mapped[list["CommitmentFocus"]] = relationship(lazy="raise")
    rules: Mapped[list["CommitmentRule"]] = relationship(order_by="CommitmentRule.valid_from", lazy="raise")
    plans: Mapped[list["CommitmentPlan"]] = relationship(order_by="CommitmentPlan.valid_from", lazy="raise")
    notes: Mapped[list["DeviationNote"]] = relationship(order_by="DeviationNote.day", lazy="raise")

    @property
    def needs_days(self) -> bool:
        """Whether sums of months cannot judge it."""
        later = any(version.valid_from.day != 1 for version in self.rules[1:])
        return bool(self.first_day or self.last_day) or later or any(version.rule.needs_days for version in self.rules)


class _OfCommitment(_Part):
    __abstract__ = True

    commitment: Mapped[str] = _key(60, 2)


class CommitmentFocus(_OfCommitment):
    """That a commitment serves a focus area."""

    __tablename__ = "commitment_focuses"
    __table_args__ = (*_of("commitments", "commitment"), *_of("focus_areas", "focus"))

    focus: Mapped[str] = _key(60, 3)


class CommitmentRule(_OfCommitment):
    """How a commitment is counted from a day on, until a later version takes over.

    Once its day is over, it is never changed.
    """

    __tablename__ = "commitment_rules"
    __table_args__ = _of("commitments", "commitment")

    valid_from: Mapped[date] = mapped_column(primary_key=True, sort_order=-7)
    rule: Mapped[Rule] = mapped_column(RuleJson)
    entered_at: Mapped[datetime]


class CommitmentPlan(_OfCommitment):
    """How a commitment's work is planned from a day on, until a later version takes over. Internal: never published.

    Once its day is over, it is never changed: what was expected on a past day stays.
    """

    __tablename__ = "commitment_plans"
    __table_args__ = _of("commitments", "commitment")

    valid_from: Mapped[date] = mapped_column(primary_key=True, sort_order=-7)
    plan: Mapped[Plan] = mapped_column(PlanJson)
    entered_at: Mapped[datetime]


class DeviationNote(_OfCommitment):
    """What is done about a commitment that lags, as told to everybody from a day on; an empty text takes it back."""

    __tablename__ = "deviation_notes"
    __table_args__ = _of("commitments", "commitment")

    day: Mapped[date] = mapped_column(primary_key=True, sort_order=-7)
    text: Mapped[Label] = mapped_column(LabelJson)
    written_at: Mapped[datetime]
