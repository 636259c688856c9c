"""Reading the areas."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.areas.models import Area


@dataclass(frozen=True)
class AreaPlace:
    """An area and where it lies: degrees (WGS 84), and its tile in the cartogram."""

    slug: str
    name: str
    lat: float
    lon: float
    col: int
    row: int


def areas(session: Session, municipality: str) -> list[AreaPlace]:
    """The municipality's areas, sorted by name as Swedish sorts."""
    rows = session.scalars(select(Area).where(Area.municipality == municipality))
    places = [AreaPlace(row.slug, row.name, row.lat, row.lon, row.col, row.row) for row in rows]
    return sorted(places, key=lambda place: _swedish(place.name))


def _swedish(name: str) -> str:
    """A key that sorts å before ä before ö: their code points have ä first."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))
