"""The rollups: how much of a measure there is by day, by month, and by weekday and hour.

``amount`` is the sum and ``entries`` how many entries yielded it, zeros included. No area is ``-``, no unit is ``-``.

The measure is the last part of each key: what one entry moves then lies together, on one page instead of a dozen, and
the door is twice as fast for it. A reader of one measure passes over the kind's others.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldlog.database import Base
from fieldlog.entries.models import Entry, Yielded
from fieldlog.rows import Row


class Tally(Base):
    """What every rollup has."""

    __abstract__ = True
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's name

    municipality: Mapped[str] = mapped_column(String(4), primary_key=True, sort_order=-3)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=-2)
    measure: Mapped[str] = mapped_column(String(40), primary_key=True, sort_order=1)
    amount: Mapped[int] = mapped_column(BigInteger, sort_order=2)
    entries: Mapped[int] = mapped_column(BigInteger, sort_order=2)


class DayTally(Tally):
    """By local day, area and unit."""

    __tablename__ = "day_tallies"

    day: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(40), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)


class MonthTally(Tally):
    """By month, named by its first day, area and unit."""

    __tablename__ = "month_tallies"

    month: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(40), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)


class HourTally(Tally):
    """By month, weekday (Monday is 0) and local hour."""

    __tablename__ = "hour_tallies"

    month: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)


class RetainedDay(Tally):
    """What a day's tallies keep of entries that were removed by decision: it is added to what the others yield."""

    __tablename__ = "retained_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(40), primary_key=True)
    unit: Mapped[str] = mapped_column(String(40), primary_key=True)


class RetainedHour(Tally):
    """The same of the tallies by weekday and hour."""

    __tablename__ = "retained_hours"

    month: Mapped[date] = mapped_column(primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)


TABLES: tuple[type[Tally], ...] = (DayTally, MonthTally, HourTally)

Key = tuple[Any, ...]

RETAINED: dict[type[Tally], type[Tally]] = {DayTally: RetainedDay, HourTally: RetainedHour}
"""Where a table's part of what was removed is kept; a month's is the sum of its days'."""

KEYS = {table: [column.name for column in table.__mapper__.primary_key] for table in (*TABLES, *RETAINED.values())}
"""The columns that a table's rows are told apart by, in the order of its key."""


class Sums:
    """Amounts and entries by table and key: what to add to the tallies, or what they should be."""

    def __init__(self) -> None:
        self.by_table: dict[type[Tally], dict[Key, tuple[int, int]]] = {table: {} for table in TABLES}

    def add(self, entry: Entry, amounts: Iterable[Yielded], *, sign: int = 1) -> None:
        """Add what one entry yields, or take it away with ``sign=-1``."""
        what, where = (entry.municipality, entry.kind), (entry.area, entry.unit)
        for _, measure, amount, day, hour in amounts:
            month = day.replace(day=1)
            self.put(DayTally, (*what, day, *where, measure), sign * amount, sign)
            self.put(MonthTally, (*what, month, *where, measure), sign * amount, sign)
            self.put(HourTally, (*what, month, day.weekday(), hour, measure), sign * amount, sign)

    def put(self, table: type[Tally], key: Key, amount: int, entries: int) -> None:
        """Add to one row of a table."""
        sums = self.by_table[table]
        so_far, made_of = sums.get(key, (0, 0))
        sums[key] = (so_far + amount, made_of + entries)

    def rows(self, table: type[Tally]) -> list[Row]:
        """The table's rows in key order, those that add nothing left out."""
        sums = sorted(self.by_table[table].items())
        return [(*key, amount, entries) for key, (amount, entries) in sums if amount or entries]
