"""Which rows a table has."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from fieldlog.periods import Span


@dataclass(frozen=True)
class Selection:
    """The work of some days and kinds, in a language.

    ``with_history``: what was replaced and voided comes too, otherwise only what counts.
    """

    span: Span
    kinds: tuple[str, ...]
    with_history: bool = False
    language: str = "sv"

    def to_json(self) -> dict[str, Any]:
        return {
            "first": str(self.span.first), "last": str(self.span.last), "kinds": list(self.kinds),
            "with_history": self.with_history, "language": self.language,
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The selection as it was stored; a part that it did not have then has its default."""
        rest = {name: value for name, value in stored.items() if name not in {"first", "last", "kinds"}}
        span = Span(date.fromisoformat(stored["first"]), date.fromisoformat(stored["last"]))
        return cls(span, tuple(stored["kinds"]), **rest)
