"""Which pages of pledges there are for everybody."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from fieldlog.programmes.models import Pledge, Programme


def shown(session: Session, municipality: str, day: date) -> dict[str, list[str]]:
    """For each programme, the newest first, the pledges that are told on the day."""
    loads = selectinload(Programme.pledges).selectinload(Pledge.commitments)
    rows = select(Programme).filter_by(municipality=municipality).order_by(Programme.first_day.desc()).options(loads)
    return {
        row.slug: [pledge.slug for pledge in row.pledges if any(item.has_begun(day) for item in pledge.commitments)]
        for row in session.scalars(rows)
    }
