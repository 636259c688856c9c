"""The shell lies ready: whoever asks while it is made anew is not kept waiting."""

from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

from fieldlog.shell.models import Shelf, Shell

NOW = datetime(2026, 11, 21, 20, 40, tzinfo=UTC)


def shell(version: str) -> Shell:
    return Shell(pages={}, version=version, worker="", shortcuts=[])


def ask(shelf: Shelf, now: datetime, material: Any, made: Shell) -> Shell:
    return shelf.shell(now, lambda: material, lambda _: made)


def test_it_is_made_anew_when_what_it_is_made_from_changed() -> None:
    shelf, first, second = Shelf(), shell("1"), shell("2")
    assert ask(shelf, NOW, "a", first) is first
    assert ask(shelf, NOW + timedelta(seconds=59), "b", second) is first
    assert ask(shelf, NOW + timedelta(seconds=60), "a", second) is first
    assert ask(shelf, NOW + timedelta(seconds=120), "b", second) is second


def test_a_clock_that_is_set_back_does_not_stop_it() -> None:
    shelf, first, second = Shelf(), shell("1"), shell("2")
    ask(shelf, NOW, "a", first)
    assert ask(shelf, NOW - timedelta(days=1), "b", second) is second


def test_while_one_makes_it_anew_the_others_get_the_one_before() -> None:
    shelf, first, second = Shelf(), shell("1"), shell("2")
    ask(shelf, NOW, "a", first)
    begun, done, later = Event(), Event(), NOW + timedelta(minutes=2)

    def make(_: object) -> Shell:
        begun.set()
        assert done.wait(10)
        return second

    maker = Thread(target=shelf.shell, args=(later, lambda: "b", make))
    maker.start()
    assert begun.wait(10)
    assert ask(shelf, later, "b", shell("never")) is first
    done.set()
    maker.join(10)
    assert ask(shelf, later, "b", shell("never")) is second


def test_those_who_ask_first_wait_for_one_that_is_made_once() -> None:
    shelf, made = Shelf(), [shell("1"), shell("2")]
    begun, done = Event(), Event()
    answers: list[Shell] = []
    material: Any = "a"

    def make(_: object) -> Shell:
        begun.set()
        assert done.wait(10)
        return made.pop(0)

    askers = [Thread(target=lambda: answers.append(shelf.shell(NOW, lambda: material, make))) for _ in range(2)]
    for asker in askers:
        asker.start()
    assert begun.wait(10)
    done.set()
    for asker in askers:
        asker.join(10)
    assert [answer.version for answer in answers] == ["1", "1"]
