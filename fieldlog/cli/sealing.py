"""Sealing the audit log: at intervals while fieldlog serves, and on demand."""

from collections.abc import Callable

import click

from fieldlog.audit import actions, queries
from fieldlog.cli.regular import keep_doing
from fieldlog.cli.tools import Tools, pass_tools
from fieldlog.clock import Clock
from fieldlog.database import Database

EVERY_SECONDS = 30


@click.command()
@pass_tools
def seal(tools: Tools) -> None:
    """Seal the audit log up to now. `fieldlog serve` does so every half minute by itself."""
    count = seal_all(tools.database, tools.clock, everything=True)
    last = tools.read(queries.sealed)
    click.echo(f"Sealed {count} events; the chain has {last.places} places and ends with {last.head}")


def seal_all(database: Database, clock: Clock, *, everything: bool = False) -> int:
    """Seal every committed event, some in each transaction so that no writer waits for long; how many there were."""
    with database.read() as session:  # most of the time there is nothing to do, and then nobody is kept waiting
        since = None if everything else clock()
        if session.execute(queries.unsealed(session, since).limit(1)).first() is None:
            return 0
    count = 0
    while done := database.write(lambda session: actions.seal(session, clock(), everything=everything)):
        count += done
    return count


def keep_sealing(database: Database, clock: Clock, every: float = EVERY_SECONDS) -> Callable[[], None]:
    """Seal at intervals, in seconds, in a thread of its own; what is returned ends it."""
    return keep_doing(lambda: seal_all(database, clock), "sealing the audit log", every)
