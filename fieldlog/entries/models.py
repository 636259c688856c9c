"""The rows of entries, of the amounts they yield, and of the rules in force."""

from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account, Device
from fieldlog.actors import Organisation
from fieldlog.audit.models import fingerprint
from fieldlog.database import Base, table

NO_AREA = "-"
DOUBLE_WITHIN = timedelta(minutes=60)


class Work(Protocol):
    """When, where and by whom a piece of work is said to have been done."""

    @property
    def kind(self) -> str: ...
    @property
    def area(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def author_id(self) -> int: ...
    @property
    def happened_at(self) -> datetime: ...


def may_be_double(one: Work, other: Work) -> bool:
    """Whether two persons may have told of the same work: same kind and area, within an hour.

    Work without an area is only in the same place as other such work of its unit.
    """
    is_near = one.area == other.area and (one.area != NO_AREA or one.unit == other.unit)
    is_soon = abs(one.happened_at - other.happened_at) <= DOUBLE_WITHIN
    return one.kind == other.kind and is_near and is_soon and one.author_id != other.author_id


class Entry(Base):
    """One version of one piece of work.

    The first version's id is every version's ``origin_id``; the current version is the one that no other
    ``replaces_id`` names. ``author_id``, ``organisation`` and ``unit`` are those of the first version;
    ``account_id`` and ``device_id`` are those that wrote this one. ``stated_at`` is when the phone says that the
    work began, ``happened_at`` when we hold that it did, which is to be reviewed if it is a ``doubtful_time``;
    ``day`` and ``hour`` are the same on the municipality's clock. ``took_part`` holds every organisation, each
    between spaces so that one can be searched for. ``linked_id`` is another entry's ``origin_id``, and so is
    ``merged_into_id``, on the void of an entry that told of the same work as that one. The audit log holds the
    version's ``digest``; without the ``salt``, which goes when a text is redacted, nobody can try texts against it.
    """

    __tablename__ = "entries"
    __table_args__ = (
        Index(None, "municipality", "day", "kind"),
        Index(None, "author_id", "happened_at"),
        Index(None, "municipality", "unit", "happened_at"),
        Index(None, "municipality", "received_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    kind: Mapped[str] = mapped_column(String(40))
    origin_id: Mapped[UUID] = mapped_column(index=True)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    is_void: Mapped[bool]
    reason: Mapped[str | None] = mapped_column(String(20))
    explanation: Mapped[str | None] = mapped_column(String(200))

    stated_at: Mapped[datetime]
    happened_at: Mapped[datetime]
    untouched_now: Mapped[bool]
    doubtful_time: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]
    received_at: Mapped[datetime]
    day: Mapped[date]
    hour: Mapped[int]

    area: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[str] = mapped_column(String(20))
    unit: Mapped[str] = mapped_column(String(40))
    took_part: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    device_id: Mapped[int | None] = mapped_column(ForeignKey(Device.id))
    linked_id: Mapped[UUID | None] = mapped_column(ForeignKey("entries.id"), index=True)
    merged_into_id: Mapped[UUID | None]
    answers: Mapped[dict[str, Any]]
    redacted_at: Mapped[datetime | None]
    salt: Mapped[str | None] = mapped_column(String(32))

    @property
    def digest(self) -> str:
        """What the row is known again by, salt included."""
        return fingerprint({name: getattr(self, name) for name in COLUMNS})

    @property
    def organisations(self) -> frozenset[str]:
        """Everybody who took part, as slugs."""
        return frozenset(self.took_part.split())

    def involves(self, organisation: Organisation) -> bool:
        """Whether the organisation made the entry or took part in it."""
        return organisation in self.organisations


COLUMNS = table(Entry).c.keys()


def new_salt() -> str:
    return token_hex(16)


class EntryAmount(Base):
    """One number that one version of an entry yields, and the local day and hour on which it counts.

    The rows of a replaced or voided version stay, for its history; only the current version's are in the tallies.
    """

    __tablename__ = "entry_amounts"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's name

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(Entry.id), primary_key=True)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    day: Mapped[date]
    hour: Mapped[int]


class Yielded(NamedTuple):
    """What one row of ``EntryAmount`` holds, without the cost of an object that follows its row."""

    entry_id: UUID
    measure: str
    amount: int
    day: date
    hour: int


class RemovedLinks(Base):
    """How many entries were linked to an entry that stays and were themselves removed by decision."""

    __tablename__ = "removed_links"

    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]


class RulesVersion(Base):
    """The thresholds of a municipality from a day on, until the next version."""

    __tablename__ = "rules_versions"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    valid_from: Mapped[date] = mapped_column(primary_key=True)
    rules: Mapped[dict[str, Any]]
