"""The public page's fixtures."""

from tests.public.conftest import log, stranger, tomorrow

__all__ = ["log", "stranger", "tomorrow"]
