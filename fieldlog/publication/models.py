"""The rows of what was published. They are only ever added, so that whatever was public can be shown again."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.database import Base
from fieldlog.labels import Label
from fieldlog.programmes.models import LabelJson
from fieldlog.tallies.models import Tally

PLANNED = "plan-changed"
CHANGES = (
    PLANNED,
    "programme-loaded",
    "programme-edited",
    "period-changed",
    "pledge-added",
    "pledge-edited",
    "focus-area-added",
    "focus-area-taken-out",
    "focus-area-kept",
    "commitment-added",
    "commitment-taken-out",
    "commitment-kept",
    "commitment-edited",
    "rule-changed",
    "rules-changed",
    "deviation-noted",
    "deviation-withdrawn",
    "area-renamed",
    "area-retired",
    "area-deleted",
    "commitment-held",
    "commitment-shown",
    "post-published",
    "post-withdrawn",
    "days-reviewed",
    "database-restored",
)
"""The events after which a public page may say something else, beside the day's publication."""


class PublishedAmount(Tally):
    """What one publication added to a day's public sum of a measure in an area; negative when it took some away.

    A public figure is the sum of all of them. One that ``revises`` changed a month that had been told as finished.
    """

    __tablename__ = "published_amounts"

    day: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(40), primary_key=True)
    through: Mapped[date] = mapped_column(primary_key=True)
    revises: Mapped[bool] = mapped_column(sort_order=3)


class Holding(Base):
    """That a commitment's figures are held back, and why, or with no reason that they are shown again."""

    __tablename__ = "holdings"
    __table_args__ = (Index(None, "municipality", "programme"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    programme: Mapped[str] = mapped_column(String(60))
    commitment: Mapped[str] = mapped_column(String(60))
    decided_at: Mapped[datetime]
    reason: Mapped[Label | None] = mapped_column(LabelJson)


class Post(Base):
    """A short piece of news on the public page, until it is withdrawn."""

    __tablename__ = "posts"
    __table_args__ = (Index(None, "municipality", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality: Mapped[str] = mapped_column(String(4))
    published_at: Mapped[datetime]
    title: Mapped[Label] = mapped_column(LabelJson)
    text: Mapped[Label] = mapped_column(LabelJson)
    withdrawn_at: Mapped[datetime | None]
