"""What is due to be told, to whom, and in which words: that something waits, and nothing of what."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.actors import Role
from fieldlog.clock import local
from fieldlog.handovers.models import OUTCOME
from fieldlog.handovers.queries import waiting
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.reminders.models import Message, PushSubscription, ReminderChoice, Step

WAITS = Label("En överlämning väntar", "A handover is waiting")
WAIT = Label("{n} överlämningar väntar", "{n} handovers are waiting")
LATE = Label("Den utlovade tiden har gått.", "The promised time has passed.")
SEE = Label("Se vad som väntar: {address}", "See what is waiting: {address}")
WHY = Label(
    "Du får det här för att du har valt påminnelser. Sluta eller ändra på samma sida.",
    "You get this because you chose reminders. Stop or change it on the same page.",
)

Ways = Mapping[tuple[int, str], ReminderChoice | list[PushSubscription]]


def is_quiet(now: datetime, hours: str) -> bool:
    """Whether nobody is disturbed now; ``hours`` such as ``22-06`` on the municipality's clock, empty for never."""
    if not hours:
        return False
    start, end = (int(hour) for hour in hours.split("-"))
    hour = local(now).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


def due(session: Session, municipality: str, now: datetime) -> dict[UUID, Step]:
    """The last step that has come for each handover that waits."""
    steps = {}
    for one in waiting(session, municipality):
        is_half = now >= one.half_at
        steps[one.id] = Step.OVERDUE if now > one.due_at else Step.HALF if is_half else Step.NEW
    return steps


def _answers(municipality: str) -> ColumnElement[bool]:
    """The condition that an account is somebody's who answers handovers."""
    return and_(
        Account.municipality == municipality,
        Account.organisation.in_(KINDS[OUTCOME].logged_by),
        Account.role != Role.ADMINISTRATOR,
        Account.disabled_at.is_(None),
    )


def ways(session: Session, municipality: str) -> Ways:
    """Everybody who wants to be reminded, by account and way, with where to."""
    chosen = select(ReminderChoice).join(Account, Account.id == ReminderChoice.account_id)
    browsers = select(PushSubscription).join(Account, Account.id == PushSubscription.account_id)
    pushes = defaultdict[tuple[int, str], list[PushSubscription]](list)
    for browser in session.scalars(browsers.where(_answers(municipality)).order_by(PushSubscription.id)):
        pushes[browser.account_id, "push"].append(browser)
    mails = {(one.account_id, "mail"): one for one in session.scalars(chosen.where(_answers(municipality)))}
    return {**mails, **pushes}


def receivers(session: Session, municipality: str) -> list[tuple[int, str]]:
    """The same without where to."""
    return sorted(ways(session, municipality))


def chosen(session: Session, account: int) -> ReminderChoice | None:
    """Where the account's letters go."""
    return session.get(ReminderChoice, account)


def number_of_browsers(session: Session, account: int) -> int:
    """In how many browsers the account is reminded."""
    return len(session.scalars(select(PushSubscription.id).where(PushSubscription.account_id == account)).all())


def subject(message: Message, language: str) -> str:
    """How many wait, in a line."""
    return (WAITS if message.waiting == 1 else WAIT.fill(n=message.waiting)).text(language)


def text(message: Message, language: str, address: str) -> str:
    """The letter."""
    lines = [subject(message, language) + ".", *([LATE.text(language)] if message.overdue else [])]
    return "\n".join([*lines, "", SEE.fill(address=address).text(language), "", "-- ", WHY.text(language)]) + "\n"
