"""Publishing what has waited long enough, while fieldlog serves."""

from collections.abc import Callable

from fieldlog.cli.regular import keep_doing
from fieldlog.clock import Clock
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.publication.actions import publish
from fieldlog.publication.queries import cut, stamp

EVERY_SECONDS = 60


def keep_publishing(database: Database, clock: Clock, settings: Settings) -> Callable[[], None]:
    """Publish each day soon after it may be, in a thread of its own; what is returned ends it."""
    place, delay = settings.municipality, settings.public_delay_days

    def work() -> None:
        with database.read() as session:  # most of the time there is nothing to do, and then nobody is kept waiting
            through, _ = stamp(session, place)
        if through is None or through < cut(clock(), delay):
            database.write(lambda session: publish(session, place, clock(), delay))

    return keep_doing(work, "publishing", EVERY_SECONDS)
