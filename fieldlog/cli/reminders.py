"""Reminding social services of handovers that wait: at intervals while fieldlog serves, and on demand."""

import json
import logging
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import click
from sqlalchemy.exc import OperationalError

from fieldlog.cli.tools import Tools, pass_tools
from fieldlog.clock import Clock
from fieldlog.config import Settings
from fieldlog.database import BusyError, Database
from fieldlog.mail import NotSentError, PerhapsSentError, Post, ServerAwayError, message
from fieldlog.push import Address, GoneError, NotPushedError, Pusher
from fieldlog.reminders import actions, queries
from fieldlog.reminders.models import Message, ReminderChoice

EVERY_SECONDS = 60

_log = logging.getLogger(__name__)


@click.command("send-reminders")
@pass_tools
def send_reminders(tools: Tools) -> None:
    """Remind those who want it of handovers that wait. `fieldlog serve` does so every minute by itself.

    What could not be sent is tried again by a later run; exit code 1 says that there is something of that sort.
    """
    outcomes = remind(tools.database, tools.settings, tools.clock())
    click.echo(f"{outcomes['sent']} sent, {outcomes['not sent']} not sent, {outcomes['perhaps']} perhaps sent")
    if outcomes["not sent"]:
        raise SystemExit(1)


def remind(database: Database, settings: Settings, now: datetime) -> Counter[str]:
    """Send what is due, unless it is quiet now: how many messages were "sent", "not sent" or "perhaps"."""
    place, outcomes = settings.municipality, Counter[str]()
    if queries.is_quiet(now, settings.quiet_hours):
        return outcomes
    database.write(lambda session: actions.plan(session, place, now))
    messages = database.write(lambda session: actions.take(session, place, now))
    with ExitStack() as opened:
        for one in messages:
            to = one.to
            outcome = _mail(settings, opened, one, to, now) if isinstance(to, ReminderChoice) else ""
            outcome = outcome or _push(database, settings.pusher, one, settings.name)
            outcomes[outcome] += 1
            if outcome == "not sent":
                database.write(lambda session, one=one: actions.put_back(session, one, now))  # type: ignore[misc]
    return outcomes


def _mail(settings: Settings, opened: ExitStack, one: Message, to: ReminderChoice, now: datetime) -> str:
    server = settings.mail
    if server is None:
        return "not sent"
    subject = f"{settings.name}: {queries.subject(one, to.language)}"
    letter = message(server, to.email, subject, queries.text(one, to.language, f"{settings.url}/handovers"), now)
    try:
        opened.enter_context(Post(server)).send(letter)
    except PerhapsSentError:
        return "perhaps"
    except (NotSentError, ServerAwayError) as error:
        _log.warning("a reminder is sent later: %s", error)
        return "not sent"
    return "sent"


def _push(database: Database, pusher: Pusher | None, one: Message, name: str) -> str:
    """Tell every browser of the person; it is sent when one of them took it, or when none is left to take it."""
    assert not isinstance(one.to, ReminderChoice)
    if pusher is None:
        return "not sent"
    outcomes: list[str] = []
    for browser in one.to:
        text = json.dumps({"title": name, "body": queries.subject(one, browser.language)})
        try:
            pusher.send(Address(browser.endpoint, browser.p256dh, browser.auth), text)
        except GoneError:
            database.write(lambda session, gone=browser.id: actions.drop(session, [gone]))  # type: ignore[misc]
        except NotPushedError as error:
            _log.warning("a reminder is sent later: %s", error)
            outcomes.append("not sent")
        else:
            outcomes.append("sent")
    return "sent" if "sent" in outcomes or not outcomes else "not sent"


def keep_reminding(
    database: Database, settings: Settings, clock: Clock, every: float = EVERY_SECONDS
) -> Callable[[], None]:
    """Remind at intervals, in seconds, in a thread of its own; what is returned ends it."""
    stop = threading.Event()

    def go() -> None:
        while not stop.is_set():
            try:
                remind(database, settings, clock())
            except (BusyError, OperationalError) as error:
                _log.warning("reminders are sent later: %s", error)
            except Exception:
                _log.exception("reminders could not be sent")
            stop.wait(every)

    threading.Thread(target=go, name="reminding", daemon=True).start()
    return stop.set
