"""The rows of planned occasions and of what was said of each."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base


class Occasion(Base):
    """Work of one ``kind`` that is planned. The entry that comes of it has the same id: it is logged once.

    ``organisation`` planned it.
    """

    __tablename__ = "occasions"
    __table_args__ = (Index(None, "municipality", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    kind: Mapped[str] = mapped_column(String(40))
    organisation: Mapped[str] = mapped_column(String(20))


class OccasionPlan(Base):
    """What is planned of an occasion from ``at`` on, until the next ``number``. Never changed: its history.

    ``took_part`` holds the organisations that take part, each between spaces as an entry does.
    """

    __tablename__ = "occasion_plans"

    occasion_id: Mapped[UUID] = mapped_column(ForeignKey(Occasion.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id))
    starts_at: Mapped[datetime]
    area: Mapped[str] = mapped_column(String(40))
    venues: Mapped[int | None]
    took_part: Mapped[str] = mapped_column(String(200))
    is_cancelled: Mapped[bool]
