"""What `fieldlog serve` does by itself at intervals."""

import logging
import threading
from collections.abc import Callable

from sqlalchemy.exc import OperationalError

from fieldlog.database import BusyError

_log = logging.getLogger(__name__)


def keep_doing(work: Callable[[], object], name: str, every: float) -> Callable[[], None]:
    """Do the work at intervals, in seconds, in a thread of that name; what is returned ends it.

    What a busy database or disk does not let through is done the next time.
    """
    stop = threading.Event()

    def run() -> None:
        is_over = False
        while not is_over:
            try:
                work()
            except (BusyError, OperationalError, OSError) as error:
                _log.warning("%s: later, since %s", name, error)
            is_over = stop.wait(every)

    thread = threading.Thread(target=run, name=name, daemon=True)
    thread.start()

    def end() -> None:
        stop.set()
        thread.join()

    return end
