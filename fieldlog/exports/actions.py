"""Writing an order to a file, at once or while somebody does something else."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.clock import Clock
from fieldlog.exports import queries
from fieldlog.exports.models import KEPT, Export, Format, Order
from fieldlog.ids import new_id
from fieldlog.kinds import KINDS
from fieldlog.sheets import PROGRAM, SPREADSHEET, Sheet, Values, csv_file, xlsx_file
from fieldlog.tables.queries import entries

FOLDER = "exports"
TELL_EVERY = 5_000
"""So many rows are written between one word on how far it is and the next."""

Told = Callable[[int], None]
"""Is told how many rows are written so far."""


Fill = Callable[[Session, Order, Actor, IO[bytes], Told], None]
"""Writes a file."""

Write = Callable[[Callable[[Session], bool]], bool]
"""Does work in a transaction of its own."""


def nobody(_done: int) -> None:
    """Nobody wants to hear how far it is."""


class SupersededError(Exception):
    """The export was begun anew by somebody else, or is gone: nobody waits for this attempt."""


def tables(session: Session, order: Order, by: Actor, told: Told = nobody) -> list[Sheet]:
    """A table for each kind, and one of tallies where there is room for it: a single CSV has one table."""
    found = list(counted((entries(session, KINDS[kind], order, by) for kind in order.kinds), told))
    if order.suffix != "csv":
        found.append(queries.tallies(session, order, by))
    return found


def csv_parts(session: Session, order: Order, by: Actor, told: Told = nobody) -> Iterator[bytes]:
    """The order as CSV, or as several in an archive, a chunk at a time."""
    return csv_file(tables(session, order, by, told), SPREADSHEET if order.format is Format.EXCEL_CSV else PROGRAM)


def write_file(session: Session, order: Order, by: Actor, file: IO[bytes], told: Told = nobody) -> None:
    """Write the order's file."""
    if order.format is Format.GEOJSON:
        file.write(json.dumps(queries.by_area(session, order, by), ensure_ascii=False).encode())
    else:
        write_sheets(tables(session, order, by, told), order, file)


def write_sheets(sheets: Sequence[Sheet], order: Order, file: IO[bytes]) -> None:
    """Write the tables as the order wants them."""
    if order.format is Format.XLSX:
        xlsx_file(sheets, file)
        return
    for part in csv_file(sheets, SPREADSHEET if order.format is Format.EXCEL_CSV else PROGRAM):
        file.write(part)


def counted(sheets: Iterable[Sheet], told: Told) -> Iterator[Sheet]:
    """The same tables; ``told`` hears how many of their rows were read so far."""
    done = 0

    def counting(chunks: Iterable[Sequence[Values]]) -> Iterator[Sequence[Values]]:
        nonlocal done
        for chunk in chunks:
            done += len(chunk[0])
            told(done)
            yield chunk

    for sheet in sheets:
        yield Sheet(sheet.name, sheet.columns, counting(sheet.chunks))


def note_export(session: Session, order: Order, rows: int, by: Actor, now: datetime) -> None:
    """Record who takes out what."""
    details = {"kinds": list(order.kinds), "format": order.format.value, "history": order.with_history, "rows": rows}
    subject = f"period:{order.span.first}/{order.span.last}"
    note(session, by, now, "rows-exported", subject, organisation=by.organisation.value, **details)


def begin(session: Session, order: Order, rows: int, by: Actor, now: datetime) -> Export | None:
    """Store an export that is about to be made; None when ``by`` has one on the way already."""
    session.execute(delete(Export).where(Export.asked_at <= now - KEPT))
    if any(export.state(now) == "running" for export in queries.exports(session, by, now)):
        return None
    export = Export(
        id=new_id(now), municipality=by.municipality, account_id=by.account, organisation=by.organisation.value,
        asked_at=now, touched_at=now, failed=False, attempt=1, total=rows, done=0, wanted=order.to_json(),
    )  # fmt: skip
    session.add(export)
    if not order.request:  # answering one is noted as such
        note_export(session, order, rows, by, now)
    return export


def begin_again(session: Session, id: UUID, by: Actor, now: datetime) -> Export | None:
    """The export, about to be made anew; None when it is not one that was broken off or failed."""
    export = queries.export(session, id, by, now)
    if export is None or export.order.request or export.state(now) not in {"broken", "failed"}:
        return None
    anew = {"attempt": export.attempt + 1, "touched_at": now, "asked_at": now, "failed": False, "done": 0}
    if not _change(session, export.id, export.attempt, **anew):
        return None
    note_export(session, export.order, export.total, by, now)
    session.refresh(export)
    return export


@dataclass(frozen=True)
class Workshop:
    """Where exports are made: how a snapshot is read and a word written, the time, and the instance folder."""

    snapshot: Callable[[], Session]
    write: Write
    clock: Clock
    instance: Path

    def make(self, id: UUID, attempt: int, order: Order, by: Actor, fill: Fill | None = None) -> None:
        """Make the export's file with what ``fill`` writes, else its order; whoever watches sees how far it is."""
        told = 0

        def tell(done: int) -> None:
            nonlocal told
            if done - told >= TELL_EVERY:
                told = done
                self._change(id, attempt, done=done, touched_at=self.clock())

        folder = self.instance / FOLDER
        part = folder / f"{id}.{attempt}"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file, self.snapshot() as session:
                (fill or write_file)(session, order, by, file, tell)
            os.replace(part, folder / str(id))
            now = self.clock()
            self._change(id, attempt, finished_at=now, touched_at=now)
        except SupersededError:
            part.unlink(missing_ok=True)
        except BaseException:
            part.unlink(missing_ok=True)
            with suppress(SupersededError):
                self._change(id, attempt, failed=True)
            raise

    def _change(self, id: UUID, attempt: int, **values: Any) -> None:
        if not self.write(lambda session: _change(session, id, attempt, **values)):
            raise SupersededError


def _change(session: Session, id: UUID, attempt: int, /, **values: Any) -> bool:
    """Change an export unless a later attempt has taken over; whether it was."""
    mine = update(Export).where(Export.id == id, Export.attempt == attempt, Export.finished_at.is_(None))
    return bool(cast(CursorResult[Any], session.execute(mine.values(**values))).rowcount)


def tidy(session: Session, instance: Path, now: datetime) -> int:
    """Remove the files that can no longer be fetched, and what is left of exports that were broken off; how many."""
    files = list((instance / FOLDER).glob("*"))  # before the rows are read: a file is never there before its row
    if not files:
        return 0
    there = [found for found in session.scalars(select(Export)) if now < found.asked_at + KEPT]
    kept = {name for found in there for name in (str(found.id), f"{found.id}.{found.attempt}")}
    gone = [file for file in files if file.name not in kept]
    for file in gone:
        file.unlink(missing_ok=True)
    return len(gone)


def forget_files(session: Session, instance: Path) -> None:
    """Remove every export that was made: a text that must go may be in it."""
    session.execute(delete(Export))
    for file in (instance / FOLDER).glob("*"):
        file.unlink(missing_ok=True)
