"""The municipality's time. Actions are handed ``now``; only a ``Clock`` reads the machine's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]

ZONE = ZoneInfo("Europe/Stockholm")


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The moment on the municipality's wall clock. Raises ValueError for a moment without an offset."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its offset from UTC")
    return moment.astimezone(ZONE)


def local_day(moment: datetime) -> date:
    """The local day that the moment falls on: the day an entry belongs to."""
    return local(moment).date()


def from_wall(wall: datetime) -> datetime:
    """The moment, in UTC, at which a wall clock in the municipality shows ``wall``.

    In the hour that comes twice when summer time ends, the first. Raises ValueError for a time in the hour that is
    skipped when summer time begins: no clock ever showed it.
    """
    moment = wall.replace(tzinfo=ZONE).astimezone(UTC)
    if moment.astimezone(ZONE).replace(tzinfo=None) != wall:
        raise ValueError("no clock showed that time: summer time began")
    return moment


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """The local day's first moment and the next day's, in UTC: 23, 24 or 25 hours apart."""
    start = datetime.combine(day, time())
    return from_wall(start), from_wall(start + timedelta(days=1))
