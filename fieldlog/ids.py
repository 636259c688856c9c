"""Ids that a client makes: UUIDs of version 7, which sort by when they were made (RFC 9562)."""

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> UUID:
    """A new id. Its time is whatever clock made it: never order or authorise by it."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    version, variant = 0x7 << 76, 0b10 << 62
    return UUID(int=milliseconds << 80 | version | secrets.randbits(12) << 64 | variant | secrets.randbits(62))
