"""Reading a responsible's link, and who acts through one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.findings.models import Followed, Responsible, ResponsibleLink
from fieldlog.findings.queries import of_responsible


def valid_link(session: Session, id: UUID, now: datetime) -> ResponsibleLink | None:
    """The link, while it works."""
    query = select(ResponsibleLink).where(
        ResponsibleLink.id == id, ResponsibleLink.revoked_at.is_(None), ResponsibleLink.ends_at > now
    )
    return session.scalar(query)


def link_of(session: Session, row: Responsible, now: datetime) -> ResponsibleLink | None:
    """The link that somebody has now."""
    query = select(ResponsibleLink).filter_by(municipality=row.municipality, responsible=row.slug, revoked_at=None)
    return session.scalar(query.where(ResponsibleLink.ends_at > now))


def nobody(link: ResponsibleLink) -> Actor:
    """Whoever holds the link, as the audit log knows a stranger at the door: the link's id says which one."""
    return Actor(0, link.municipality, Organisation.PARTNER, Role.REPORTER, NO_UNIT)


def finding_of(session: Session, link: ResponsibleLink, key: UUID) -> Followed | None:
    """One of the findings that the link shows."""
    return next((one for one in of_responsible(session, link.municipality, link.responsible) if one.key == key), None)
