"""A phone for every test of what phones send."""

from tests.sync.phone import phone

__all__ = ["phone"]
