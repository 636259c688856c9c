"""Keeping the list of responsibles, and their links."""

import re
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.findings.models import Responsible, ResponsibleLink
from fieldlog.labels import Label
from fieldlog.programmes.actions import RefusedError

LINK_DAYS = 90
TAKEN = Label("Det namnet finns redan i listan.", "That name is in the list already.")
MOST_SLUG = 36


def add(session: Session, name: str, by: Actor, now: datetime) -> Responsible:
    """Add somebody to the list. Raises RefusedError for a name that is there."""
    _refuse_taken(session, name, by)
    made = Responsible(municipality=by.municipality, slug=_slug(session, name, by), name=name)
    session.add(made)
    note(session, by, now, "responsible-added", f"responsible:{made.slug}")
    return made


def edit(session: Session, row: Responsible, by: Actor, now: datetime, *, name: str, retired: bool) -> None:
    """Rename somebody, or offer them no more; what they are responsible for stays. Raises RefusedError."""
    if name != row.name:
        _refuse_taken(session, name, by)
        row.name = name
        note(session, by, now, "responsible-renamed", f"responsible:{row.slug}")
    if retired != (row.retired_at is not None):
        row.retired_at = now if retired else None
        note(session, by, now, "responsible-retired", f"responsible:{row.slug}", retired=retired)


def make_link(session: Session, row: Responsible, by: Actor, now: datetime) -> UUID:
    """Make a link for somebody; one made before no longer works. Returns its id: only signed it is a link."""
    revoke_links(session, row, by, now)
    made = ResponsibleLink(
        id=uuid4(), municipality=by.municipality, responsible=row.slug, made_by=by.account, made_at=now,
        ends_at=now + timedelta(days=LINK_DAYS),
    )  # fmt: skip
    session.add(made)
    note(session, by, now, "responsible-linked", f"responsible:{row.slug}", link=str(made.id), days=LINK_DAYS)
    return made.id


def revoke_links(session: Session, row: Responsible, by: Actor, now: datetime) -> None:
    """Make every link of somebody useless."""
    query = select(ResponsibleLink).filter_by(municipality=row.municipality, responsible=row.slug, revoked_at=None)
    for link in session.scalars(query).all():
        link.revoked_at = now
        note(session, by, now, "responsible-unlinked", f"responsible:{row.slug}", link=str(link.id))


def _refuse_taken(session: Session, name: str, by: Actor) -> None:
    names = session.scalars(select(Responsible.name).filter_by(municipality=by.municipality))
    if name.casefold() in {one.casefold() for one in names}:
        raise RefusedError(TAKEN, "name")


def _slug(session: Session, name: str, by: Actor) -> str:
    """A slug that nobody has had: it is kept for ever, whatever the name becomes."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    start = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:MOST_SLUG].strip("-") or "ansvarig"
    taken = set(session.scalars(select(Responsible.slug).filter_by(municipality=by.municipality)))
    more = (f"{start}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (start, *more) if slug not in taken)
