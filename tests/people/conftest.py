"""The administrator's browser for the tests of their pages."""

from tests.people.walking import desk

__all__ = ["desk"]
