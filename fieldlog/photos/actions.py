"""Taking photos in, taking them away, and leaving nothing on the disk that has no row.

A photo's file is written in the transaction that writes its row. What is there without a committed row, since the
transaction came to nothing or the machine stopped, is no photo, and ``tidy`` removes it.
"""

import os
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.database import one_at_a_time, table
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import current, may_change
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.photos import queries
from fieldlog.photos.models import FOLDER, Photo, Result, Sent
from fieldlog.pictures import PictureError, plain_jpeg

TAKEN = Label("Bilden är redan sparad med annat innehåll.", "The photo is saved already with other content.")
NOT_YOURS = Label(
    "Aktiviteten är någon annans. Be en arbetsledare.", "That entry is somebody else's. Ask a supervisor."
)
GONE = Label("Iakttagelsen finns inte längre.", "The finding is no longer there.")
TOO_MANY = Label("Högst {most} bilder på varje iakttagelse.", "{most} photos at most for each finding.")

Write = Callable[[Callable[[Session], Any]], Any]
"""Does work in a transaction of its own."""


def accept(write: Write, sent: Sent, instance: Path, by: Actor, now: datetime) -> Result:
    """Take a photo in: drawn anew before anything is stored, and once however often it is sent."""
    try:
        picture = plain_jpeg(sent.content)
    except PictureError as error:
        return Result("refused", error.reason)
    try:
        result: Result = write(lambda session: _store(session, sent, picture, instance, by=by, now=now))
    except BaseException:
        with suppress(Exception):  # otherwise the next start does it
            write(lambda session: tidy(session, instance))
        raise
    return result


def _store(session: Session, sent: Sent, picture: bytes, instance: Path, *, by: Actor, now: datetime) -> Result:
    one_at_a_time(session)
    if known := session.get(Photo, sent.id):
        is_same = (known.account_id, known.digest) == (by.account, sent.digest)
        return Result("already") if is_same else Result("refused", TAKEN)
    version = session.get(Entry, sent.entry)
    if version is None:
        return Result("waiting")
    entry = current(session, version.origin_id, by)
    if entry is None or not may_change(entry, by):
        return Result("refused", NOT_YOURS)
    field = queries.photographed(KINDS[entry.kind])
    if field is None or entry.is_void or sent.finding not in queries.findings(entry):
        return Result("refused", GONE)
    if queries.number_of(session, sent.finding) >= field.photos:
        return Result("refused", TOO_MANY.fill(most=field.photos))
    session.add(
        Photo(
            id=sent.id, municipality=by.municipality, entry_id=entry.origin_id, finding=sent.finding,
            account_id=by.account, device_id=by.device, received_at=now, digest=sent.digest,
        )
    )  # fmt: skip
    note(session, by, now, "photo-added", f"entry:{entry.origin_id}", photo=str(sent.id))
    session.flush()
    _write(queries.file_of(sent.id, instance), picture)
    return Result("accepted")


def _write(file: Path, content: bytes) -> None:
    """Write the file so that it is there when the power goes."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    os.replace(part, file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def remove(session: Session, photo: Photo, by: Actor, now: datetime) -> None:
    """Take the photo away for good; its file goes with the next ``tidy``."""
    photo.removed_at = now
    note(session, by, now, "photo-removed", f"entry:{photo.entry_id}", photo=str(photo.id))


def forget(session: Session, entries: Collection[UUID]) -> None:
    """Remove the rows of the photos of entries that are about to be removed."""
    session.execute(delete(table(Photo)).where(table(Photo).c.entry_id.in_(entries)))


def tidy(session: Session, instance: Path) -> int:
    """Remove every file that belongs to no photo; how many there were. ``session`` must be one for writing."""
    one_at_a_time(session)  # so that no other transaction has a file without its row yet
    kept = {str(id) for id in session.scalars(select(Photo.id).where(Photo.removed_at.is_(None)))}
    strays = [file for file in (instance / FOLDER).glob("*") if file.name not in kept]
    for file in strays:
        file.unlink(missing_ok=True)
    return len(strays)
