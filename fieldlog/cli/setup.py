"""Setting fieldlog up."""

import click

from fieldlog import migrations
from fieldlog.accounts.actions import load_units
from fieldlog.areas.actions import load_areas
from fieldlog.cli.programme import say_loaded
from fieldlog.cli.tools import Tools, pass_tools
from fieldlog.clock import local_day
from fieldlog.config import make_secret_key
from fieldlog.database import Database
from fieldlog.programmes.actions import load_example
from fieldlog.push import make_key


@click.command()
@click.option("--year", type=click.IntRange(2000, 2100), help="The programme's year; this year unless given.")
@pass_tools
def init(tools: Tools, year: int | None) -> None:
    """Make or renew the database, the key, areas, units and the programme.

    Safe to repeat: what is there stays, and a programme is only loaded where there is none. Never makes an account.
    """
    settings = tools.settings
    make_secret_key(settings)
    make_key(settings.push_key_file)
    database = Database(settings.database)
    click.get_current_context().call_on_close(database.close)
    migrations.upgrade(database)
    place = settings.municipality
    areas = tools.write(lambda session: load_areas(session, place))
    units = tools.write(lambda session: load_units(session, place))
    now = tools.clock()
    loaded = tools.write(lambda session: load_example(session, year or local_day(now).year, by=tools.by, now=now))
    if loaded:
        say_loaded(loaded)
    click.echo(f"Ready: municipality {place} with {areas} areas and {units} units")
