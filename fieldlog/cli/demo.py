"""Filling a database with practice data."""

import click

from fieldlog.accounts.actions import AccountError
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.clock import local, local_day
from fieldlog.demo.actions import Filled, fill
from fieldlog.demo.queries import DemoError, days_to_fill
from fieldlog.kinds import KINDS

LOUD = """\
**********************************************************************
  ÖVNINGSDATA. Inget av detta har hänt: allt arbete är påhittat.
  Visa aldrig siffrorna som riktiga. Börja om med en tom databas
  innan någon loggar på riktigt.

  PRACTICE DATA. None of this ever happened: all work is made up.
  Never show the figures as real ones. Start anew with an empty
  database before anybody logs real work.
**********************************************************************
"""


@click.command()
@click.option("--seed", type=click.IntRange(0, 999_999), default=1, show_default=True, help="Another one, other work.")
@click.option("--year", type=click.IntRange(2000, 2100), help="The programme's year; this year unless given.")
@pass_tools
def demo(tools: Tools, *, seed: int, year: int | None) -> None:
    """Fill the programme's year up to now with made-up work: PRACTICE DATA, to try things out.

    Safe to repeat: a later day adds the days since. Refused where there are entries that it did not make.
    """
    now = tools.clock()
    chosen = year or local_day(now).year
    try:
        tools.read(lambda session: days_to_fill(session, tools.settings.municipality, chosen, now))
        click.echo(LOUD)
        filled = fill(tools.write, tools.by, now, seed=seed, year=chosen)
    except (DemoError, AccountError) as error:
        raise Refusal(str(error)) from None
    _tell(filled)


def _tell(filled: Filled) -> None:
    for kind in KINDS.values():
        if number := filled.added[kind.slug]:
            click.echo(f"{number:5}  {kind.label.sv.replace(chr(0xAD), '')}")
    until = f"{local(filled.until):%Y-%m-%d %H:%M}"
    click.echo(
        f"Added {filled.added.total()} made-up entries and {filled.changed} corrections and voids, "
        f"{filled.days.first} to {until}; {filled.already} were there already."
    )
