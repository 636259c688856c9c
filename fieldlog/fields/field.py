"""What every field is: one class from which its check, control, measures, reading text and export come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from fieldlog.labels import Label
from fieldlog.measures import Answers, Measure, Publicity

Posted = Callable[[str], Sequence[str]]
"""What a browser posted: the values of a control's name, none when it was not sent."""

REQUIRED = Label("Fyll i det här.", "Fill this in.")


class WrongAnswerError(ValueError):
    """An answer that cannot be kept, with what to tell the person who gave it."""

    def __init__(self, reason: Label) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a kind. ``when`` is (field, option): asked only if that field has that answer.

    A subclass says how its answer is checked (``clean``), read from a posted form (``parse``) and shown (``text``).
    ``doubt`` is what is asked before a right but doubtful answer is saved, with ``{value}`` for the answer.
    """

    name: str
    label: Label
    hint: Label | None = None
    required: bool = False
    when: tuple[str, str] | None = None
    public: Publicity = "never"

    type: ClassVar[str]
    empty: ClassVar[Any] = None
    doubt: ClassVar[Label | None] = None

    def check(self, value: object) -> Any:
        """The answer as it is stored, or ``empty`` for one not given. Raises WrongAnswerError."""
        answer = self.empty if value is None or value in ("", []) else self.clean(value)
        if self.required and answer in (None, "", []):
            raise WrongAnswerError(REQUIRED)
        return answer

    def clean(self, value: Any) -> Any:
        raise NotImplementedError

    def blank(self, answer: Any) -> Any:
        """The answer with its free text blacked out; an answer without free text stays."""
        return answer

    def keyed(self, answer: Any, version: UUID, before: Any = None) -> Any:
        """The answer with a key on each of its parts that can be followed; most answers have no such parts.

        ``version`` is the entry's version that holds the answer, ``before`` the answer that it replaces.
        """
        return answer

    def is_same(self, kept: Any, sent: Any) -> bool:
        """Whether the stored answer is the one that was sent."""
        return bool(kept == sent)

    def show(self, sent: object) -> Any:
        """What the control shows of an answer as it was sent: itself when it is right or a word, else nothing."""
        try:
            return self.check(sent)
        except WrongAnswerError:
            return sent if isinstance(sent, (str, int)) else self.empty

    def parse(self, posted: Posted) -> object:
        """The answer as a browser posted it, ready for ``check``: what cannot be read stays as it was typed."""
        return next(iter(posted(self.name)), "").strip() or None

    def question(self, answer: Any) -> Label | None:
        """What to ask about this answer before it is saved; nothing about one without doubt."""
        return self.doubt.fill(value=answer) if self.doubt and answer and self.is_doubtful(answer) else None

    def is_doubtful(self, answer: Any) -> bool:
        """Whether a right answer may well be a mistake."""
        return False

    @property
    def constraints(self) -> dict[str, str]:
        """The attributes that make a browser hold the same rules as ``check``, and read and ask as the field does."""
        rules = {"data-type": self.type} | ({"required": "required"} if self.required and not self.when else {})
        return rules | ({"data-when": "=".join(self.when)} if self.when else {})

    def measures(self) -> tuple[Measure, ...]:
        """The numbers that this field yields."""
        return ()

    def text(self, answer: Any) -> Label | None:
        """The answer as a person reads it, None when there is none."""
        return None if answer in (None, "", []) else Label(str(answer), str(answer))

    def brief(self, answer: Any) -> Label | None:
        """The answer in a few words that need no heading."""
        return self.text(answer)

    def cell(self, answer: Any) -> Label | str | int | None:
        """The answer as it stands in a table: a number, words in both languages, a text as it was written, or None."""
        return self.text(answer)

    def describe(self) -> dict[str, Any]:
        """The declaration as data."""
        described: dict[str, Any] = {"name": self.name, "type": self.type, "label": self.label._asdict()}
        described |= {"required": self.required}
        return described | ({"when": {"field": self.when[0], "is": self.when[1]}} if self.when else {})

    def _measure(self, name: str, label: Label, amount: Callable[[Answers], int | None]) -> Measure:
        return Measure(name.replace("_", "-"), label, lambda answers, _: amount(answers), self.public)
