"""The short codes of handovers: read out, written by hand, and never taken for one another.

A code is five characters such as ``K7-RT4``. None of them looks or sounds like another (no 0 and O, 1 and I, 2 and Z,
5 and S, 8 and B, U and V, M and N, T and D). The places have different weights and there is a prime number of
characters, so the last one can be chosen so that the weighted sum is a multiple of that prime. One wrong character
changes the sum by less than the prime divides, and so do two characters that are swapped: no such slip gives a code.
"""

import re
import secrets

ALPHABET = "23456789AFJKLMRTUWY"
LENGTH = 5

_DASHES = re.compile(r"[\s\-‐‑–—.]")
_ORDER = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# The last place's weight is -1, so that its character is the sum of the others.
_WEIGHTS = (*range(1, LENGTH), _ORDER - 1)


def new_code() -> str:
    """A code that nobody can guess, written as it is stored: without its dash."""
    free = [secrets.choice(ALPHABET) for _ in range(LENGTH - 1)]
    return "".join(free) + ALPHABET[_sum(free) % _ORDER]


def read(typed: str) -> str | None:
    """The code that somebody typed, in whatever case, with spaces or dashes; None for what is no code."""
    code = _DASHES.sub("", typed).upper()
    if len(code) != LENGTH or not _VALUES.keys() >= {*code}:
        return None
    return None if _sum(code) % _ORDER else code


def spoken(code: str) -> str:
    """The code as people see it: ``K7-RT4``."""
    return f"{code[:2]}-{code[2:]}"


def _sum(characters: str | list[str]) -> int:
    return sum(weight * _VALUES[character] for weight, character in zip(_WEIGHTS, characters, strict=False))
