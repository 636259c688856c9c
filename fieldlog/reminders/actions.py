"""Writing who is reminded and how, and the outbox of reminders.

A reminder is written down when its time has come and taken out before it is sent, so that two that run at the same time
do not both send it. What was certainly not sent is put back and tried again, later and later.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.database import dialect_of, insert_into, table
from fieldlog.push import Address
from fieldlog.reminders import queries
from fieldlog.reminders.models import Message, PushSubscription, Reminder, ReminderChoice, Step

LONGEST_PAUSE = 6
MINUTE = timedelta(minutes=1)


def choose(session: Session, by: Actor, now: datetime, email: str, language: str) -> None:
    """Send ``by``'s reminders to the address; an empty one wants none by mail."""
    session.execute(delete(ReminderChoice).where(ReminderChoice.account_id == by.account))
    if email:
        session.add(ReminderChoice(account_id=by.account, email=email, language=language))
    note(session, by, now, "reminders-chosen", f"account:{by.account}", way="mail", on=bool(email))


def subscribe(session: Session, by: Actor, now: datetime, address: Address, language: str) -> None:
    """Send ``by``'s reminders to that browser, and nobody else's any more."""
    session.execute(delete(PushSubscription).where(PushSubscription.endpoint == address.endpoint))
    whose = {"account_id": by.account, "language": language}
    session.add(PushSubscription(endpoint=address.endpoint, p256dh=address.p256dh, auth=address.auth, **whose))
    note(session, by, now, "reminders-chosen", f"account:{by.account}", way="push", on=True)


def unsubscribe(session: Session, by: Actor, now: datetime) -> None:
    """Send no push messages to any of ``by``'s browsers."""
    session.execute(delete(PushSubscription).where(PushSubscription.account_id == by.account))
    note(session, by, now, "reminders-chosen", f"account:{by.account}", way="push", on=False)


def drop(session: Session, subscriptions: Collection[int]) -> None:
    """Forget browsers that take no messages any more."""
    session.execute(delete(PushSubscription).where(PushSubscription.id.in_(subscriptions)))


def plan(session: Session, municipality: str, now: datetime) -> None:
    """Put what is due into the outbox, and take out what needs no answer any more.

    Of several steps that are due at once, for a yes that came late, only the last one is told.
    """
    due = queries.due(session, municipality, now)
    session.execute(delete(Reminder).where(Reminder.entry_id.not_in(due)))
    receivers = queries.receivers(session, municipality)
    rows = [
        {"account_id": account, "entry_id": entry, "step": step, "way": way, "tries": 0, "next_try_at": now}
        for entry, step in sorted(due.items())
        for account, way in receivers
    ]
    if rows:
        session.execute(insert_into(Reminder, dialect_of(session)).on_conflict_do_nothing(), rows)


def take(session: Session, municipality: str, now: datetime) -> list[Message]:
    """Take out what is to be sent now: one message for each person and way, however much is due."""
    waits = select(Reminder).where(Reminder.sent_at.is_(None), Reminder.next_try_at <= now)
    ways = queries.ways(session, municipality)
    found = defaultdict[tuple[int, str], list[Reminder]](list)
    for reminder in session.scalars(waits.with_for_update(skip_locked=True)):
        found[reminder.account_id, reminder.way].append(reminder)
    messages = []
    for (account, way), reminders in sorted(found.items()):
        if (account, way) not in ways:  # they want none any more
            for reminder in reminders:
                session.delete(reminder)
            continue
        for reminder in reminders:
            reminder.sent_at = now
        overdue = sum(reminder.step == Step.OVERDUE for reminder in reminders)
        messages.append(Message(account, way, len(reminders), overdue, ways[account, way]))
    return messages


def put_back(session: Session, message: Message, sent_at: datetime) -> None:
    """Try the message again later: it was certainly not sent."""
    mine = table(Reminder).c
    whose = (mine.account_id == message.account, mine.way == message.way, mine.sent_at == sent_at)
    for reminder in session.scalars(select(Reminder).where(*whose)):
        reminder.next_try_at = sent_at + MINUTE * 2 ** min(reminder.tries, LONGEST_PAUSE)
        reminder.tries, reminder.sent_at = reminder.tries + 1, None
