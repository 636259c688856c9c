"""SQLite's files: copying one while it is in use, and putting another in its place."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import quote

BESIDE = ("-wal", "-shm")


def open_file(file: Path) -> closing[sqlite3.Connection]:
    """The file as it is; never a new one."""
    return closing(sqlite3.connect(f"file:{quote(str(file.absolute()))}?mode=rw", uri=True))


def copy(source: Path, target: Path) -> None:
    """Copy a database, what is still in its log included, into one file that needs no other."""
    target.touch()
    with open_file(source) as old, open_file(target) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def put_in_place(ready: Path, live: Path, now: datetime) -> Path | None:
    """Let the database be what is ready, all at once; where what was there before lies, if there was anything."""
    kept = _unused(live.with_name(f"{live.name}.before-{now:%Y%m%dT%H%M%S}"))
    if live.exists():
        with suppress(sqlite3.DatabaseError):
            copy(live, kept)
            # Through the database itself: whoever still has it open sees either all of it or nothing.
            with open_file(ready) as new, open_file(live) as old:
                new.backup(old)
            return kept
        kept.unlink(missing_ok=True)
    # What cannot be opened goes away with its log, which would otherwise be read into the next database.
    for name in ("", *BESIDE):
        with suppress(FileNotFoundError):
            os.replace(f"{live}{name}", f"{kept}{name}")
    os.replace(ready, live)
    return kept if kept.exists() else None


def _unused(path: Path) -> Path:
    """The path, or one like it that nothing has yet."""
    others = (path.with_name(f"{path.name}-{number}") for number in count(2))
    return path if not path.exists() else next(other for other in others if not other.exists())
