"""Official documents: handing out a copy of the rows, and removing them by decision."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import IO

import click
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.cli.export import (
    days,
    first_option,
    kinds_argument,
    kinds_of,
    language_option,
    last_option,
    organisation_option,
    supervisor_of,
)
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.disclosure import actions, queries
from fieldlog.disclosure.models import LONGEST_NUMBER, Copy, Decision, Place
from fieldlog.exports.actions import forget_files
from fieldlog.photos.actions import tidy
from fieldlog.sheets import BOM, SPREADSHEET, Column, Sheet, csv_text, xlsx_file
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import number_of_rows, plain

YES = frozenset({"ja", "yes", "x"})
REVIEW = ("Version", "Fält", "Dag", "Typ", "Uppgift", "Text", "Lämnas ut")


@click.command()
@kinds_argument
@organisation_option
@first_option
@last_option
@click.option("--history", is_flag=True, help="What was replaced and voided too.")
@click.option("--number", required=True, help='The request\'s registry number, such as "KS 2026/123".')
@click.option("--decided-by", required=True, help="The function that decides, not a name.")
@click.option("--texts", type=click.File("wb"), help="Write every text here as CSV, to be looked at.")
@click.option("--reviewed", type=click.File("rb"), help='The same CSV, with "ja" beside each text that may go out.')
@click.option("--output", type=click.File("wb"), help="Write the copy here, as a workbook.")
@language_option
@pass_tools
def disclose(
    tools: Tools, kinds: tuple[str, ...], *, organisation: str, first: str, last: str, history: bool, number: str,
    decided_by: str, texts: IO[bytes] | None, reviewed: IO[bytes] | None, output: IO[bytes] | None, language: str,
) -> None:  # fmt: skip
    """Hand out a copy of the rows of KINDS from a period, after a secrecy review.

    First with --texts: every free text is listed. Somebody looks at each and writes "ja" beside those that may go out.
    Then with --reviewed and --output: the copy has every other text masked, and a record of what was decided on each.
    What is stored stays as it is.
    """
    if (texts is None) == (output is None):
        raise Refusal("say --texts to list what has to be looked at, or --output to write the copy")
    by, now = supervisor_of(tools, organisation), tools.clock()
    selection = Selection(days(first, last), kinds_of(by, kinds), history, language)
    with tools.database.snapshot() as session:
        rows = number_of_rows(session, selection, by)
        if not rows:
            raise Refusal("there is nothing to hand out: no rows in that period that the organisation may read")
        if texts:
            listed = Sheet("", [Column(title) for title in REVIEW], _listed(session, selection, by))
            texts.writelines(text.encode() for text in csv_text(listed, SPREADSHEET))
        if output:
            copy = Copy(number[:LONGEST_NUMBER], decided_by, selection, _fit(reviewed))
            xlsx_file(queries.copy(session, copy, by, now), output)
            tools.write(lambda writing: actions.note_copy(writing, copy, rows, by, now))


@click.command()
@kinds_argument
@click.option("--before", type=click.DateTime(formats=["%Y-%m-%d"]), required=True, help="The first day that stays.")
@click.option("--decision", required=True, help='The decision\'s number, such as "KS 2026/123".')
@click.option("--carry-out", is_flag=True, help="Remove them. Without it, only what would go is told.")
@pass_tools
def retain(tools: Tools, kinds: tuple[str, ...], *, before: datetime, decision: str, carry_out: bool) -> None:
    """Remove the entries of KINDS from before a day, as a decision says; the tallies stay.

    Without --carry-out nothing is removed. An entry stays to which one that stays is linked, and so do a yes to help
    that waits for its answer and what came in so lately that a phone may send it again. `help-offer handover-outcome`
    reduces handovers to their counts, codes included. Backups made before still hold what was removed.
    """
    if not kinds:
        raise Refusal("name the kinds that the decision is about")
    if not decision.strip() or len(decision) > LONGEST_NUMBER:
        raise Refusal(f"a decision has a number of at most {LONGEST_NUMBER} characters")
    now, removes = tools.clock(), Decision(decision.strip(), kinds, before.date())
    work = tools.write if carry_out else tools.read
    try:
        removal = work(
            lambda session: actions.retain(
                session, removes, tools.by, now, carry_out=carry_out, delay_days=tools.settings.public_delay_days
            )
        )
    except ValueError as error:
        raise Refusal(str(error)) from None
    if carry_out:
        tools.write(lambda session: forget_files(session, tools.settings.instance))
        tools.write(lambda session: tidy(session, tools.settings.instance))
        tools.database.forget_deleted()
    done = "Removed" if carry_out else "Would remove"
    for kind in kinds:
        click.echo(
            f"{done} {removal.entries.get(kind, 0)} entries of {kind} from before {before.date()}; "
            f"{removal.kept.get(kind, 0)} as old stay: others belong to them, or they came in lately"
        )
    if removal.codes:
        click.echo(f"{done} {removal.codes} codes of handovers")
    if not carry_out:
        click.echo(f"Nothing is removed. Carry out {removes.number} with --carry-out.")


def _listed(session: Session, selection: Selection, by: Actor) -> Iterator[list[list[str | None]]]:
    for text in queries.free_texts(session, selection, by):
        what = plain(text.kind, selection.language), plain(text.about, selection.language)
        yield [[cell] for cell in (*text.place, str(text.day), *what, text.text, None)]


def _fit(reviewed: IO[bytes] | None) -> frozenset[Place]:
    """The texts that may go out, as somebody marked them: none when nobody has looked."""
    if reviewed is None:
        return frozenset()
    try:
        rows = list(csv.reader(StringIO(reviewed.read().decode("utf-8").removeprefix(BOM), newline=""), delimiter=";"))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refusal(f"{reviewed.name} is no list of texts: {error}") from None
    if not rows or tuple(rows[0]) != REVIEW:
        raise Refusal(f"{reviewed.name} is no list of texts: it begins with other headings than {'; '.join(REVIEW)}")
    return frozenset(
        (row[0], row[1]) for row in rows[1:] if len(row) == len(REVIEW) and row[-1].strip().casefold() in YES
    )
