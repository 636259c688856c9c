"""Counts: how many of something."""

from dataclasses import dataclass
from typing import Any, ClassVar

from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.labels import Label
from fieldlog.measures import Measure

NOT_A_NUMBER = Label("Skriv ett helt tal, till exempel 14.", "Write a whole number, such as 14.")
OUT_OF_BOUNDS = Label("Skriv ett tal från {low} till {high}.", "Write a number from {low} to {high}.")
WILD = Label("{value} är ovanligt mycket. Stämmer det?", "{value} is unusually many. Is it right?")


@dataclass(frozen=True, kw_only=True)
class Count(Field):
    """A number of something. Empty is "not counted". ``one`` says in a text what a single one is called.

    ``at_most`` names another count that this one may not exceed; above ``ask_above`` the person is asked if it is
    right; ``remark`` marks what "nothing to remark" sets to zero; ``chips`` are amounts to pick with one tap.
    """

    most: int = 9999
    at_most: str | None = None
    one: Label | None = None
    ask_above: int = 200
    remark: bool = False
    chips: tuple[int, ...] = ()

    type: ClassVar[str] = "count"
    doubt: ClassVar[Label | None] = WILD

    def clean(self, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise WrongAnswerError(NOT_A_NUMBER)
        if not 0 <= value <= self.most:
            raise WrongAnswerError(OUT_OF_BOUNDS.fill(low=0, high=self.most))
        return value

    def parse(self, posted: Posted) -> object:
        typed = super().parse(posted)
        # No more than 18 digits: Python refuses to read thousands, and no count has them.
        is_number = (
            isinstance(typed, str) and typed.lstrip("-").isdecimal() and len(typed) <= 18 and typed.count("-") < 2
        )
        return int(str(typed)) if is_number else typed

    def is_doubtful(self, answer: Any) -> bool:
        return bool(answer > self.ask_above)

    @property
    def constraints(self) -> dict[str, str]:
        rules = super().constraints | {"min": "0", "max": str(self.most), "data-ask-above": str(self.ask_above)}
        rules |= {"data-at-most": self.at_most} if self.at_most else {}
        return rules | ({"data-remark": ""} if self.remark else {})

    def measures(self) -> tuple[Measure, ...]:
        return (self._measure(self.name, self.label, lambda answers: answers.get(self.name)),)

    def brief(self, answer: Any) -> Label | None:
        what = self.one if self.one and answer == 1 else self.label.lower()
        return Label("{count} {what}", "{count} {what}").fill(count=answer, what=what) if answer else None

    def cell(self, answer: Any) -> Label | str | int | None:
        return None if answer is None else int(answer)

    def describe(self) -> dict[str, Any]:
        described = super().describe() | {"min": 0, "max": self.most, "remark": self.remark}
        return described | ({"at_most": self.at_most} if self.at_most else {})
