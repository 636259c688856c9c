"""The rows of what was counted, and what a page is told of one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base


class Count(Base):
    """What the review's first page had for one supervisor, by group: nobody is shown their own corrections.

    ``marks`` are what the count depends on, as it was then: where they have moved, it may be another by now.
    """

    __tablename__ = "review_counts"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    organisation: Mapped[str] = mapped_column(String(20))
    as_of: Mapped[datetime]
    by_group: Mapped[dict[str, Any]]
    marks: Mapped[list[str]]


@dataclass(frozen=True)
class Backlog:
    """How much waits: ``number`` as of then, None when it was never counted; ``is_current`` while nothing has moved."""

    marks: list[str]
    number: int | None = None
    as_of: datetime | None = None
    is_current: bool = False
