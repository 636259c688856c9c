"""What the feed tells."""

from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from fieldlog.labels import Label


def lasting_id(name: str) -> UUID:
    """The id of what bears the name, the same for ever and on every host."""
    return uuid5(NAMESPACE_URL, f"fieldlog:{name}")


@dataclass(frozen=True)
class News:
    """A post, or a milestone of a programme's pledge."""

    id: UUID
    at: datetime
    title: Label
    text: Label
    programme: str | None = None
    pledge: str | None = None
