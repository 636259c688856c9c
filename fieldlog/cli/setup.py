"""Setting fieldlog up."""

import click

from fieldlog import migrations
from fieldlog.accounts.actions import load_units
from fieldlog.areas.actions import load_areas
from fieldlog.cli.tools import Tools, pass_tools
from fieldlog.config import make_secret_key
from fieldlog.database import Database


@click.command()
@pass_tools
def init(tools: Tools) -> None:
    """Make or renew the database, the key, areas, units and the programme.

    Safe to repeat: what is there stays. Never makes an account.
    """
    settings = tools.settings
    make_secret_key(settings)
    database = Database(settings.database)
    click.get_current_context().call_on_close(database.close)
    migrations.upgrade(database)
    place = settings.municipality
    areas = tools.write(lambda session: load_areas(session, place))
    units = tools.write(lambda session: load_units(session, place))
    click.echo(f"Ready: municipality {place} with {areas} areas and {units} units")
