"""What a person reads, in both languages, where the words belong to a declaration and not to a page."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple


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


SAYS_NOTHING = Label("är tom på svenska", "is empty in Swedish")


class WrongValueError(ValueError):
    """A value that cannot be, with the reason for the person who gave it."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


def said(label: Label) -> Label:
    """The label, which says something in Swedish. Raises WrongValueError."""
    if not label.sv.strip():
        raise WrongValueError(SAYS_NOTHING)
    return label


def spelt(name: str, label: Label) -> dict[str, Any]:
    """A text as two answers hold it: an English one that says the same as the Swedish is left empty."""
    return {name: label.sv, f"{name}_en": label.en if label.en != label.sv else ""}


def words(answers: Mapping[str, Any], name: str) -> Label:
    """The text that two answers hold; one without English says the same in both languages."""
    swedish = answers[name] or ""
    return Label(swedish, answers[f"{name}_en"] or swedish)
