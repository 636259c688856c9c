"""Every text that a person reads has its English: none missing, none left over, none doubtful, none empty."""

import re
from configparser import RawConfigParser
from functools import cache
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from tests.houserules.tree import PACKAGE, ROOT

ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES" / "messages.po"


@cache
def swedish() -> dict[Any, str]:
    """Every Swedish text in code and templates, and the file it is in."""
    mapping = RawConfigParser()
    mapping.read(ROOT / "babel.cfg")
    found = extract_from_dir(
        str(ROOT),
        [(pattern, method) for method, _, pattern in (section.partition(": ") for section in mapping.sections())],
        keywords=DEFAULT_KEYWORDS | {"lazy_gettext": None, "lazy_ngettext": (1, 2)},
        directory_filter=lambda folder: not folder.rsplit("/", 1)[-1].startswith("."),
    )
    return {message: file for file, _line, message, _comments, _context in found}


@cache
def english() -> Catalog:
    with ENGLISH.open("rb") as catalogue:
        return read_po(catalogue, locale="en", abort_invalid=True)


def translated() -> list[Message]:
    return [message for message in english() if message.id]


def test_nothing_is_missing() -> None:
    missing = {text: file for text, file in swedish().items() if english().get(text) is None}
    assert not missing, f"no English for {missing}; `make translations` adds the lines to fill in"


def test_nothing_is_left_over() -> None:
    known = swedish()
    left = [message.id for message in translated() if message.id not in known]
    assert not left, f"nothing says {left} any more; `make translations` removes them"
    assert not english().obsolete, "`make translations` removes what is commented out"


def test_everything_is_said() -> None:
    for message in translated():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(strings), f"the English of {message.id!r} is empty"
        assert not message.fuzzy, f"the English of {message.id!r} is marked as doubtful"


def test_the_placeholders_are_the_same() -> None:
    for message in translated():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        names = [set(re.findall(r"%\((\w+)\)", text)) for text in (*texts, *strings)]
        assert names[-1] == names[len(texts) - 1], f"{message.id!r} and its English name other values: {names}"


def test_what_is_written_is_what_is_shown() -> None:
    """The compiled catalogue is the written one."""
    with ENGLISH.with_suffix(".mo").open("rb") as compiled:
        shown = read_mo(compiled)
    for message in translated():
        found = shown.get(message.id)
        is_same = found is not None and list(found.string or "") == list(message.string or "")
        assert is_same, f"the compiled English of {message.id!r} is old: `make check` compiles it anew"
