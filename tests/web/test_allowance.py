"""So many calls in each window of time, for each caller."""

from fieldlog.web.allowance import Allowance


class Ticks:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_each_caller_has_their_own_and_gets_it_anew_in_the_next_window() -> None:
    ticks = Ticks()
    allowance = Allowance("2 per minute", ticks)
    ticks.now += 10
    assert [allowance.wait("one"), allowance.wait("one"), allowance.wait("other")] == [0, 0, 0]
    ticks.now += 20.5
    assert [allowance.wait("one"), allowance.wait("other"), allowance.wait("other")] == [40, 0, 40]
    ticks.now += 39.5
    assert allowance.wait("one") == 0


def test_whoever_keeps_calling_is_let_in_when_the_window_ends() -> None:
    ticks = Ticks()
    allowance = Allowance("1 per second", ticks)
    waits = []
    for _ in range(6):
        waits.append(allowance.wait("one"))
        ticks.now += 0.4
    assert waits == [0, 1, 1, 0, 1, 1]
