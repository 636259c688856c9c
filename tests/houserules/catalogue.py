"""The texts that people read: in Swedish as they stand in code and templates, in English as the catalogue has them."""

from configparser import RawConfigParser
from functools import cache
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
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
