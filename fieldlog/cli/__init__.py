"""The command ``fieldlog``: each group of commands is a module of its own."""

import os

import click

from fieldlog.cli.account import account
from fieldlog.cli.backup import backup, restore
from fieldlog.cli.check import check
from fieldlog.cli.demo import demo
from fieldlog.cli.documents import disclose, retain
from fieldlog.cli.export import export, tidy_exports
from fieldlog.cli.figures import kinds, recount, redact
from fieldlog.cli.outbox import take_outbox
from fieldlog.cli.practice import practice
from fieldlog.cli.programme import programme
from fieldlog.cli.reminders import send_reminders
from fieldlog.cli.report import report
from fieldlog.cli.sealing import seal
from fieldlog.cli.serve import serve
from fieldlog.cli.setup import init
from fieldlog.cli.summaries import send_summaries
from fieldlog.cli.tools import Commands, Tools
from fieldlog.config import Settings


@click.group(cls=Commands)
@click.version_option(package_name="fieldlog")
@click.pass_context
def main(context: click.Context) -> None:
    """Log the work that a police force and a municipality have promised, and show how far each promise is kept.

    Everything is set by FIELDLOG_… variables; the README lists them.
    """
    os.umask(0o077)  # the database and the key are nobody else's business
    context.obj = Tools(Settings.from_environment())


for command in (
    init,
    serve,
    practice,
    demo,
    account,
    programme,
    kinds,
    recount,
    take_outbox,
    export,
    tidy_exports,
    report,
    disclose,
    retain,
    redact,
    backup,
    restore,
    send_summaries,
    send_reminders,
    seal,
    check,
):
    main.add_command(command)
