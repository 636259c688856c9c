"""What can be logged, what it adds up to, and taking a text away."""

import json
from uuid import UUID

import click
from sqlalchemy.orm import Session

from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.exports.actions import forget_files
from fieldlog.intake import actions
from fieldlog.kinds import KINDS
from fieldlog.publication.actions import recount as publish_again
from fieldlog.tallies.actions import Difference
from fieldlog.tallies.actions import recount as count_again


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Everything that is declared, as JSON.")
def kinds(*, as_json: bool) -> None:
    """List every kind of work that can be logged."""
    if as_json:
        click.echo(json.dumps([kind.describe() for kind in KINDS.values()], ensure_ascii=False, indent=2))
        return
    for kind in KINDS.values():
        click.echo(f"{kind.slug:20} {kind.label.sv.replace(chr(0xAD), ''):32} {', '.join(kind.logged_by)}")


@click.command()
@click.option("--repair", is_flag=True, help="Store every figure as counted; what is public with the next publication.")
@pass_tools
def recount(tools: Tools, *, repair: bool) -> None:
    """Count everything again from the entries, and report each figure that differs. Exit code 1 when any did."""
    ask = tools.write if repair else tools.read

    def work(session: Session) -> list[Difference]:
        differing = count_again(session, repair=repair)
        return differing + publish_again(session, tools.by.municipality, repair=repair)

    differences = ask(work)
    for found in differences:
        key = " ".join(str(part) for part in found.key)
        click.echo(f"{found.where}: {key}: stored {found.stored[0]}, counted {found.counted[0]}")
    if not differences:
        click.echo("Every figure is what the entries say.")
        return
    click.echo(f"{len(differences)} figures {'repaired' if repair else 'differ: repair them with --repair'}")
    raise SystemExit(1)


@click.command()
@click.argument("entry", type=click.UUID)
@pass_tools
def redact(tools: Tools, entry: UUID) -> None:
    """Black out the free text of an entry everywhere it is kept: in every version, and in what was refused.

    What was counted stays. The text is gone from the database's files and from exports that wait to be fetched, but not
    from backups made before.
    """
    now = tools.clock()
    try:
        blanked = tools.write(lambda session: actions.redact(session, entry, tools.by, now))
    except LookupError as error:
        raise Refusal(str(error)) from None
    tools.write(lambda session: forget_files(session, tools.settings.instance))
    tools.database.forget_deleted()
    click.echo(f"Blacked out the text in {blanked} versions." if blanked else "There was no text to black out.")
