"""The scripts as a browser gets them: all in one file; each runs when a page asks for it.

They are written as modules that import each other by plain relative paths. Each travelling by itself they would weigh
half as much again and take a dozen requests.
"""

import re
from pathlib import Path
from posixpath import dirname, join, normpath

LOADER = "loader.js"
APART = frozenset({LOADER, "theme.js"})
"""What does not travel with the others, but comes before them."""

IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.{1,2}/[^"]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class UnreadableScriptError(Exception):
    """A script imports or exports in a way that is not ours."""


def modules(folder: Path) -> list[Path]:
    """The scripts that travel together, from the last name on, each after what it needs.

    What is alike then lies so close that the packing sees it: it remembers the last 32 kB, and they are more.
    """
    found = sorted((path for path in folder.rglob("*.js") if path.name not in APART), reverse=True)
    placed: dict[Path, None] = {}

    def place(path: Path) -> None:
        if path not in placed:
            for needed in IMPORT.finditer(path.read_text(encoding="utf-8")):
                place(folder / normpath(path.parent.relative_to(folder) / f"{needed[2]}.js"))
            placed[path] = None

    for path in found:
        place(path)
    return list(placed)


def bundle(folder: Path) -> bytes:
    """The loader, and every module as a function that gives what it exports. Raises UnreadableScriptError."""
    functions = [_function(path.relative_to(folder).as_posix().removesuffix(".js"), path) for path in modules(folder)]
    loader = (folder / LOADER).read_text(encoding="utf-8")
    return f"{loader}export const need = load({{\n{''.join(functions)}}});\n".encode()


def _function(name: str, path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    exported = ", ".join(found[1] for found in EXPORT.finditer(text))
    text = EXPORT.sub("", IMPORT.sub(lambda found: _needed(found, name), text))
    if left := LEFT.search(text):
        raise UnreadableScriptError(f"{path}: {left[0]}")
    return f'"{name}"(need) {{\n{text}return {{ {exported} }};\n}},\n'


def _needed(found: re.Match[str], name: str) -> str:
    needed = f'need("{normpath(join(dirname(name), found[2]))}");\n'
    return f"const {{{found[1].replace(' as ', ': ')}}} = {needed}" if found[1] else needed
