"""The rows of reminders: to whom, by which way, and an outbox in which nothing is lost."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.accounts.models import Account
from fieldlog.database import Base


class Step(StrEnum):
    """When somebody is reminded: at once, when half of the set time has passed, and when all of it has."""

    NEW = "new"
    HALF = "half"
    OVERDUE = "overdue"


class ReminderChoice(Base):
    """Where somebody wants letters, and in which language."""

    __tablename__ = "reminder_choices"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))


class PushSubscription(Base):
    """A browser that takes push messages, as it told: where, and the keys that only it can open them with."""

    __tablename__ = "push_subscriptions"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), index=True)
    endpoint: Mapped[str] = mapped_column(String(500), unique=True)
    p256dh: Mapped[str] = mapped_column(String(100))
    auth: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))


class Reminder(Base):
    """One reminder of one waiting handover to one person by one way; it goes when the handover waits no more."""

    __tablename__ = "reminders"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id), primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(String(8), primary_key=True)
    way: Mapped[str] = mapped_column(String(4), primary_key=True)
    tries: Mapped[int]
    next_try_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Message:
    """What one person is told by one way, of everything that is due: how many wait, and whether any is overdue."""

    account: int
    way: str
    waiting: int
    overdue: int
    to: ReminderChoice | list[PushSubscription]
