"""Reading what a page shows of two versions side by side."""

import re
from html import unescape

from werkzeug.test import TestResponse

ROW = re.compile(r"<tr\s*([^>]*)>\s*<th scope=\"row\">(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", re.DOTALL)


def _rows(answer: TestResponse) -> list[tuple[str, str, str, str]]:
    return [
        (marks, _words(label), _words(before), _words(after))
        for marks, label, before, after in ROW.findall(answer.text)
    ]


def _words(cell: str) -> str:
    """The cell's words: not its icon, nor what is only said aloud, nor where a word may be broken."""
    seen = re.sub(r"<svg.*?</svg>|<span class=\"unseen\">.*?</span>", "", cell, flags=re.DOTALL)
    return unescape(seen).replace("\xad", "").strip()


def compared(answer: TestResponse) -> dict[str, tuple[str, str]]:
    """Both versions' facts, by their names."""
    return {label: (before, after) for _, label, before, after in _rows(answer)}


def differing(answer: TestResponse) -> set[str]:
    """The facts that are marked."""
    return {label for marks, label, _, _ in _rows(answer) if "differs" in marks}
