"""What many ask for at the same moment is done at once, and nobody fails for another's sake."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.audit.models import AuditEvent
from fieldlog.database import BusyError, Database
from fieldlog.together import Together
from tests.fixtures.work import NOW


class Work:
    """Doubles numbers, fails for those below zero, and keeps what it was given at once. The first may be held up."""

    def __init__(self) -> None:
        self.given: list[list[int]] = []
        self.begun, self.go_on = threading.Event(), threading.Event()

    def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.given.append(list(numbers))
        self.begun.set()
        assert self.go_on.wait(10)
        if min(numbers) < 0:
            raise ValueError(f"{min(numbers)} is below zero")
        return [2 * number for number in numbers]


def ask_at_once(together: Together[int, int], work: Work, *numbers: int) -> list[int | str]:
    """The answers, or what was raised, when all but the first ask while the first is being worked for."""

    def ask(number: int) -> int | str:
        try:
            return together.ask(number)
        except (ValueError, BusyError) as error:
            return str(error)

    with ThreadPoolExecutor(len(numbers)) as threads:
        answers = [threads.submit(ask, numbers[0])]
        assert work.begun.wait(10)
        answers += [threads.submit(ask, number) for number in numbers[1:]]
        while together.in_line < len(numbers) - 1:
            work.go_on.wait(0.001)
        work.go_on.set()
        return [answer.result() for answer in answers]


def test_those_in_line_are_served_at_once_each_with_their_own_answer() -> None:
    work = Work()
    assert ask_at_once(Together(work, BusyError), work, 1, 2, 3, 4) == [2, 4, 6, 8]
    assert work.given[0] == [1]
    assert sorted(work.given[1]) == [2, 3, 4]
    assert len(work.given) == 2


def test_who_fails_fails_alone() -> None:
    work = Work()
    assert ask_at_once(Together(work, BusyError), work, 1, 2, -3, 4) == [2, 4, "-3 is below zero", 8]


def test_who_asks_alone_and_fails_is_told() -> None:
    work = Work()
    work.go_on.set()
    with pytest.raises(ValueError, match="-1"):
        Together(work, BusyError).ask(-1)
    assert work.given == [[-1]]


def test_an_error_that_would_meet_everybody_is_told_to_all_at_once() -> None:
    work = Work()
    assert ask_at_once(Together(work, ValueError), work, 1, 2, -3) == [2, "-3 is below zero", "-3 is below zero"]
    assert len(work.given) == 2


def test_one_transaction_serves_all_and_nothing_stays_of_one_that_fails(database: Database) -> None:
    start = threading.Barrier(8)

    def ask(number: int) -> int | str:
        start.wait(10)
        try:
            return database.write_together(note_each, number)
        except LookupError as error:
            return str(error)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(8)))
    assert answers == [0, 1, 2, "no three", 4, 5, 6, 7]
    with database.read() as reading:
        assert reading.scalar(select(func.count(AuditEvent.id))) == 7


def note_each(session: Session, numbers: Sequence[int]) -> Sequence[int]:
    for number in numbers:
        session.add(
            AuditEvent(municipality="2380", at=NOW, account=0, device=None, action="tried", subject="x", details={})
        )
        session.flush()
        if number == 3:
            raise LookupError("no three")
    return numbers
