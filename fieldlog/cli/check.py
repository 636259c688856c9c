"""Checking everything that fieldlog keeps: the files, the rows, the figures and the audit log."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from stat import S_IMODE

import click
from sqlalchemy import func, make_url, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fieldlog.audit.actions import note
from fieldlog.audit.models import AuditEvent
from fieldlog.audit.queries import CHECKED, broken, sealed
from fieldlog.cli.sealing import seal_all
from fieldlog.cli.sqlite import BESIDE
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.cli.versions import altered
from fieldlog.clock import local
from fieldlog.config import Settings
from fieldlog.database import dialect_of
from fieldlog.entries.models import Entry
from fieldlog.exports.actions import FOLDER
from fieldlog.photos.actions import tidy
from fieldlog.photos.models import FOLDER as PHOTOS
from fieldlog.photos.queries import without_file
from fieldlog.publication.actions import recount as publish_again
from fieldlog.tallies.actions import recount

MOST_SHOWN = 20
OTHERS = 0o077


@click.command()
@pass_tools
def check(tools: Tools) -> None:
    """Check the files, the database, the audit log, the entries and the figures; say what was found.

    The audit log is sealed first, and the check noted in it. Exit code 1 when anything is wrong.
    """
    faults = _say("Files: the key is private, and nothing else lies there", _files(tools.settings))
    try:
        faults += _say("Database: whole", tools.read(_damage))
        faults += _say("Rows: each refers to rows that exist", tools.read(_orphans))
        seal_all(tools.database, tools.clock, everything=True)
        faults += _say(tools.read(_chain), tools.read(lambda session: list(broken(session))))
        faults += _say(tools.read(_entries), tools.read(lambda session: list(altered(session))))
        for line in tools.read(_redacted):
            click.echo(f"       {line}")
        faults += _say(tools.write(lambda session: _strays(session, tools)), tools.read(lambda s: _photos(s, tools)))
        faults += _say("Figures: what the entries say", tools.read(lambda session: _figures(session, tools)))
        tools.write(lambda session: _note(session, tools, faults))
    except DatabaseError as error:
        raise Refusal(f"the database cannot be read, put a backup back: {error.orig}") from None
    if faults:
        click.echo(f"{faults} {'thing is' if faults == 1 else 'things are'} wrong.")
        raise SystemExit(1)
    click.echo("Everything is in order.")


def _say(right: str, wrong: Iterable[str]) -> int:
    """Say what was found of one part; returns how many faults."""
    faults = list(wrong)
    if not faults:
        click.echo(f"ok     {right}")
    for fault in faults[:MOST_SHOWN]:
        click.echo(f"WRONG  {fault}")
    if len(faults) > MOST_SHOWN:
        click.echo(f"WRONG  and {len(faults) - MOST_SHOWN} more like that")
    return len(faults)


def _files(settings: Settings) -> Iterator[str]:
    key, address = settings.key_file, make_url(settings.database)
    live = Path(address.database or "") if address.get_backend_name() == "sqlite" else None
    if not key.is_file():
        yield f"{key} is missing: everybody will be signed out"
    for file in (key, settings.push_key_file, live):
        if file and file.is_file() and S_IMODE(file.stat().st_mode) & OTHERS:
            yield f"{file} can be read by others than its owner: chmod 600"
    own = {key.name, settings.push_key_file.name, FOLDER, PHOTOS}
    kept = own | {f"{live.name}{end}" for end in ("", *BESIDE) if live}
    before = tuple(f"{name}.before-" for name in (PHOTOS, *([live.name] if live else ())))
    for found in sorted(settings.instance.iterdir() if settings.instance.is_dir() else ()):
        if found.name not in kept and not found.name.startswith(before):
            yield f"{found} is nothing that fieldlog keeps"


def _damage(session: Session) -> list[str]:
    if dialect_of(session) != "sqlite":
        return []
    return [line for (line,) in session.execute(text("PRAGMA integrity_check")) if line != "ok"]


def _orphans(session: Session) -> list[str]:
    if dialect_of(session) == "sqlite":
        rows = session.execute(text("PRAGMA foreign_key_check"))
        return [f"{table}: row {row} refers to a row of {parent} that does not exist" for table, row, parent, _ in rows]
    unchecked = text("select conrelid::regclass, conname from pg_constraint where not convalidated")
    return [f"{table}: the database does not check {name}" for table, name in session.execute(unchecked)]


def _chain(session: Session) -> str:
    last = sealed(session)
    events = session.scalar(select(func.count(AuditEvent.id)))
    when = f"last sealed {local(last.at):%Y-%m-%d %H:%M}" if last.at else "never sealed"
    return f"Audit log: {events} events, {when}; the chain ends with {last.head}"


def _entries(session: Session) -> str:
    number = func.count
    versions, old = session.execute(select(number(Entry.id), number(Entry.id) - number(Entry.salt))).one()
    return f"Entries: {versions} versions as they were written" + (f", {old} older than their digests" if old else "")


def _redacted(session: Session) -> list[str]:
    """The last redactions, each by a recorded event."""
    events = select(AuditEvent).where(AuditEvent.action == "entry-redacted").order_by(AuditEvent.id.desc())
    return [
        f"{event.subject.replace(':', ' ')} redacted on {local(event.at):%Y-%m-%d}, by a recorded event"
        for event in session.scalars(events.limit(MOST_SHOWN))
    ]


def _strays(session: Session, tools: Tools) -> str:
    number = tidy(session, tools.settings.instance)
    return "Photos: each has its file" + (f"; {number} files without a photo are removed" if number else "")


def _photos(session: Session, tools: Tools) -> list[str]:
    return [
        f"photo {id} has no file: put it back from a backup" for id in without_file(session, tools.settings.instance)
    ]


def _figures(session: Session, tools: Tools) -> list[str]:
    return [
        f"{found.where}: {' '.join(map(str, found.key))}: stored {found.stored[0]}, counted {found.counted[0]}"
        for found in (*recount(session), *publish_again(session, tools.by.municipality))
    ]


def _note(session: Session, tools: Tools, faults: int) -> None:
    note(session, tools.by, tools.clock(), CHECKED, "audit:chain", places=sealed(session).places, faults=faults)
