"""How often somebody may come: for what is asked so often that counting it must cost next to nothing."""

import time
from collections import Counter
from collections.abc import Callable, Hashable
from math import ceil
from threading import Lock

from limits import parse


class Allowance:
    """So many calls for each caller in each window of time, counted in this process.

    flask-limiter counts attempts to sign in, across processes if need be. For each batch that a phone sends it would
    take as long as reading and checking the batch.
    """

    def __init__(self, limit: str, tick: Callable[[], float] = time.monotonic) -> None:
        parsed = parse(limit)
        self._most, self._seconds = parsed.amount, parsed.get_expiry()
        self._tick = tick
        self._lock = Lock()
        self._calls: Counter[Hashable] = Counter()
        self._ends = tick()

    def wait(self, caller: Hashable) -> int:
        """For how many seconds the caller has to wait; 0 when this call, which is counted, is one of the allowed."""
        with self._lock:
            now = self._tick()
            if now >= self._ends:
                self._calls.clear()
                self._ends = now + self._seconds
            self._calls[caller] += 1
            return 0 if self._calls[caller] <= self._most else ceil(self._ends - now)
