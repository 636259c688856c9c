"""Node, where there is one that runs the scripts as they are."""

import shutil
import subprocess
from functools import cache

LEAST = (20, 19)
"""The first version that takes a .js file for the module that it is."""


@cache
def node() -> str | None:
    """The command, None when there is none or it is too old."""
    command = shutil.which("node")
    if command is None:
        return None
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    version = tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])
    return command if version >= LEAST else None


MISSING = "this machine has no node of 20.19 or later"
