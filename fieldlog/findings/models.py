"""Findings, what became of them, and who is responsible for mending them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base
from fieldlog.entries.models import Entry
from fieldlog.fields import Options, options
from fieldlog.labels import Label

WALK, ROWS = "safety-walk", "findings"
MENDED, NOT_DONE, PASSED_ON = "mended", "not-done", "passed-on"
CLOSED = (MENDED, NOT_DONE)
STATUSES: Options = options(
    new=("Ny", "New"),
    passed_on=("Vidarebefordrad", "Passed on"),
    planned=("Planerad", "Planned"),
    mended=("Åtgärdad", "Mended"),
    not_done=("Åtgärdas inte", "Will not be done"),
)
SPOTS: Options = options(
    nw=("Nordväst", "North-west"),
    n=("Norr", "North"),
    ne=("Nordost", "North-east"),
    w=("Väster", "West"),
    mid=("Mitten", "Middle"),
    e=("Öster", "East"),
    sw=("Sydväst", "South-west"),
    s=("Söder", "South"),
    se=("Sydost", "South-east"),
)
"""The nine parts of an area, as they lie on a map: as exact as a place may be that is stored."""


class Finding(Base):
    """A row of a walk's findings, by its key; what it says stands in the walk. ``walk_id`` is that entry's own id."""

    __tablename__ = "findings"
    __table_args__ = (Index(None, "municipality", "walk_id"),)

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    walk_id: Mapped[UUID]


class Responsible(Base):
    """Somebody who mends findings: a unit of the municipality, a housing company, the road authority. Never a person.

    Once ``retired_at`` it is offered no more.
    """

    __tablename__ = "responsibles"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    retired_at: Mapped[datetime | None]


class ResponsibleLink(Base):
    """A way in for one responsible, without an account, until ``ends_at`` or until it is revoked."""

    __tablename__ = "responsible_links"
    __table_args__ = (
        ForeignKeyConstraint(("municipality", "responsible"), ("responsibles.municipality", "responsibles.slug")),
        Index(None, "municipality", "responsible"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    responsible: Mapped[str] = mapped_column(String(40))
    made_by: Mapped[int] = mapped_column(ForeignKey(Account.id))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


@dataclass(frozen=True)
class State:
    """How it stands with a finding. ``wanted_by`` is our wish; ``done_on`` when it is planned to be, or was, done."""

    status: str = "new"
    reason: str | None = None
    responsible: str | None = None
    wanted_by: date | None = None
    done_on: date | None = None
    case_number: str | None = None
    spot: str | None = None

    @classmethod
    def of(cls, said: Any) -> Self:
        """The state that a change holds."""
        return cls(**{part.name: getattr(said, part.name) for part in fields(cls)})

    def but(self, said: Mapping[str, Any]) -> "State":
        """The state after an answer."""
        return State(**{**vars(self), **said})

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED


class FindingChange(Base):
    """One change of a finding: the state after it, complete. ``number`` counts them from 1; none is ever changed.

    It was made by a unit of an organisation, or through a responsible's link.
    """

    __tablename__ = "finding_changes"
    __table_args__ = (
        ForeignKeyConstraint(("municipality", "key"), ("findings.municipality", "findings.key")),
        Index(None, "municipality", "responsible"),
    )

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    key: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    organisation: Mapped[str | None] = mapped_column(String(20))
    unit: Mapped[str | None] = mapped_column(String(40))
    link_id: Mapped[UUID | None] = mapped_column(ForeignKey(ResponsibleLink.id))
    status: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(200))
    responsible: Mapped[str | None] = mapped_column(String(40))
    wanted_by: Mapped[date | None]
    done_on: Mapped[date | None]
    case_number: Mapped[str | None] = mapped_column(String(40))
    spot: Mapped[str | None] = mapped_column(String(20))


@dataclass(frozen=True)
class Followed:
    """A finding with how it stands. ``walk`` is the walk's current version, ``gone`` why it is followed no more."""

    key: UUID
    walk: Entry
    category: Label
    what: str
    where: str
    number: int
    state: State
    gone: Label | None = None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been done by now."""
        return bool(not self.state.is_closed and self.state.wanted_by and self.state.wanted_by < today)
