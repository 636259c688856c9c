"""Remembering to whom a day was told.

A summary is sent at most once. So the day is written down before the mail server hears of it, and taken back only when
the server certainly did not take the message. What was cut off in between is not sent again.
"""

from datetime import date, datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.database import table
from fieldlog.summaries.models import Reader

_ACCOUNT = table(Account).c


def claim(session: Session, reader: Reader, day: date) -> bool:
    """Write down that the reader is told of the day; False when they were already, by another run too."""
    is_untold = or_(_ACCOUNT.summary_day.is_(None), _ACCOUNT.summary_day < day)
    own = update(table(Account)).where(_ACCOUNT.id == reader.actor.account, is_untold)
    return bool(session.execute(own.values(summary_day=day).returning(_ACCOUNT.id)).first())


def release(session: Session, reader: Reader, day: date) -> None:
    """Take it back: the reader was certainly not told of the day, and the next run tries again."""
    own = update(table(Account)).where(_ACCOUNT.id == reader.actor.account, _ACCOUNT.summary_day == day)
    session.execute(own.values(summary_day=reader.told))


def note_sent(session: Session, reader: Reader, day: date, by: Actor, now: datetime) -> None:
    """Record to whose account the day was told; addresses stay out of the log."""
    note(session, by, now, "summary-sent", f"account:{reader.actor.account}", day=day.isoformat())
