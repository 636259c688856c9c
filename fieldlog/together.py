"""What many ask for at the same moment, done at once: one transaction and one wait for the disk serve them all."""

from collections import deque
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Given = TypeVar("Given")
Answer = TypeVar("Answer")


class _Asked(Generic[Given, Answer]):
    """One thread's question. Once ``served`` it has an answer or an error, or else has to be asked alone."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.served = False
        self.answer: list[Answer] = []
        self.error: Exception | None = None


class Together(Generic[Given, Answer]):
    """Work of one sort: while one thread is at it others come into line, and the next one works for all of them.

    ``work`` answers a sequence of what was given, in its order. When it fails for several, each is worked for alone, so
    that nobody fails for another's sake; an error of the sort ``shared`` would meet everybody, and is told to all.
    """

    def __init__(self, work: Callable[[Sequence[Given]], Sequence[Answer]], shared: type[Exception]) -> None:
        self._work = work
        self._shared = shared
        self._line: deque[_Asked[Given, Answer]] = deque()
        self._turn = Lock()

    @property
    def in_line(self) -> int:
        """How many wait for their turn to be worked for."""
        return len(self._line)

    def ask(self, given: Given) -> Answer:
        """The answer to what is given. Raises what the work raises for it."""
        asked: _Asked[Given, Answer] = _Asked(given)
        self._line.append(asked)
        with self._turn:
            if not asked.served:
                self._serve([self._line.popleft() for _ in range(len(self._line))])
        if asked.error:
            raise asked.error
        return asked.answer[0] if asked.answer else self._work([given])[0]

    def _serve(self, line: Sequence[_Asked[Given, Answer]]) -> None:
        try:
            for asked, answer in zip(line, self._work([asked.given for asked in line]), strict=True):
                asked.answer.append(answer)
        except Exception as error:
            if len(line) == 1 or isinstance(error, self._shared):
                for asked in line:
                    asked.error = error
        finally:
            for asked in line:
                asked.served = True
