"""The public side with some work behind it, as its own tests have it."""

from tests.public.conftest import log, stranger, tomorrow

__all__ = ["log", "stranger", "tomorrow"]
