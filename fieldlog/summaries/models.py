"""What a daily summary is made of."""

from dataclasses import dataclass
from datetime import date

from fieldlog.actors import Actor
from fieldlog.labels import Label


@dataclass(frozen=True)
class Reader:
    """Somebody who wants the summary. ``told`` is the last day that they were sent one for, or perhaps were."""

    actor: Actor
    name: str
    email: str
    language: str
    told: date | None


@dataclass(frozen=True)
class Line:
    """One kind: how much of it there was on the day, None where that is not the reader's to see, and its promise."""

    kind: Label
    amount: int | None
    standing: Label | None


@dataclass(frozen=True)
class Summary:
    """A day as one reader may see it: kinds, their organisation's units that were not heard from, and how much of what
    came in needs their eye.
    """

    day: date
    lines: tuple[Line, ...]
    silent: tuple[str, ...]
    to_review: int
