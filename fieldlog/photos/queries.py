"""Reading photos: of which findings, by whom, and whether each has its file."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import current
from fieldlog.fields import Rows
from fieldlog.fields.rows import KEY
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.photos.models import FOLDER, Photo


def photographed(kind: Kind) -> Rows | None:
    """The question of the kind whose rows can have photos, if it has one."""
    return next((part for part in kind.fields.values() if isinstance(part, Rows) and part.photos), None)


def findings(entry: Entry) -> Mapping[UUID, Mapping[str, Any]]:
    """The rows of the version that can have photos, by their keys, in order."""
    part = photographed(KINDS[entry.kind])
    rows = part.keyed(entry.answers.get(part.name), entry.id) if part else []
    return {UUID(row[KEY]): row for row in rows}


def photos_of(session: Session, keys: Collection[UUID]) -> dict[UUID, list[Photo]]:
    """The photos of these findings, by the finding's key, in the order in which they came.

    Only for findings that the reader may read.
    """
    found: dict[UUID, list[Photo]] = {key: [] for key in keys}
    wanted = select(Photo).where(Photo.finding.in_(found), Photo.removed_at.is_(None))
    for photo in session.scalars(wanted.order_by(Photo.received_at, Photo.id)):
        found[photo.finding].append(photo)
    return found


def number_of(session: Session, finding: UUID) -> int:
    """How many photos the finding has."""
    mine = select(func.count(Photo.id)).where(Photo.finding == finding, Photo.removed_at.is_(None))
    return session.scalar(mine) or 0


def readable(session: Session, id: UUID, by: Actor) -> tuple[Photo, Entry] | None:
    """The photo and its entry, when it is there and ``by`` may read the entry."""
    photo = session.get(Photo, id)
    entry = current(session, photo.entry_id, by) if photo and photo.removed_at is None else None
    return (photo, entry) if photo and entry else None


def file_of(photo: UUID, instance: Path) -> Path:
    """Where the photo's file lies."""
    return instance / FOLDER / str(photo)


def without_file(session: Session, instance: Path) -> Sequence[UUID]:
    """The photos whose file is gone."""
    there = session.scalars(select(Photo.id).where(Photo.removed_at.is_(None)))
    return [id for id in there if not file_of(id, instance).is_file()]
