"""What is done at intervals while fieldlog serves."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from fieldlog.database import BusyError

_log = logging.getLogger(__name__)


def keep_doing(name: str, work: Callable[[], object], every: float) -> Callable[[], None]:
    """Do the work at intervals, in seconds, in a thread of its own; what is returned ends it.

    When the database is busy or away, the next time will do.
    """
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            try:
                work()
            except (BusyError, OperationalError) as error:
                _log.warning("%s is done later: %s", name, error)
            stop.wait(every)

    thread = threading.Thread(target=go_on, name=name, daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end
