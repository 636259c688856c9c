"""The tallies in an answer: fresh while it is calm, counted by one at a time, and never too often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count as numbers
from threading import Event

import pytest

from fieldlog.labels import Label
from fieldlog.sync.queries import Board, Tallies
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, an_entry

PLACE = "2380"


class Tick:
    """A stopwatch that stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def tick() -> Tick:
    return Tick()


@pytest.fixture
def board(tick: Tick) -> Board:
    return Board(tick)


@pytest.fixture
def counted() -> Iterator[int]:
    return numbers(1)


def tallies(number: int) -> Tallies:
    return Tallies(NOW, {"patrol": Label(str(number), str(number))}, {})


def shown(found: Tallies) -> int:
    return int(found.kinds["patrol"].sv)


def test_while_it_is_calm_everybody_gets_fresh_ones(board: Board, tick: Tick, counted: Iterator[int]) -> None:
    for number in range(1, 30):
        assert shown(board.read(PLACE, lambda: tallies(next(counted)))) == number
        tick.seconds += 0.5


def test_a_few_in_a_row_are_fresh_and_a_crowd_shares_a_few_a_second(
    board: Board, tick: Tick, counted: Iterator[int]
) -> None:
    crowd = []
    for _ in range(10_000):
        crowd.append(shown(board.read(PLACE, lambda: tallies(next(counted)))))
        tick.seconds += 0.001
    assert crowd[:5] == [1, 2, 3, 4, 5]
    assert crowd == sorted(crowd)
    assert 20 <= crowd[-1] <= 26, "two a second for ten seconds, and the few at the beginning"


def test_each_municipality_has_its_own(board: Board) -> None:
    assert shown(board.read("2380", lambda: tallies(1))) == 1
    assert shown(board.read("2321", lambda: tallies(7))) == 7


def test_whoever_asks_while_others_count_waits_for_figures_that_are_not_older(board: Board, tick: Tick) -> None:
    begun, go_on = Event(), Event()
    counted = numbers(1)

    def slowly() -> Tallies:
        number = next(counted)
        begun.set()
        assert go_on.wait(10)
        return tallies(number)

    with ThreadPoolExecutor(9) as threads:
        first = threads.submit(board.read, PLACE, slowly)
        assert begun.wait(10)
        tick.seconds += 0.01
        others = [threads.submit(board.read, PLACE, slowly) for _ in range(8)]
        go_on.set()
        assert shown(first.result(10)) == 1
        assert {shown(other.result(10)) for other in others} == {2}, "one counts for all who asked before it began"


def test_a_crowd_is_not_kept_waiting_by_the_one_who_counts(board: Board, tick: Tick) -> None:
    begun, go_on = Event(), Event()
    counted = numbers(1)
    for _ in range(990):
        latest = shown(board.read(PLACE, lambda: tallies(next(counted))))
        tick.seconds += 0.001

    def slowly() -> Tallies:
        begun.set()
        assert go_on.wait(10)
        return tallies(latest + 1)

    tick.seconds += 0.5
    with ThreadPoolExecutor(1) as threads:
        counting = threads.submit(board.read, PLACE, slowly)
        assert begun.wait(10)
        assert shown(board.read(PLACE, slowly)) == latest, "the latest there is, at once"
        go_on.set()
        assert shown(counting.result(10)) == latest + 1


def test_a_count_that_fails_is_tried_again_by_the_next(board: Board) -> None:
    def broken() -> Tallies:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        board.read(PLACE, broken)
    assert shown(board.read(PLACE, lambda: tallies(1))) == 1


def test_one_batch_after_the_other_each_sees_its_own_entries(phone: Phone) -> None:
    told = [phone.send(an_entry()).get_json()["tallies"]["kinds"]["traffic-control"] for _ in range(4)]
    assert told == ["1 av 50", "2 av 50", "3 av 50", "4 av 50"]
