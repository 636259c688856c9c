"""What is wrong in a file that a person wrote, and on which line: TOML, held against a declaration."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fieldlog.labels import Label, WrongValueError

_HEADER = re.compile(r"^\s*(\[{1,2})\s*([\w.\-\s\"']+?)\s*\]{1,2}\s*(#.*)?$")
_KEY = re.compile(r"^\s*([\w\-]+|\"[^\"]+\")(\s*\.\s*[\w\-]+)*\s*=")
_WORDS = {
    "missing": Label("saknas", "is missing"),
    "extra_forbidden": Label("känns inte igen", "is not known"),
    "int": Label("ska vara ett heltal", "has to be a whole number"),
    "string": Label("ska vara en text i rätt form", "has to be a text of the right form"),
    "string_too_long": Label("är för lång: högst {max_length} tecken", "is too long: at most {max_length} characters"),
    "greater_than_equal": Label("ska vara minst {ge}", "has to be at least {ge}"),
    "less_than_equal": Label("ska vara högst {le}", "has to be at most {le}"),
    "too_short": Label("är tom", "is empty"),
    "enum": Label("ska vara något av {expected}", "has to be one of {expected}"),
    "literal_error": Label("ska vara något av {expected}", "has to be one of {expected}"),
    "date": Label("ska vara en dag, som 2027-01-31", "has to be a day, such as 2027-01-31"),
    "bool": Label("ska vara true eller false", "has to be true or false"),
    "tuple": Label("ska vara en lista", "has to be a list"),
}
_OTHERWISE = Label("går inte att läsa ({why})", "cannot be read ({why})")


def fault(error: Mapping[str, Any]) -> Label:
    """What a person is told of one of pydantic's errors."""
    context = error.get("ctx", {})
    if isinstance(reason := context.get("error"), WrongValueError):
        return reason.reason
    kind = str(error["type"])
    words = _WORDS.get(kind) or _WORDS.get(kind.partition("_")[0], _OTHERWISE)
    return words.fill(**{name: str(value) for name, value in context.items()}, why=error["msg"])


def line_of(toml: str, place: Sequence[str | int]) -> int:
    """The line on which a value of the file begins, or the nearest thing that holds it; counted from 1."""
    lines: dict[tuple[str | int, ...], int] = {}
    table: tuple[str | int, ...] = ()
    number: Counter[tuple[str | int, ...]] = Counter()
    in_text = False
    for line, row in enumerate(toml.splitlines(), 1):
        began_in_text, in_text = in_text, in_text ^ bool((row.count('"""') + row.count("'''")) % 2)
        if began_in_text:
            continue
        if header := _HEADER.match(row):
            table = _table(header[2], header[1] == "[[", number)
            lines.setdefault(table, line)
        elif key := _KEY.match(row):
            names = [name.strip().strip('"') for name in key[0].rstrip("= \t").split(".")]
            for depth in range(len(names)):
                lines.setdefault((*table, *names[: depth + 1]), line)
    found = (lines[tuple(place[:depth])] for depth in range(len(place), 0, -1) if tuple(place[:depth]) in lines)
    return next(found, 1)


def _table(header: str, is_list: bool, number: Counter[tuple[str | int, ...]]) -> tuple[str | int, ...]:
    """The table that a header begins, with the place of each list's newest item; ``number`` counts those."""
    path: tuple[str | int, ...] = ()
    names = [name.strip().strip("\"'") for name in header.split(".")]
    for depth, name in enumerate(names, 1):
        path = (*path, name)
        if depth == len(names) and is_list:
            number[path] += 1
        if number[path]:
            path = (*path, number[path] - 1)
    return path
