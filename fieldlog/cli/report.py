"""A period's report as a file."""

from pathlib import Path

import click

from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.publication.actions import publish
from fieldlog.reports.actions import on_paper
from fieldlog.reports.forms import WrongDaysError, read_span
from fieldlog.reports.models import NoReportError
from fieldlog.reports.queries import report as report_of


@click.command()
@click.argument("first")
@click.argument("last")
@click.option("--pdf", "target", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Where to write.")
@click.option("--language", type=click.Choice(["sv", "en"]), default="sv", show_default=True)
@pass_tools
def report(tools: Tools, first: str, last: str, target: Path, language: str) -> None:
    """Write the report of the days FIRST to LAST, such as 2026-01-01 2026-04-30, as a PDF. It holds sums only."""
    settings = tools.settings
    try:
        span = read_span(first, last)
        tools.write(lambda session: publish(session, settings.municipality, tools.clock(), settings.public_delay_days))
        found = tools.read(lambda session: report_of(session, settings.municipality, span, tools.clock()))
    except WrongDaysError as error:
        raise Refusal(f"{error.field.upper()}: {error}") from None
    except NoReportError as error:
        offers = "".join(f" Try {part.first} {part.last}." for part in error.offers)
        raise Refusal(f"{error}{offers}") from None
    try:
        target.write_bytes(on_paper(found, language, settings.accent))
    except OSError as error:
        raise Refusal(f"{target}: {error.strerror}") from None
    click.echo(f"Wrote {target}: {found.slug}, {found.span.first} to {found.until}")
