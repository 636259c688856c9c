"""Free text that must not be kept: personal numbers and registration plates, found and masked."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

# What may part the groups of a number or a plate. A full stop with a space ends a sentence: "Ring BUP. 120 bilar".
_GAP = r"(?:[\s\/\-]*|[.:])"

# The last four are not parted by a stop or a colon, and no date begins with them: "2026-11-21 21:40".
_PERSONAL_NUMBER = re.compile(
    rf"(?<!\d)(?:19|20)?(\d\d){_GAP}(0[1-9]|1[0-2]){_GAP}(0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])"
    rf"(?:{_GAP}|\s*\+\s*)(?!20\d\d-\d\d-\d\d)(\d\d)\s*(\d\d)(?!\d)"
)
# Plates never use I, Q or V, nor end in O.
_PLATE = re.compile(rf"\b[A-HJ-PR-UW-Z]{{3}}{_GAP}\d{{2}}[\dA-HJ-NPR-UW-Z]\b")

# A plate in small letters, or a mobile number. Python and a browser read the pattern alike, without regard to capitals;
# "\b" would not do: a browser takes "å" for the end of a word.
_LETTER = "[0-9a-z_\u00c0-\u024f]"
DOUBTFUL = (
    rf"(?<!{_LETTER})[a-hj-pr-uw-z]{{3}}{_GAP}\d{{2}}[\da-hj-npr-uw-z](?!{_LETTER})"
    r"|(?<!\d)(?:\+46|0)\s?7[02369](?:[\s\-]*\d){7}(?!\d)"
)
_DOUBTFUL = re.compile(DOUBTFUL, re.IGNORECASE)

# Marks that turn the direction of text: they can make a line read as something else than what is stored.
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_WIDTHLESS = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")

_UNFIT_FOR_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NO_NUMBERS = frozenset({"nan", "inf", "-inf"})

MASK = "█"


def forbidden_spans(text: str) -> list[tuple[int, int]]:
    """Where the text holds a personal number with a right check digit, or a registration plate in capitals."""
    plain, places = _plain(text)
    numbers = [match.span() for match in _PERSONAL_NUMBER.finditer(plain) if _luhn("".join(match.groups()))]
    found = numbers + [match.span() for match in _PLATE.finditer(plain)]
    return sorted((places[start], places[end - 1] + 1) for start, end in found)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it is read, and where each character stood.

    Wide digits are narrowed, every dash is the usual one, and marks without width are left out.
    """
    pairs = [
        ("-" if plain in _DASHES else plain, place)
        for place, mark in enumerate(text)
        if mark not in _WIDTHLESS
        for plain in unicodedata.normalize("NFKC", mark)
    ]
    return "".join(plain for plain, _ in pairs), [place for _, place in pairs]


def is_doubtful(text: str) -> bool:
    """Whether the text may hold a plate in small letters or a mobile number: worth a question, no more."""
    plain, _ = _plain(text)
    return bool(_DOUBTFUL.search(plain))


def is_unreadable(text: str) -> bool:
    """Whether the text holds control characters, half characters or marks that turn its direction."""
    return any(
        mark in _DIRECTION_MARKS or (unicodedata.category(mark) in {"Cc", "Cs"} and mark not in "\n\t") for mark in text
    )


def mask(text: str) -> str:
    """The text with every forbidden part blacked out, and characters that no database takes taken away."""
    for start, end in forbidden_spans(text):
        text = text[:start] + MASK * (end - start) + text[end:]
    return "".join(mark for mark in text if mark != "\0" and unicodedata.category(mark) != "Cs")


def texts_in(value: object) -> Iterator[str]:
    """Every text in the value, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)


def mask_all(value: Any) -> Any:
    """The JSON value with every string and number in it masked, however deep it lies.

    What is no number in JSON (NaN, infinity) becomes a text, since PostgreSQL takes no other.
    """
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, int | float) and (str(value) in _NO_NUMBERS or forbidden_spans(str(value))):
        return mask(str(value))
    if isinstance(value, list):
        return [mask_all(part) for part in value]
    if isinstance(value, dict):
        return {mask(str(name)): mask_all(part) for name, part in value.items()}
    return value


def _luhn(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of the nine before it."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(product // 10 + product % 10 for product in doubled) % 10 == 0


def fit_for_xml(text: str) -> str:
    """The text without what may stand in no XML, however it is written."""
    return _UNFIT_FOR_XML.sub("", text)
