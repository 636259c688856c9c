"""The areas' rows."""

from datetime import date

from sqlalchemy import ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.database import Base


class Area(Base):
    """A district: its middle in degrees (WGS 84), and its tile in the cartogram, counted from 1 at the top left.

    From the day ``retired_from`` it is offered no more, and does not count among all of the areas. Its entries stay.
    """

    __tablename__ = "areas"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    lat: Mapped[float]
    lon: Mapped[float]
    col: Mapped[int]
    row: Mapped[int]
    retired_from: Mapped[date | None]


class AreaName(Base):
    """What an area was called up to and with the day ``until``."""

    __tablename__ = "area_names"
    __table_args__ = (ForeignKeyConstraint(("municipality", "slug"), ("areas.municipality", "areas.slug")),)

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    until: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
