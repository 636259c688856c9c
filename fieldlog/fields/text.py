"""Free text: short, readable, and without anything that points out a citizen."""

import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

from fieldlog import texts
from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.labels import Label

NOT_A_TEXT = Label("Skriv en text.", "Write a text.")
TOO_LONG = Label(
    "Korta texten till högst {most} tecken. Nu är den {now}.", "Shorten the text to {most} characters. Now it is {now}."
)
UNREADABLE = Label(
    "Texten innehåller osynliga tecken. Ta bort dem eller skriv om texten.",
    "The text holds invisible characters. Remove them or write it anew.",
)
FORBIDDEN = Label(
    "Texten ser ut att innehålla ett personnummer eller ett registreringsnummer. Ta bort det: sådant får inte sparas.",
    "The text seems to hold a personal number or a registration plate. Remove it: that must not be kept.",
)
DOUBTFUL = Label(
    "Är det ett registreringsnummer eller ett telefonnummer? Ta i så fall bort det.",
    "Is that a registration plate or a phone number? If so, remove it.",
)


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A text of at most ``most`` characters; ``lines`` is how tall its control is."""

    most: int = 80
    lines: int = 1

    type: ClassVar[str] = "text"
    doubt: ClassVar[Label | None] = DOUBTFUL

    def clean(self, value: Any) -> str | None:
        if not isinstance(value, str):
            raise WrongAnswerError(NOT_A_TEXT)
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(text) > self.most:
            raise WrongAnswerError(TOO_LONG.fill(most=self.most, now=len(text)))
        if texts.is_unreadable(text) or (self.lines == 1 and "\n" in text):
            raise WrongAnswerError(UNREADABLE)
        if texts.forbidden_spans(text):
            raise WrongAnswerError(FORBIDDEN)
        return text or None

    def blank(self, answer: Any) -> Any:
        return texts.MASK * 3 if answer else answer

    def cell(self, answer: Any) -> Label | str | int | None:
        return str(answer) if answer else None

    def parse(self, posted: Posted) -> object:
        return next(iter(posted(self.name)), None)

    def is_doubtful(self, answer: Any) -> bool:
        return texts.is_doubtful(answer)

    @property
    def constraints(self) -> dict[str, str]:
        return super().constraints | {"maxlength": str(self.most), "data-doubt": texts.DOUBTFUL}

    def describe(self) -> dict[str, Any]:
        return super().describe() | {"max_length": self.most}
