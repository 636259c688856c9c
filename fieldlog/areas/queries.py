"""Reading the areas."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from fieldlog.areas.models import Area, AreaName
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
    retired_from: date | None = None

    def is_used_after(self, day: date) -> bool:
        """Whether it is in use on the day, or was on a later one."""
        return self.retired_from is None or self.retired_from > day


def areas(session: Session, municipality: str, since: date | None = None) -> list[AreaPlace]:
    """The municipality's areas, sorted by name as Swedish sorts; with ``since`` those in use on that day or later."""
    rows = session.scalars(select(Area).where(Area.municipality == municipality))
    places = [AreaPlace(row.slug, row.name, row.lat, row.lon, row.col, row.row, row.retired_from) for row in rows]
    used = [place for place in places if since is None or place.is_used_after(since)]
    return sorted(used, key=lambda place: _swedish(place.name))


def former_names(session: Session, municipality: str) -> dict[str, list[tuple[date, str]]]:
    """What each area (by its slug) was called, and the last day of each name, the latest first."""
    found: dict[str, list[tuple[date, str]]] = {}
    rows = select(AreaName).where(AreaName.municipality == municipality).order_by(AreaName.until.desc())
    for row in session.scalars(rows):
        found.setdefault(row.slug, []).append((row.until, row.name))
    return found


def slugs(session: Session, municipality: str) -> frozenset[str]:
    """The slugs of the municipality's areas."""
    return frozenset(session.scalars(_SLUGS, {"municipality": municipality}))


def _swedish(name: str) -> str:
    """A key that sorts å before ä before ö: their code points have ä first."""
    return name.casefold().translate(str.maketrans("åäö", "{|}"))
