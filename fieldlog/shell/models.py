"""The shell: what a phone keeps of fieldlog, which is the same for everybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from threading import Lock

from fieldlog.areas.queries import AreaPlace
from fieldlog.kind import Kind
from fieldlog.measures import Rules
from fieldlog.pledges.models import ProgrammeStanding

RENEWED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Material:
    """What the pages are made from, read at once. ``leading`` kinds are those that move what was promised."""

    kinds: list[Kind]
    leading: list[Kind]
    areas: list[AreaPlace]
    rules: Rules
    programme: ProgrammeStanding | None


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Page:
    body: str

    @cached_property
    def digest(self) -> str:
        return digest(self.body)


@dataclass(frozen=True)
class Shell:
    """Every page by language and path, and the worker that keeps them and the files that they use.

    ``version`` changes when any of it does.
    """

    pages: Mapping[str, Mapping[str, Page]]
    version: str
    worker: str
    leading: list[Kind]


class Shelf:
    """Holds the shell, made anew at most once a minute: browsers ask for its worker with every page that they open."""

    def __init__(self) -> None:
        self._making = Lock()
        self._shell: Shell | None = None
        self._made_at = datetime.min.replace(tzinfo=UTC)

    def shell(self, now: datetime, make: Callable[[], Shell]) -> Shell:
        """The shell. While it is made anew, others get the one before."""
        if self._is_due(now) and self._making.acquire(blocking=self._shell is None):
            try:
                if self._is_due(now):
                    self._shell, self._made_at = make(), now
            finally:
                self._making.release()
        assert self._shell is not None, "what is made first is waited for"
        return self._shell

    def _is_due(self, now: datetime) -> bool:
        return self._shell is None or abs(now - self._made_at) >= RENEWED_AFTER
