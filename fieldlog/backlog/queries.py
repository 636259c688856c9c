"""Whether the last count still holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account, Device
from fieldlog.actors import Actor, Organisation
from fieldlog.audit.models import AuditEvent
from fieldlog.backlog.models import Backlog, Count
from fieldlog.clock import day_bounds, local_day
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import readable
from fieldlog.intake.models import Refusal
from fieldlog.periods import ONE_DAY

SILENT = timedelta(days=7)
"""A phone with entries waiting that was not in touch for so long needs an eye."""

DECIDED = ("review-seen", "review-different", "rules-changed")
"""What is decided about what is there, or by what it is judged."""


def backlog(session: Session, by: Actor, now: datetime) -> Backlog:
    """What waits for ``by``, as last counted, and whether it is so still. One query, whatever there is."""
    return read(session.execute(select(*columns(by, now))).one(), now)


def columns(by: Actor, now: datetime) -> list[ScalarSelect[Any]]:
    """The same as columns of a query that is asked anyway; ``read`` makes sense of them.

    What moves it is only what the reader's own list could show: nobody learns here that others were at work. Rows are
    counted rather than the newest one named, since on PostgreSQL a lower id can be committed later.
    """
    since = day_bounds(local_day(now) - ONE_DAY)[0]
    come = select(func.count(Entry.id)).where(readable(by), Entry.received_at >= since)
    deciding = Account.organisation.not_in({Organisation.SOCIAL_SERVICES} - {by.organisation})
    decided = (
        select(func.count(AuditEvent.id))
        .join(Account, Account.id == AuditEvent.account)
        .where(AuditEvent.municipality == by.municipality, AuditEvent.at >= since, deciding)
        .where(AuditEvent.action.in_(DECIDED))
    )
    own = and_(Account.municipality == by.municipality, Account.organisation == by.organisation)
    refused = and_(own, Refusal.account_id == Account.id, Refusal.settled_at.is_(None))
    silent = and_(own, Device.account_id == Account.id, Device.waiting > 0, Device.last_seen_at < now - SILENT)
    mine = and_(Count.account_id == by.account, Count.organisation == by.organisation)
    asked = [
        *(select(part).where(mine) for part in (Count.by_group, Count.as_of, Count.marks)),
        come,
        decided,
        *(select(part).where(refused) for part in (func.count(Refusal.id), func.sum(Refusal.id))),
        *(select(part).where(silent) for part in (func.count(Device.id), func.sum(Device.id))),
    ]
    return [one.correlate(None).scalar_subquery() for one in asked]


def read(row: Sequence[Any], now: datetime) -> Backlog:
    """What the columns say."""
    by_group, as_of, then, *numbers = row
    marks = [str(local_day(now)), *(str(number or 0) for number in numbers)]
    return Backlog(marks, sum(by_group.values()), as_of, then == marks) if as_of else Backlog(marks)
