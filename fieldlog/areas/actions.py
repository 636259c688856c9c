"""Loading the areas that come with fieldlog, renaming them and taking them out of use."""

import csv
from datetime import date, datetime, timedelta
from importlib.resources import files

from sqlalchemy import delete
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.areas.models import Area, AreaName
from fieldlog.areas.queries import slugs
from fieldlog.audit.actions import note, sides
from fieldlog.clock import local_day


def load_areas(session: Session, municipality: str) -> int:
    """Add the areas that fieldlog knows for a municipality that has none; the number that it then has.

    Areas that are there stay as they are, renamed or not.
    """
    if there := slugs(session, municipality):
        return len(there)
    text = files(__package__).joinpath("areas.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["municipality"] == municipality]
    for row in rows:
        place = {"lat": float(row["lat"]), "lon": float(row["lon"]), "col": int(row["col"]), "row": int(row["row"])}
        session.add(Area(municipality=municipality, slug=row["slug"], name=row["name"], **place))
    return len(rows)


def rename_area(session: Session, area: Area, name: str, by: Actor, now: datetime) -> None:
    """Give the area another name from today on; the one that it had is kept, with its last day."""
    if name == area.name:
        return
    yesterday = local_day(now) - timedelta(days=1)
    if session.get(AreaName, (area.municipality, area.slug, yesterday)) is None:
        session.add(AreaName(municipality=area.municipality, slug=area.slug, until=yesterday, name=area.name))
    told, area.name = sides({"name": area.name}, {"name": name}), name
    note(session, by, now, "area-renamed", f"area:{area.slug}", **told)


def retire_area(session: Session, area: Area, first: date | None, by: Actor, now: datetime) -> None:
    """Offer the area no more from a day on, or again when there is none. Its entries stay, and go on counting."""
    if first == area.retired_from:
        return
    told = sides({"retired_from": area.retired_from}, {"retired_from": first})
    area.retired_from = first
    note(session, by, now, "area-retired", f"area:{area.slug}", **told)


def delete_area(session: Session, area: Area, by: Actor, now: datetime) -> None:
    """Delete an area in which nothing was logged, which the caller has made sure of."""
    session.execute(delete(AreaName).filter_by(municipality=area.municipality, slug=area.slug))
    session.delete(area)
    note(session, by, now, "area-deleted", f"area:{area.slug}")
