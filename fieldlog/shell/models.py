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

LOOKED_AT_AGAIN = timedelta(minutes=1)


@dataclass(frozen=True)
class Material:
    """What the pages are made from: as long as it is the same, so are they.

    ``shortcuts`` are the kinds that the app's icon may lead to, the best first; ``static`` are the addresses of all our
    files.
    """

    kinds: list[Kind]
    shortcuts: list[Kind]
    areas: list[AreaPlace]
    rules: Rules
    programme: ProgrammeStanding | None
    static: list[str]


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
    shortcuts: list[Kind]


class Shelf:
    """Holds the shell ready made: browsers ask for its worker with every page that they open.

    What it is made from is looked at once a minute at most, and only when that changed the shell is made anew.
    """

    def __init__(self) -> None:
        self._busy = Lock()
        self._shell: Shell | None = None
        self._made_from: object = None
        self._looked_at = datetime.min.replace(tzinfo=UTC)

    def shell(self, now: datetime, look: Callable[[], Material], make: Callable[[Material], Shell]) -> Shell:
        """The shell. Whoever asks while it is made anew, or within a minute after that failed, gets the one before."""
        if self._is_due(now) and self._busy.acquire(blocking=self._shell is None):
            try:
                if self._is_due(now):
                    self._looked_at = now
                    material = look()
                    if material != self._made_from:
                        self._shell, self._made_from = make(material), material
            finally:
                self._busy.release()
        assert self._shell is not None, "the first one is waited for"
        return self._shell

    def _is_due(self, now: datetime) -> bool:
        return self._shell is None or abs(now - self._looked_at) >= LOOKED_AT_AGAIN
