"""A link from one entry to another, such as from a help question to the control it belongs to."""

from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from fieldlog.fields.field import Field, WrongAnswerError
from fieldlog.labels import Label

NOT_AN_ENTRY = Label("Välj aktiviteten i listan.", "Choose the entry from the list.")


@dataclass(frozen=True, kw_only=True)
class Link(Field):
    """The id of an entry of the kind ``to``. Whether it exists is the door's to check.

    ``leaves`` is the measure over there that says how many links are still missing. ``needs`` is (field, option):
    only an entry with that answer can be linked to; ``single``: only one entry can be linked to it. ``opened_by`` are
    the counts over there that open a form with this link, once for each that they count.
    """

    to: str
    leaves: str
    needs: tuple[str, str] | None = None
    single: bool = False
    opened_by: tuple[str, ...] = ()

    type: ClassVar[str] = "link"

    def clean(self, value: Any) -> str:
        try:
            return str(UUID(value))
        except (ValueError, AttributeError, TypeError):
            raise WrongAnswerError(NOT_AN_ENTRY) from None

    def text(self, answer: Any) -> Label | None:
        """Nothing: an id tells a reader nothing. Pages show the linked entry itself."""
        return None

    def cell(self, answer: Any) -> Label | str | int | None:
        return str(answer) if answer else None

    @property
    def constraints(self) -> dict[str, str]:
        return super().constraints | {"data-to": self.to, "data-opened-by": " ".join(self.opened_by)}

    def describe(self) -> dict[str, Any]:
        return super().describe() | {"to": self.to}
