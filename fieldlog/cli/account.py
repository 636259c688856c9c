"""Making and closing accounts."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from fieldlog.accounts import actions, queries
from fieldlog.accounts.actions import AccountError
from fieldlog.actors import NO_UNIT, Organisation, Role
from fieldlog.cli.tools import Commands, Refusal, Tools, pass_tools


@click.group(cls=Commands)
def account() -> None:
    """Make, list and close accounts."""


password_option = click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")


@account.command()
@click.argument("name")
@click.option("--organisation", type=click.Choice([choice.value for choice in Organisation]), required=True)
@click.option("--role", type=click.Choice([choice.value for choice in Role]), required=True)
@click.option("--unit", default=NO_UNIT, help="The unit's slug, such as turlag-3.")
@password_option
@pass_tools
def add(tools: Tools, name: str, *, organisation: str, role: str, unit: str, password_stdin: bool) -> None:
    """Make an account."""
    password = _password(password_stdin)
    now = tools.clock()
    place, part = Organisation(organisation), Role(role)
    with _one_line():
        made = tools.write(
            lambda session: actions.add_account(
                session, tools.by, now, name=name, password=password, organisation=place, role=part, unit=unit
            )
        )
    click.echo(f"Added {made.name}: {organisation}, {role}, unit {unit}")


@account.command("list")
@pass_tools
def list_accounts(tools: Tools) -> None:
    """List the accounts."""
    for row in tools.read(lambda session: queries.accounts(session, tools.settings.municipality)):
        state = f"disabled {row.disabled_at:%Y-%m-%d}" if row.disabled_at else "open"
        click.echo("\t".join((row.name, row.organisation, row.role, row.unit, state)))


@account.command()
@click.argument("name")
@pass_tools
def disable(tools: Tools, name: str) -> None:
    """Close an account; whoever is signed in with it is signed out at once."""
    now = tools.clock()
    with _one_line():
        tools.write(lambda session: actions.disable_account(session, tools.by, now, name))
    click.echo(f"Disabled {queries.plain_name(name)}")


@account.command()
@click.argument("name")
@password_option
@pass_tools
def password(tools: Tools, name: str, password_stdin: bool) -> None:
    """Give an account a new password; its devices are signed out."""
    typed, now = _password(password_stdin), tools.clock()
    with _one_line():
        tools.write(lambda session: actions.set_password(session, tools.by, now, name, typed))
    click.echo(f"New password for {queries.plain_name(name)}")


def _password(from_stdin: bool) -> str:
    """The password, from standard input without its line's end, or asked for twice."""
    if not from_stdin:
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    try:
        return sys.stdin.buffer.read(10_000).decode("utf-8").split("\n", 1)[0].removesuffix("\r")
    except UnicodeDecodeError:
        raise Refusal("the password is not UTF-8 text") from None


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except AccountError as error:
        raise Refusal(str(error)) from None
