"""Holding the versions of entries against what the audit log says of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.audit import queries as audit
from fieldlog.audit.models import AuditEvent, AuditSeal
from fieldlog.entries import queries as entries
from fieldlog.entries.models import Entry

CHUNK = 500


def altered(session: Session) -> Iterator[str]:
    """Every version that is not as the log knows it: each fault in a line. Both are looked through, some at a time."""
    last: UUID | None = None
    while True:
        query = select(Entry).order_by(Entry.id).limit(CHUNK)
        versions = session.scalars(query.where(Entry.id > last) if last else query).all()
        if not versions:
            break
        yield from _held_against_the_log(session, versions)
        last = versions[-1].id
        session.expunge_all()
    yield from _missing(session)


def _held_against_the_log(session: Session, versions: Sequence[Entry]) -> Iterator[str]:
    subjects = {f"entry:{version.origin_id}" for version in versions}
    sealed = select(AuditEvent.details).join(AuditSeal, AuditSeal.event_id == AuditEvent.id).order_by(AuditSeal.place)
    digests: dict[str, str] = {}
    for details in session.scalars(sealed.where(AuditEvent.subject.in_(subjects))):
        digests |= _digests(details)
    for version in versions:
        recorded, about = digests.get(str(version.id)), f"entry {version.origin_id}, version {version.id}"
        if recorded is None and version.salt is not None:
            yield f"{about}: the audit log does not know it"
        elif recorded is not None and recorded != version.digest:
            yield f"{about}: not as it was written"


def _digests(details: Mapping[str, Any]) -> dict[str, str]:
    """The digests by version that an event names: that of what was written, or those of what was redacted."""
    written: dict[str, str] = {details["version"]: details["digest"]} if "digest" in details else {}
    return {**written, **details.get("digests", {})}


def _missing(session: Session) -> Iterator[str]:
    """The versions that the log names and that are not there, without an event that names them as ``removed``."""
    missing: dict[str, str] = {}
    for events in audit.chained(session):
        named = {event["details"]["version"]: event["subject"] for event in events if "version" in event["details"]}
        there = entries.versions(session, [UUID(version) for version in named])
        missing |= {version: subject for version, subject in named.items() if UUID(version) not in there}
        for event in events:
            for version in event["details"].get("removed", ()):
                missing.pop(version, None)
        session.expunge_all()
    for version, subject in missing.items():
        yield f"{subject.replace(':', ' ')}, version {version}: gone"
