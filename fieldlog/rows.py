"""Writing many rows with one statement."""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.orm import Session

from fieldlog.database import Base, insert_into, table

AT_ONCE = 100
"""Rows in one statement: SQLite takes 32 766 values."""

Row = Sequence[Any]
"""A row's values, in the order of its table's columns."""


class Rows:
    """Writes rows of one table. ``adding`` names the columns that are added to those of a row that is there already.

    The words are SQLAlchemy's, for one row. Given many it would look at every value by its name, and the driver would
    carry the statement out row by row; with a hundred rows in one statement it takes half as long.
    """

    def __init__(self, of: type[Base], adding: Sequence[str] = ()) -> None:
        self._of = of
        self._adding = adding
        self._parts = cache(self._compile)

    def write(self, session: Session, rows: Sequence[Row]) -> None:
        """Write the rows, in their order."""
        connection = session.connection()
        head, one, tail, processors = self._parts(connection.dialect)
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            columns = [
                [process(value) for value in column] if process else column
                for process, column in zip(processors, zip(*some, strict=True), strict=True)
            ]
            values = tuple(chain.from_iterable(zip(*columns, strict=True)))
            connection.exec_driver_sql(head + ", ".join([one] * len(some)) + tail, values)

    def _compile(self, dialect: Dialect) -> tuple[str, str, str, list[Any]]:
        """The statement before, of and after one row's values, and what makes a value one that the driver takes."""
        new, columns = insert_into(self._of, dialect.name), table(self._of).columns
        if self._adding:
            added = {name: columns[name] + new.excluded[name] for name in self._adding}
            new = new.on_conflict_do_update(index_elements=[*table(self._of).primary_key], set_=added)
        alike: Any = type(dialect)
        words = str(new.compile(dialect=alike(paramstyle="qmark" if dialect.name == "sqlite" else "format")))
        head, values, rest = words.partition(" VALUES ")
        one, conflict, clause = rest.partition(" ON CONFLICT ")
        processors = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns]
        # An entry's id and day come with each of its amounts.
        remembering = [process and lru_cache(AT_ONCE)(process) for process in processors]
        return head + values, one, conflict + clause, remembering
