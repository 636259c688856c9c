"""The same work as behind the public page."""

from tests.public.conftest import log, tomorrow

__all__ = ["log", "tomorrow"]
