"""Reading the areas."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fieldlog.areas.models import Area
from fieldlog.database import table

_AREA = table(Area).c
_SLUGS = select(_AREA.slug).where(_AREA.municipality == bindparam("municipality"))


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


def slugs(session: Session, municipality: str) -> frozenset[str]:
    """The slugs of the municipality's areas."""
    return frozenset(session.scalars(_SLUGS, {"municipality": municipality}))


def _swedish(name: str) -> str:
    """A key that sorts å before ä before ö: their code points have ä first."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))
