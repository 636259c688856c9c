"""Sending each person's daily summary."""

from collections import Counter
from datetime import date, datetime, timedelta
from email.message import EmailMessage

import click

from fieldlog.cli.tools import Refusal, Tools, pass_tools
from fieldlog.clock import local_day
from fieldlog.config import PREFIX
from fieldlog.mail import NotSentError, PerhapsSentError, Post, Server, ServerAwayError, message
from fieldlog.summaries import actions, queries
from fieldlog.summaries.models import Reader


@click.command("send-summaries")
@pass_tools
def send_summaries(tools: Tools) -> None:
    """Send yesterday's summary to each supervisor who wants it and has not been sent it.

    At most once to each, however often this runs. What could not be sent is tried again by the next run; exit code 1
    says that there is something of that sort.
    """
    server = tools.settings.mail
    if server is None:
        raise Refusal(f"no mail is sent until {PREFIX}SMTP_HOST is set")
    now = tools.clock()
    day = _yesterday(now)
    readers = tools.read(lambda session: queries.readers(session, tools.settings.municipality, day))
    outcomes: Counter[str] = Counter()
    try:
        with Post(server) as post:
            for reader in readers:
                letter = _letter(tools, server, reader, now)
                outcomes[_hand_over(tools, post, reader, day, letter)] += 1
    except ServerAwayError as error:
        raise Refusal(f"the mail server {server.host}:{server.port} cannot be used: {error}") from None
    click.echo(f"{day}: {outcomes['sent']} sent, {outcomes['not sent']} not sent, {outcomes['perhaps']} perhaps sent")
    if outcomes["not sent"] or outcomes["perhaps"]:
        raise SystemExit(1)


def _yesterday(now: datetime) -> date:
    return local_day(now) - timedelta(days=1)


def _letter(tools: Tools, server: Server, reader: Reader, now: datetime) -> EmailMessage:
    name, language, url = tools.settings.name, reader.language, tools.settings.url
    told = tools.read(lambda session: queries.summary(session, reader.actor, _yesterday(now), now))
    text = queries.text(told, language, name, url)
    return message(server, reader.email, queries.subject(told, language, name), text, now)


def _hand_over(tools: Tools, post: Post, reader: Reader, day: date, letter: EmailMessage) -> str:
    """What became of it: "sent", "not sent", "perhaps" or "already". Raises ServerAwayError."""
    if not tools.write(lambda session: actions.claim(session, reader, day)):
        return "already"
    try:
        post.send(letter)
    except PerhapsSentError:
        click.echo(f"{reader.name}: the server took the letter and did not answer; it is not sent again", err=True)
        return "perhaps"
    except (NotSentError, ServerAwayError) as error:
        tools.write(lambda session: actions.release(session, reader, day))
        if isinstance(error, ServerAwayError):
            raise
        click.echo(f"{reader.name}: {error}", err=True)
        return "not sent"
    tools.write(lambda session: actions.note_sent(session, reader, day, tools.by, tools.clock()))
    return "sent"
