"""What was refused, kept until somebody mends or discards it; and what the door answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.actors import Actor
from fieldlog.database import Base
from fieldlog.entries.forms import Item
from fieldlog.labels import Label

Outcome = Literal["accepted", "already", "waiting", "refused"]


@dataclass(frozen=True)
class Batch:
    """What one person sends at one moment."""

    items: Sequence[Item]
    by: Actor
    now: datetime


@dataclass(frozen=True)
class Result:
    """What the door says of one item; ``reasons`` by field when it was refused or waits."""

    id: UUID
    outcome: Outcome
    reasons: Mapping[str, Label] = field(default_factory=dict)


class Publication(Base):
    """That everything up to and with the day ``through`` is public: what was done by then and had come in.

    So nothing comes in on such a day any more, whatever a clock says.
    """

    __tablename__ = "publications"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    through: Mapped[date] = mapped_column(primary_key=True)
    published_at: Mapped[datetime]


class Refusal(Base):
    """One refused item as it was sent, forbidden text masked. It does not occupy its ``entry_id``.

    ``settled_at`` is when the entry was accepted after all, or the refusal discarded.
    """

    __tablename__ = "refusals"
    __table_args__ = (Index(None, "account_id", "settled_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    entry_id: Mapped[UUID] = mapped_column(index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    received_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    item: Mapped[dict[str, Any]]
    reasons: Mapped[dict[str, Any]]
