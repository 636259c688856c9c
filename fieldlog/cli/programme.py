"""Loading, dumping and listing programmes."""

import click

from fieldlog.cli.tools import Commands, Refusal, Tools, pass_tools
from fieldlog.clock import local_day
from fieldlog.programmes.actions import RefusedError, load_programme
from fieldlog.programmes.models import Programme
from fieldlog.programmes.queries import (
    WrongProgrammeError,
    as_text,
    known_programmes,
    periods,
    programme_wanted,
    read_programme,
    to_toml,
    whole,
)

year_option = click.option(
    "--year", type=click.IntRange(2000, 2100), help="The year in which the programme begins; its own unless given."
)


@click.group(cls=Commands)
def programme() -> None:
    """Load, dump and list programmes: what was promised for a period."""


@programme.command()
@click.argument("source", metavar="FILE|NAME")
@year_option
@pass_tools
def load(tools: Tools, source: str, year: int | None) -> None:
    """Load a programme from a TOML file, or one that comes with fieldlog by its name.

    In another year than its own it is an example that nobody has decided, and says so. Safe to repeat: a file that
    differs from what is stored is refused.
    """
    place = tools.settings.municipality
    try:
        text = read_programme(source)
        text = text.for_year(year or text.first_day.year)
        is_known = tools.read(lambda session: session.get(Programme, (place, text.slug))) is not None
        loaded = tools.write(lambda session: load_programme(session, text, by=tools.by, now=tools.clock()))
    except (WrongProgrammeError, RefusedError) as error:
        raise Refusal(str(error)) from None
    say_loaded(loaded, "Unchanged" if is_known else "Loaded")


def say_loaded(loaded: Programme, what: str = "Loaded") -> None:
    """Tell what was loaded, and whether anybody has decided it."""
    undecided = ", an example that nobody has decided" if loaded.example_of else ""
    click.echo(f"{what} {loaded.slug}: {loaded.first_day} to {loaded.last_day}{undecided}")


@programme.command()
@click.argument("slug")
@pass_tools
def dump(tools: Tools, slug: str) -> None:
    """Write the programme SLUG as TOML, whole: what `load` makes the same programme of, in an empty database too."""
    place = tools.settings.municipality
    row = tools.read(lambda session: whole(session, place, slug))
    if row is None:
        raise Refusal(f"{slug}: no such programme (`fieldlog programme list` tells those that there are)")
    click.echo(to_toml(as_text(row)).encode(), nl=False)


@programme.command("list")
@pass_tools
def list_programmes(tools: Tools) -> None:
    """List the programmes loaded, and those that come with fieldlog."""
    today, place = local_day(tools.clock()), tools.settings.municipality
    for period in tools.read(lambda session: periods(session, place)):
        state = "in force" if period.first_day <= today <= period.last_day else "not in force"
        click.echo("\t".join((period.slug, str(period.first_day), str(period.last_day), state)))
    for name in known_programmes():
        click.echo(f"{name}\tcomes with fieldlog")
    if wanted := tools.read(lambda session: programme_wanted(session, place, today)):
        click.echo(f"No programme from {wanted}: load the next one with `fieldlog programme load`")
