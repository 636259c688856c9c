"""The rows of what was reviewed; and what a supervisor finds on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account, Device
from fieldlog.database import Base
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import Shown
from fieldlog.labels import Label
from fieldlog.periods import Span

EVERYBODY = "-"
"""Whose decision it is that two entries are one or two: each organisation's that reads both."""


class Review(Base):
    """What was decided about one thing that needed an eye. It is not shown to the ``organisation`` again.

    ``subject`` is "entry:" with a version's id, "pair:" with two entries' own ids, "refusal:" with its number, or
    "phone:" with a device's number and when it was last seen: whatever happens to it later is another subject.
    ``outcome`` is "seen", "different" or "merged".
    """

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "municipality", "at"),)

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]


class Touched(NamedTuple):
    """How many versions an organisation reads that belong to a day; ``moved`` are its entries that left the day or it.

    Versions are only ever added, so that any change of a day changes these numbers.
    """

    logged: int = 0
    corrected: int = 0
    voided: int = 0
    moved: int = 0


UNTOUCHED = Touched()


class ReviewedDay(Base):
    """That an organisation's supervisor is done with a day, and how much had touched it by then."""

    __tablename__ = "reviewed_days"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(20), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]
    logged: Mapped[int]
    corrected: Mapped[int]
    voided: Mapped[int]
    moved: Mapped[int]

    @property
    def touched(self) -> Touched:
        return Touched(self.logged, self.corrected, self.voided, self.moved)


@dataclass(frozen=True)
class Day:
    """A day's state for one organisation: "empty", "running", "open", "reviewed" or "reopened" by ``since``."""

    day: date
    state: str
    touched: Touched
    since: Touched = UNTOUCHED
    reviewed_at: datetime | None = None

    @classmethod
    def of(cls, day: date, counted: Touched, mark: "ReviewedDay | None", today: date) -> "Day":
        """As what touched it and the mark that somebody set tell."""
        if day >= today:
            return cls(day, "running", counted)
        if mark is None:
            return cls(day, "open" if any(counted) else "empty", counted)
        if mark.touched == counted:
            return cls(day, "reviewed" if any(counted) else "empty", counted, reviewed_at=mark.at)
        since = Touched(*(now - then for now, then in zip(counted, mark.touched, strict=True)))
        return cls(day, "reopened", counted, since, mark.at)


@dataclass(frozen=True)
class Week:
    """A week of days."""

    days: Sequence[Day]

    @property
    def span(self) -> Span:
        return Span(self.days[0].day, self.days[-1].day)

    @property
    def state(self) -> str:
        """The state of the day that most needs an eye; a week that is not over is running."""
        states = {day.state for day in self.days}
        return next(state for state in ("reopened", "running", "open", "reviewed", "empty") if state in states)

    @property
    def is_over(self) -> bool:
        return all(day.state != "running" for day in self.days)

    @property
    def markable(self) -> Sequence[Day]:
        """The days that can be marked now."""
        return [day for day in self.days if day.state in {"open", "reopened"}]

    @property
    def since(self) -> Touched:
        """What came after it was reviewed."""
        return Touched(*(sum(numbers) for numbers in zip(*(day.since for day in self.days), strict=True)))


class Matter(NamedTuple):
    """One thing that needs an eye: in which group, since when, why in words, and the versions that it is about.

    A refused attempt or a phone is a ``source`` with its unit instead.
    """

    group: str
    subject: str
    at: datetime
    reasons: Sequence[Label] = ()
    versions: Sequence[UUID] = ()
    source: tuple[Refusal | Device, str] | None = None


@dataclass(frozen=True)
class Case:
    """A matter as the page shows it. ``of`` are its entries with their units; ``said`` is what was refused."""

    group: str
    subject: str
    at: datetime
    reasons: Sequence[tuple[Label | None, Label]] = ()
    of: Sequence[tuple[Shown, str]] = ()
    what: Label | None = None
    unit: str = ""
    said: Sequence[tuple[Label, Label]] = ()


GROUPS: Mapping[str, tuple[str, Label]] = {
    "double": ("repeat", Label("Möjliga dubbletter", "Possible duplicates")),
    "shared": ("people", Label("Kanske gemensamma", "Perhaps done jointly")),
    "refused": ("cross", Label("Nekade av servern", "Refused by the server")),
    "unasked": ("hand", Label("Utan fråga om hjälp", "Without a help question")),
    "unqualified": ("info", Label("Räknas inte mot löftet", "Not counted towards the pledge")),
    "clock": ("waiting", Label("Tveksam tid", "Doubtful time")),
    "wild": ("alert", Label("Ovanliga svar", "Unusual answers")),
    "late": ("late", Label("Sent inkomna", "Received late")),
    "changed": ("pen", Label("Ändrade av någon annan", "Changed by somebody else")),
    "silent": ("mobile", Label("Tysta telefoner", "Silent phones")),
}
"""What needs an eye, the most pressing first: its icon and its heading. A matter stands in the first that fits."""
