"""Copying the database away, and putting a copy back."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import URL, make_url
from sqlalchemy.orm import Session

from fieldlog import migrations
from fieldlog.audit.actions import note
from fieldlog.cli.photo_files import pack, unpack
from fieldlog.cli.sqlite import copy, open_file, put_in_place
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.database import Database
from fieldlog.sync.actions import begin_epoch

TABLES = {"alembic_version", "accounts", "entries", "audit_events"}

File = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=File)
@pass_tools
def backup(tools: Tools, file: Path) -> None:
    """Copy the SQLite database and the photos to FILE, also while fieldlog is serving. Never overwrites a file.

    The key is not in it: it lies in the instance folder and needs copying once. For PostgreSQL use pg_dump, and then
    copy the folder photos.
    """
    live = _live(tools, "use pg_dump, then copy the folder photos")
    if not live.exists():
        raise Refusal(f"there is no database at {live}")
    with _plainly(file):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with _plainly(live):
            copy(live, file)
            photos = pack(file, tools.settings.instance)
    except BaseException:
        file.unlink()
        raise
    size = f"{file.stat().st_size:,}".replace(",", " ")
    click.echo(f"Backed up to {file}: {size} bytes, {photos} photos")


@click.command()
@click.argument("file", type=File, required=False)
@pass_tools
def restore(tools: Tools, file: Path | None) -> None:
    """Put the backup in FILE in the database's place, and begin a new epoch.

    Phones notice the new epoch and send what they were told was safe in the last 30 days once more. Without FILE only
    the epoch begins: run that after putting back a database by other means, such as pg_restore. What was there before
    is kept beside it. Stop fieldlog first.
    """
    now = tools.clock()
    if file is None:
        begun = tools.write(lambda session: begin_epoch(session, tools.by, now))
        click.echo(f"A new epoch has begun: {begun.value}")
        return
    live = _live(tools, "put it back with pg_restore, then run `fieldlog restore` without a file")
    with _plainly(live):
        live.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=live.parent, prefix="restore-") as folder:
        ready = Path(folder) / "fieldlog.sqlite"
        with _plainly(file):
            copy(file, ready)
            _check(ready)
        epoch = _renew(tools, ready, now)
        with _plainly(live):
            photos = unpack(ready, tools.settings.instance, now)
            kept = put_in_place(ready, live, now)
    click.echo(f"Restored {file}; a new epoch has begun: {epoch}")
    for before in (kept, photos):
        if before:
            click.echo(f"What was there before lies in {before}")
    click.echo("Accounts closed and devices signed out since that backup are open again: close them anew.")


def _live(tools: Tools, otherwise: str) -> Path:
    """The SQLite file that the settings name. Raises Refusal, with what to do instead, for another database."""
    url = make_url(tools.settings.database)
    if url.get_backend_name() != "sqlite":
        raise Refusal(f"the database is no SQLite file: {otherwise}")
    return Path(url.database or "")


def _renew(tools: Tools, file: Path, now: datetime) -> str:
    """Bring the copy to the newest shape and begin its epoch, before anybody sees it."""

    def begin(session: Session) -> str:
        note(session, tools.by, now, "database-restored", "database:sqlite")
        return str(begin_epoch(session, tools.by, now).value)

    database = Database(URL.create("sqlite", database=str(file)).render_as_string())
    try:
        migrations.upgrade(database)
        return database.write(begin)
    finally:
        database.close()


@contextmanager
def _plainly(about: Path) -> Iterator[None]:
    """Say in one line which file will not do."""
    try:
        yield
    except FileExistsError:
        raise Refusal(f"{about} exists already") from None
    except (OSError, sqlite3.Error) as error:
        raise Refusal(f"{about}: {getattr(error, 'strerror', None) or error}") from None


def _check(file: Path) -> None:
    """Raise Refusal unless the file is a whole database of this fieldlog or an earlier one."""
    with open_file(file) as opened:
        tables = {name for (name,) in opened.execute("select name from sqlite_master where type = 'table'")}
        if not tables >= TABLES:
            raise Refusal("that file is not a database of fieldlog")
        if (state := opened.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise Refusal(f"that file is damaged: {state}")
        (revision,) = opened.execute("select version_num from alembic_version").fetchone() or ("",)
        if not migrations.is_known(revision):
            raise Refusal(f"that file is of another version of fieldlog: its shape is {revision or 'none'}")
