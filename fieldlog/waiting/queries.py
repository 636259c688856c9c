"""Reading which yeses to help still wait, and which of them too long."""

from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fieldlog.entries.models import Entry, EntryAmount
from fieldlog.entries.queries import RulesByDay, is_current
from fieldlog.tallies.models import DayTally


def waiting_yeses(municipality: str, first: date | None = None, last: date | None = None) -> Select[date, datetime]:
    """(day, moment) of each yes to help that still waits for an answer, from ``first`` to ``last`` if given.

    There are tens of them in a year, and the tallies tell on which days.
    """
    days = (
        select(DayTally.day)
        .where(DayTally.municipality == municipality, DayTally.kind == "help-offer")
        .where(DayTally.measure == "unanswered", DayTally.amount > 0)
    )
    days = days.where(DayTally.day.between(first, last)) if first and last else days
    return (
        select(Entry.day, Entry.happened_at)
        .join(EntryAmount, EntryAmount.entry_id == Entry.id)
        .where(Entry.municipality == municipality, Entry.day.in_(days), Entry.kind == "help-offer")
        .where(EntryAmount.measure == "unanswered", EntryAmount.amount > 0, is_current())
    )


def overdue(
    session: Session, rules: RulesByDay, municipality: str, first: date, last: date, *, now: datetime
) -> tuple[date, ...]:
    """The days of the yeses to help from ``first`` to ``last`` that still wait although their promised time has passed.

    Asked of the rows, since it changes with the clock and not with an entry.
    """
    waiting = session.execute(waiting_yeses(municipality, first, last))
    return tuple(day for day, began in waiting if now > rules.on(day).answer_by(began))
