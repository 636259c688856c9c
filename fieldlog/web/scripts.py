"""Scripts as a browser gets them: without comments, which are a third of them, and importing by hashed addresses."""

import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

IMPORT = re.compile(rb'^(?:import\b[^"\';]*?|export\b[^"\';=]*?\bfrom\s*)"(\.{1,2}/[^"?]+\.js)"', re.MULTILINE)
# A line of its own, or the types that stand inside one. Strings hold neither "/**" nor a line that begins with "//".
COMMENT = re.compile(rb"^ *//[^\n]*\n|^ */\*\*.*?\*/\n|/\*\*.*?\*/ ?", re.MULTILINE | re.DOTALL)
DIGITS = 12


class File(NamedTuple):
    """A file as it lay on the disk when it was looked at."""

    path: Path
    changed: int
    size: int


def look(path: Path) -> File:
    """Raises OSError when there is no such file."""
    state = path.stat()
    return File(path, state.st_mtime_ns, state.st_size)


def with_imports(path: Path) -> tuple[File, ...]:
    """The script and every script that it imports, directly or not, itself first. Raises OSError when it is missing."""
    found = {path: look(path)}
    waiting = [*_imported(found[path])]
    while waiting:
        one = waiting.pop()
        if one not in found and one.is_file():
            found[one] = look(one)
            waiting += _imported(found[one])
    first, *others = found.values()
    return (first, *sorted(others))


@lru_cache(maxsize=200)
def digest(files: tuple[File, ...]) -> str:
    """The hash of the first file and all those that it leads to: it changes when any of them does."""
    whole = sha256()
    for file in files:
        whole.update(sha256(file.path.read_bytes()).digest())
    return whole.hexdigest()[:DIGITS]


@lru_cache(maxsize=200)
def served(files: tuple[File, ...]) -> bytes:
    """The first file's text with every import by its hashed address; comments and types stay here."""
    script = files[0].path

    def address(found: re.Match[bytes]) -> bytes:
        target = script.parent.joinpath(found[1].decode()).resolve()
        if not target.is_file():
            return found[0]
        return found[0].removesuffix(b'"') + b"?v=" + digest(with_imports(target)).encode() + b'"'

    return IMPORT.sub(address, COMMENT.sub(b"", script.read_bytes()))


@lru_cache(maxsize=200)
def _imported(file: File) -> tuple[Path, ...]:
    text = file.path.read_bytes()
    return tuple(file.path.parent.joinpath(found.decode()).resolve() for found in IMPORT.findall(text))
