"""Many rows with one statement: all of them, in both databases, and added to those that are there."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.rows import AT_ONCE, Rows
from fieldlog.tallies.models import DayTally

ADD = Rows(DayTally, adding=("amount", "entries"))


def row(number: int, amount: int) -> tuple[str | int | date, ...]:
    return ("2380", "patrol", date(2026, 11, 21), "brunflo", "turlag-3", f"measure-{number:04}", amount, 1)


@pytest.mark.parametrize("many", [1, AT_ONCE, 2 * AT_ONCE + 1])
def test_each_row_is_written_once_and_added_to(session: Session, many: int) -> None:
    for amount in (3, 4):
        ADD.write(session, [row(number, amount) for number in range(many)])
    found = select(func.count(), func.sum(DayTally.amount), func.sum(DayTally.entries))
    assert session.execute(found).one() == (many, 7 * many, 2 * many)
    assert session.scalars(select(DayTally.day).distinct()).one() == date(2026, 11, 21)


def test_no_rows_are_no_statement(session: Session) -> None:
    ADD.write(session, [])
    assert session.scalars(select(DayTally)).all() == []


def test_a_row_that_lacks_a_value_is_not_written(session: Session) -> None:
    with pytest.raises(ValueError, match="shorter"):
        ADD.write(session, [row(1, 1)[:-1]])
