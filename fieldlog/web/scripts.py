"""The scripts as a browser gets them: all in one file; each runs when a page asks for it.

They are written as modules that import each other by plain relative paths. Each travelling by itself they would weigh
half as much again and take a dozen requests.
"""

import re
from functools import partial
from math import prod
from pathlib import Path
from posixpath import dirname, join, normpath

from rjsmin import jsmin

LOADER = "loader.js"
APART = frozenset({LOADER, "theme.js"})
"""What does not travel with the others, but comes before them."""

SHARED = "outbox"
"""The folder whose modules are one function: they need each other so much that saying so weighs more than they may."""

IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.{1,2}/[^"]+)\.js";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
DECLARED = re.compile(r"^(?:export )?(?:async function|function|class|const|let) (\w+|[\[{].*)", re.MULTILINE)
NUMBER = re.compile(r"^const ([A-Z_]+) = ([\d_]+(?: \* [\d_]+)*);\n", re.MULTILINE)
LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)

NEEDLESS = re.compile(r"(?<=[)}])\n")
CONST = re.compile(r"(?<![^\s;{}()])const(?=[ {\[])")
WITHIN = r"[^()]*(?:\([^()]*(?:\([^()]*\)[^()]*)*\)[^()]*)*"
TYPED = re.compile(rf"(?<![=!<>])=\(({WITHIN})\)(?=[;}}])")
LAST = re.compile(r";(?=})|,(?=[})\]])")


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
    """The loader, and every function of modules, which gives what they export. Raises UnreadableScriptError."""
    functions: dict[str, dict[str, str]] = {}
    for path in modules(folder):
        name = path.relative_to(folder).as_posix().removesuffix(".js")
        functions.setdefault(_home(name), {})[name] = path.read_text(encoding="utf-8")
    outside = "".join(text for home, texts in functions.items() if home != SHARED for text in texts.values())
    asked = {name for found in IMPORT.finditer(outside) for name in re.findall(r"\w+", found[1] or "")}
    written = "".join(_function(home, texts, asked) for home, texts in functions.items())
    loader = (folder / LOADER).read_text(encoding="utf-8")
    return f"{loader}export const need = load({{\n{written}}});\n".encode()


def _home(name: str) -> str:
    """Of which function a module is a part."""
    return SHARED if name.startswith(f"{SHARED}/") else name


def _function(home: str, texts: dict[str, str], asked: set[str]) -> str:
    declared = [found[1] for text in texts.values() for found in DECLARED.finditer(text)]
    if len(texts) > 1 and (twice := {name for name in declared if declared.count(name) > 1 or not name.isidentifier()}):
        raise UnreadableScriptError(f"{home}: two modules may mean two things by {twice}")
    found = (found[1] for text in texts.values() for found in EXPORT.finditer(text))
    exported = [name for name in found if home != SHARED or name in asked]
    body = "".join(EXPORT.sub("", IMPORT.sub(partial(_needed, name), text)) for name, text in texts.items())
    for name, product in NUMBER.findall(body):
        if name not in exported:
            body = _put_in(body, name, prod(map(int, product.split("*"))))
    if left := LEFT.search(body):
        raise UnreadableScriptError(f"{home}: {left[0]}")
    return f'"{home}"(need) {{\n{body}return {{ {", ".join(exported)} }};\n}},\n'


def _put_in(body: str, name: str, number: int) -> str:
    """The function with the number where its name stood: a name is for readers."""
    left = NUMBER.sub(lambda found: "" if found[1] == name else found[0], body)
    return re.sub(rf"\b{name}\b", str(number), left)


def _needed(name: str, found: re.Match[str]) -> str:
    home = _home(normpath(join(dirname(name), found[2])))
    names = found[1] or ""
    if home == _home(name):
        if " as " in names:
            raise UnreadableScriptError(f"{name}: {found[0]}")
        return ""
    needed = f'need("{home}");\n'
    return f"const {{{names.replace(' as ', ': ')}}} = {needed}" if names else needed


def shorten(script: str) -> str:
    """The script without what only its readers need, and with one word for all that is declared.

    Comments go and blanks, the brackets of a value whose type was told before them, and signs that a bracket makes
    needless. Every statement of ours ends in a semicolon or a brace, which the formatter sees to; and nothing that is
    declared as constant is ever set anew, which the types do not allow. One that says nothing would not be read.
    """
    short = CONST.sub("let", NEEDLESS.sub("", str(jsmin(script))))
    return LAST.sub("", TYPED.sub(r"=\1", short))
