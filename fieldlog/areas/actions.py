"""Loading the areas that come with fieldlog."""

import csv
from importlib.resources import files

from sqlalchemy.orm import Session

from fieldlog.areas.models import Area


def load_areas(session: Session, municipality: str) -> int:
    """Add or renew the areas that fieldlog knows for a municipality; the number of them, 0 when it knows none."""
    text = files(__package__).joinpath("areas.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["municipality"] == municipality]
    for row in rows:
        session.merge(
            Area(
                municipality=municipality,
                slug=row["slug"],
                name=row["name"],
                lat=float(row["lat"]),
                lon=float(row["lon"]),
                col=int(row["col"]),
                row=int(row["row"]),
            )
        )
    return len(rows)
