"""What a person reads, in both languages, where the words belong to a declaration and not to a page."""

from collections.abc import Sequence
from typing import NamedTuple


class Label(NamedTuple):
    """The same words in Swedish and in English; pages pick one by the reader's language."""

    sv: str
    en: str

    def text(self, language: str) -> str:
        return self.en if language == "en" else self.sv

    def fill(self, **values: object) -> "Label":
        """The label with its ``{placeholders}`` filled in, in both languages."""
        filled = {
            name: value if isinstance(value, Label) else Label(str(value), str(value)) for name, value in values.items()
        }
        return Label(
            self.sv.format(**{name: value.sv for name, value in filled.items()}),
            self.en.format(**{name: value.en for name, value in filled.items()}),
        )

    @classmethod
    def join(cls, by: str, labels: "Sequence[Label]") -> "Label":
        """The labels one after the other, with ``by`` between them."""
        return cls(by.join(label.sv for label in labels), by.join(label.en for label in labels))

    def lower(self) -> "Label":
        """The label as it stands inside a sentence."""
        return Label(self.sv.lower(), self.en.lower())
