"""Taking rows and tallies out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO

import click

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.cli.regular import keep_doing
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.clock import Clock
from fieldlog.database import Database
from fieldlog.exports import actions, queries
from fieldlog.exports.forms import WrongOrderError, period
from fieldlog.exports.models import Format, Order
from fieldlog.kinds import KINDS
from fieldlog.periods import Span
from fieldlog.tables.queries import kinds_read, number_of_rows

TIDY_SECONDS = 600

organisation_option = click.option(
    "--organisation",
    type=click.Choice([choice.value for choice in Organisation]),
    required=True,
    help="For whom: what its supervisors may read is taken out.",
)
kinds_argument = click.argument("kinds", nargs=-1, type=click.Choice(list(KINDS)))
first_option = click.option("--from", "first", default="2000-01-01", help="The first day, such as 2026-01-01.")
last_option = click.option("--to", "last", default="2100-12-31", help="The last day.")
language_option = click.option("--language", type=click.Choice(["sv", "en"]), default="sv")


@click.command()
@kinds_argument
@organisation_option
@first_option
@last_option
@click.option("--format", "form", type=click.Choice([form.value for form in Format]), default="csv", show_default=True)
@click.option("--history", is_flag=True, help="What was replaced and voided too.")
@click.option("--output", type=click.File("wb"), default="-", help="The file to write; standard output unless given.")
@language_option
@pass_tools
def export(
    tools: Tools, kinds: tuple[str, ...], *, organisation: str, first: str, last: str, form: str, history: bool,
    output: IO[bytes], language: str,
) -> None:  # fmt: skip
    """Write the rows of KINDS, or of every kind that the organisation reads, to a file.

    csv has semicolons and opens in a Swedish Excel, csv-comma is for programs; several kinds as CSV come as a ZIP.
    xlsx has a sheet for each kind and one of tallies, geojson the tallies of each area.
    """
    by = supervisor_of(tools, organisation)
    order = Order(days(first, last), kinds_of(by, kinds), history, language, Format(form))
    with tools.database.snapshot() as session:
        rows = number_of_rows(session, order, by)
        if not rows and not (order.format is Format.GEOJSON and queries.sums(session, order, by)):
            raise Refusal("there is nothing to export: no rows in that period that the organisation may read")
        now = tools.clock()
        tools.write(lambda writing: actions.note_export(writing, order, rows, by, now))
        actions.write_file(session, order, by, output)


def keep_tidy(database: Database, clock: Clock, instance: Path, every: float = TIDY_SECONDS) -> Callable[[], None]:
    """Remove at intervals, in seconds, what can no longer be fetched; what is returned ends it."""

    def work() -> None:
        with database.read() as session:
            actions.tidy(session, instance, clock())

    return keep_doing(work, "removing old exports", every)


@click.command("tidy-exports")
@pass_tools
def tidy_exports(tools: Tools) -> None:
    """Remove the export files that can no longer be fetched; `serve` does it every ten minutes."""
    removed = tools.read(lambda session: actions.tidy(session, tools.settings.instance, tools.clock()))
    click.echo(f"{removed} removed")


def supervisor_of(tools: Tools, organisation: str) -> Actor:
    """Whoever may run commands on the server, reading what a supervisor of the organisation reads and no more."""
    return replace(tools.by, organisation=Organisation(organisation), role=Role.SUPERVISOR)


def kinds_of(by: Actor, named: tuple[str, ...]) -> tuple[str, ...]:
    """The kinds that are named, otherwise every one that ``by`` reads. Ends the command for another one."""
    read = tuple(kind.slug for kind in kinds_read(by))
    if others := [kind for kind in named if kind not in read]:
        raise Refusal(f"{by.organisation.value} does not read {', '.join(others)}")
    return tuple(kind for kind in read if kind in named) or read


def days(first: str, last: str) -> Span:
    """The period. Ends the command for one that is none."""
    try:
        return period(first, last)
    except WrongOrderError as error:
        raise Refusal(f"--{'from' if error.field == 'first' else 'to'}: {error}") from None
