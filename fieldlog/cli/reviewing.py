"""Counting what waits for supervisors, so that the day's page can tell it."""

from collections import Counter
from collections.abc import Callable
from functools import partial

from sqlalchemy import select

from fieldlog.accounts.models import Account
from fieldlog.actors import Role
from fieldlog.backlog.actions import keep
from fieldlog.backlog.queries import backlog
from fieldlog.cli.regular import keep_doing
from fieldlog.clock import Clock, local_day
from fieldlog.database import Database
from fieldlog.review.forms import stretch
from fieldlog.review.queries import look_through

EVERY_SECONDS = 120


def count_all(database: Database, clock: Clock) -> None:
    """Count anew for each supervisor for whom something has moved; one at a time, so that no writer waits for long."""
    wanted = select(Account).where(Account.role == Role.SUPERVISOR, Account.disabled_at.is_(None)).order_by(Account.id)
    with database.read() as session:
        supervisors = [account.actor() for account in session.scalars(wanted)]
    for by in supervisors:
        now = clock()
        with database.read() as session:
            before = backlog(session, by, now)
            if before.is_current:
                continue
            found, is_all = look_through(session, by, stretch(local_day(now)), now)
        if is_all:
            by_group = Counter(one.group for one in found)
            database.write(partial(keep, by_group=by_group, before=before, by=by, now=now))


def keep_counting(database: Database, clock: Clock, every: float = EVERY_SECONDS) -> Callable[[], None]:
    """Count at intervals, in seconds, in a thread of its own; what is returned ends it."""
    return keep_doing(lambda: count_all(database, clock), "counting what waits for review", every)
