"""Work that goes on when the request that began it is answered."""

from collections.abc import Callable
from threading import Thread

from flask import Flask, current_app


def later(work: Callable[[], None]) -> None:
    """Do ``work`` in a thread of its own. It ends with the server; why it failed stands in the log."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def do() -> None:
        with app.app_context():
            try:
                work()
            except Exception:
                app.logger.exception("what went on after an answer failed")

    Thread(target=do, daemon=True).start()
