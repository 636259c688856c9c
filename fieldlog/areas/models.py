"""The areas' rows."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.database import Base


class Area(Base):
    """A district: its middle in degrees (WGS 84), and its tile in the cartogram, counted from 1 at the top left."""

    __tablename__ = "areas"

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    lat: Mapped[float]
    lon: Mapped[float]
    col: Mapped[int]
    row: Mapped[int]
