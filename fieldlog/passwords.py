"""Passwords: what they must be, and how they are kept."""

import unicodedata
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 1000

# The parameters that OWASP recommends: about 65 ms on a small server.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)

# Of a random password that nobody kept: compared with when there is no account, so that the answer takes as long.
NOBODYS_HASH = "$argon2id$v=19$m=19456,t=2,p=1$N/AJrggsvn56pFqC8UvIgQ$BXRAU/CWWinHWUgUPIpQLllDBR4MfXyVneMx5s2khwI"


def hash_password(password: str) -> str:
    """What is kept of a password. Raises ValueError, in one line, for one that is too short or too long."""
    typed = _same_everywhere(password)
    if not SHORTEST <= len(typed) <= LONGEST:
        raise ValueError(f"the password must have {SHORTEST}–{LONGEST} characters; this one has {len(typed)}")
    return HASHER.hash(typed)


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the kept one. Without a kept one the same work is done, and the answer is no."""
    try:
        HASHER.verify(kept or NOBODYS_HASH, _same_everywhere(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def _same_everywhere(password: str) -> str:
    """Keyboards differ in whether they send å as one character or as two."""
    return unicodedata.normalize("NFC", password)
