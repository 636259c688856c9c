"""An instance folder for the tests that copy it."""

from tests.cli.shell import copy, shell

__all__ = ["copy", "shell"]
