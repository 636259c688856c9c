"""Trying fieldlog out: everything in one command, with accounts to practise with."""

import secrets
from datetime import datetime

import click
from sqlalchemy.orm import Session

from fieldlog.accounts import actions, queries
from fieldlog.actors import NO_UNIT, Organisation, Role
from fieldlog.cli.serve import serve
from fieldlog.cli.setup import init
from fieldlog.cli.tools import Refusal, Tools, pass_tools

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another

PRACTICE = {
    "polis": (Organisation.POLICE, Role.REPORTER, "turlag-3"),
    "befal": (Organisation.POLICE, Role.SUPERVISOR, NO_UNIT),
    "faltassistent": (Organisation.SOCIAL_SERVICES, Role.REPORTER, "uppsokande-teamet"),
    "handlaggare": (Organisation.MUNICIPALITY, Role.REPORTER, "alkoholhandlaggarna"),
    "samordnare": (Organisation.MUNICIPALITY, Role.SUPERVISOR, "trygghet-och-sakerhet"),
    "partner": (Organisation.PARTNER, Role.REPORTER, "samverkanspartner"),
    "administrator": (Organisation.MUNICIPALITY, Role.ADMINISTRATOR, NO_UNIT),
}


@click.command(hidden=True)
@click.pass_context
@pass_tools
def practice(tools: Tools, context: click.Context) -> None:
    """Set up, make an account of each kind unless there is any, print their passwords, and serve."""
    context.invoke(init)
    try:
        made = tools.write(lambda session: add_practice_accounts(session, tools, tools.clock()))
    except actions.AccountError as error:
        raise Refusal(str(error)) from None
    if made:
        click.echo("Practice accounts, shown only now:\n")
        for name, password in made.items():
            organisation, role, _unit = PRACTICE[name]
            click.echo(f"  {name:14} {password}   {organisation.label.sv}, {role.label.sv.lower()}")
        click.echo()
    context.invoke(serve, host="127.0.0.1", port=None)


def add_practice_accounts(session: Session, tools: Tools, now: datetime) -> dict[str, str]:
    """Names and passwords of the accounts made: none when there was one to sign in with.

    The made-up year has accounts that nobody can sign in with; they are not in the way.
    """
    place = tools.settings.municipality
    there = {account.name: account for account in queries.accounts(session, place)}
    if any(account.disabled_at is None for account in there.values()):
        return {}
    known = {unit.slug for unit in queries.units(session, place)}
    made = {}
    for name, (organisation, role, unit) in PRACTICE.items():
        if name in there:
            continue
        made[name] = password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
        chosen = unit if unit in known else NO_UNIT
        actions.add_account(
            session, tools.by, now, name=name, password=password, organisation=organisation, role=role, unit=chosen
        )
    return made
