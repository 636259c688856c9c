"""Taking in the outbox that a phone wrote to a file, when it can be sent in no other way."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

import click
from sqlalchemy.orm import Session

from fieldlog.accounts.queries import account_numbered
from fieldlog.actors import Actor, Role
from fieldlog.audit.actions import note
from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.entries.forms import Item
from fieldlog.intake.models import Result
from fieldlog.photos.actions import accept
from fieldlog.photos.models import Sent as SentPhoto
from fieldlog.sync.actions import take
from fieldlog.sync.forms import UnreadableError, entry, outbox, parse, photo
from fieldlog.sync.models import MOST_ENTRIES, Outbox, Unreadable
from fieldlog.texts import mask

Sent = Item | Unreadable


@click.command("import")
@click.argument("file", type=click.File("rb"))
@pass_tools
def take_outbox(tools: Tools, file: BinaryIO) -> None:
    """Take in the outbox that a phone wrote to FILE, photos included, as the person who made the entries.

    What is there already stays as it is, so a file can be taken in twice. An account that was closed since, or is an
    administrator's by now, may still have made entries. Exit code 1 when anything could not be stored; why stands
    beside it.
    """
    try:
        sent = outbox(parse(file.read()))
    except UnreadableError as error:
        raise Refusal(f"{file.name} is no outbox: {error}") from None
    by, now = _owner(tools, sent), tools.clock()
    entries: list[Sent] = [entry(one, now) for one in sent.entries]
    told = _take_all(tools, entries, by, now)
    outcomes: Counter[str] = Counter(result.outcome for _, result in told)
    if outcomes["accepted"]:
        tools.write(lambda session: _note(session, tools.by, by, outcomes, now))
    click.echo(", ".join(f"{outcomes[name]} {name}" for name in ("accepted", "already", "waiting", "refused")))
    for line in _complaints(told):
        click.echo(line)
    photos = Counter(_take_photo(tools, one, by, now) for one in sent.photos)
    for name, number in photos.items():
        click.echo(f"photos {name}: {number}")
    if any(outcomes[name] or photos[name] for name in ("refused", "waiting")):
        raise SystemExit(1)


def _owner(tools: Tools, sent: Outbox) -> Actor:
    found = tools.read(lambda session: account_numbered(session, tools.settings.municipality, sent.account))
    if found is None:
        raise Refusal(f"there is no account with the number {sent.account}: is the file from another fieldlog?")
    # Administrators log nothing: what waits in their phone was made before they became one.
    return replace(found.actor(), role=Role.REPORTER) if found.role is Role.ADMINISTRATOR else found.actor()


def _take_all(tools: Tools, entries: Sequence[Sent], by: Actor, now: datetime) -> list[tuple[Sent, Result]]:
    """What became of each; those that waited are tried again as long as another one came in."""
    told: list[tuple[Sent, Result]] = []
    left = list(entries)
    while left:
        results: list[Result] = []
        for start in range(0, len(left), MOST_ENTRIES):
            batch = left[start : start + MOST_ENTRIES]
            results += tools.write(partial(take, sent=batch, by=by, now=now))
        pairs = list(zip(left, results, strict=True))
        is_over = all(result.outcome != "accepted" for result in results)
        told += [pair for pair in pairs if is_over or pair[1].outcome != "waiting"]
        left = [] if is_over else [one for one, result in pairs if result.outcome == "waiting"]
    return told


def _take_photo(tools: Tools, sent: Any, by: Actor, now: datetime) -> str:
    """What became of the photo."""
    try:
        read = photo(sent)
    except UnreadableError:
        return "refused"
    handed = SentPhoto(read.id, read.entry, read.finding, read.content)
    return accept(tools.write, handed, tools.settings.instance, by, now).outcome


def _note(session: Session, by: Actor, owner: Actor, outcomes: Counter[str], now: datetime) -> None:
    note(session, by, now, "outbox-imported", f"account:{owner.account}", **outcomes)


def _complaints(told: Sequence[tuple[Sent, Result]]) -> Iterator[str]:
    for sent, result in told:
        item = sent.item if isinstance(sent, Unreadable) else sent
        about = f"{item.id} {_plain(item.kind)}"
        if result.outcome == "waiting":
            yield f"waiting {about}: what it corrects or is linked to has not come"
        elif result.outcome == "refused":
            reasons = "; ".join(f"{_plain(name)}: {reason.en}" for name, reason in result.reasons.items())
            yield f"refused {about}: {reasons}"


def _plain(sent: str) -> str:
    """A name that stands in the file, as a screen may show it: anything may stand there."""
    return mask(sent) if sent.isprintable() else "?"
