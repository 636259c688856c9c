"""What a protocol says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fieldlog.labels import Label
from fieldlog.mending.models import Row


@dataclass(frozen=True)
class Protocol:
    """A walk with its findings; never its note, which belongs to the organisation that wrote it."""

    walk: UUID
    happened_at: datetime
    area: str
    facts: Sequence[tuple[Label, Label]]
    rows: Sequence[Row]
    is_void: bool
