"""Requests for documents, and what was found fit to go out."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.tables.models import Selection

LONGEST_NUMBER, LONGEST_FUNCTION = 40, 60


class Disclosure(Base):
    """One request: its registry number, the function that decides, and which rows it is about.

    The supervisors of one organisation answer it together.
    """

    __tablename__ = "disclosures"
    __table_args__ = (Index(None, "municipality", "organisation"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    organisation: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    opened_at: Mapped[datetime]
    handed_out_at: Mapped[datetime | None]
    number: Mapped[str] = mapped_column(String(LONGEST_NUMBER))
    decided_by: Mapped[str] = mapped_column(String(LONGEST_FUNCTION))
    wanted: Mapped[dict[str, Any]]

    @property
    def selection(self) -> Selection:
        return Selection.from_json(self.wanted)


class ReleasedText(Base):
    """A text that was looked at and may go out: the answer ``field`` of the version ``version_id``.

    Whatever is not here is masked. The version may be gone since, by decision.
    """

    __tablename__ = "released_texts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's name

    disclosure_id: Mapped[int] = mapped_column(ForeignKey(Disclosure.id), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(String(40), primary_key=True)


Place = tuple[str, str]
"""Where a text stands: the id of the version, and the name of its field."""


@dataclass(frozen=True)
class FreeText:
    """One text that somebody has to look at before it goes out."""

    place: Place
    entry: str
    day: date
    kind: Label
    about: Label
    text: str


@dataclass(frozen=True)
class Decision:
    """A decision by its number: entries of these kinds from before a day are to be removed."""

    number: str
    kinds: tuple[str, ...]
    before: date


@dataclass(frozen=True)
class Removal:
    """How many entries of each kind go.

    ``kept`` are those as old that stay, since something that stays belongs to them or is still to be answered;
    ``codes`` how many codes of handovers go with them.
    """

    entries: dict[str, int]
    kept: dict[str, int]
    codes: int = 0


@dataclass(frozen=True)
class Copy:
    """A copy that goes out: the registry number, the function that decided, the rows, and the texts that are shown."""

    number: str
    decided_by: str
    selection: Selection
    released: frozenset[Place]

    @property
    def span(self) -> Span:
        return self.selection.span
