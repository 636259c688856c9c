"""A form of declared fields that remembers what its page showed."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from flask import request
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField

from fieldlog.database import one_at_a_time
from fieldlog.fields import Choice, Count, Field, Posted, Text, WrongAnswerError
from fieldlog.intake.forms import AnswerField
from fieldlog.labels import Label
from fieldlog.programmes.actions import RefusedError
from fieldlog.web import language, reading, write
from fieldlog.web.forms import PageForm
from fieldlog.web.guard import SAFE_METHODS

NOT_A_DAY = Label("Ange en dag, till exempel 2027-01-31.", "Give a day, such as 2027-01-31.")
AT_LEAST = Label("Skriv ett tal från {low} till {high}.", "Write a number from {low} to {high}.")
STALE = Label(
    "Någon annan ändrade det här medan du skrev. Det du har skrivit står kvar. Jämför och spara igen om det ska gälla.",
    "Somebody else changed this while you were writing. What you wrote is still here. Compare, and save again.",
)
EMPTY = Label("ej ifyllt", "not filled in")
NO_REFERENCE = Label("Skriv ett diarienummer, till exempel KS 2026/123.", "Write a number such as KS 2026/123.")
_REFERENCE = re.compile(r"[\w .:/§()-]+")

YEARS = range(2000, 2101)


Stored = Callable[[Session], Mapping[str, Any]]


class StaleError(Exception):
    """What the page showed has been changed by somebody else since: this is what is ``stored`` instead."""

    def __init__(self, stored: Mapping[str, Any]) -> None:
        super().__init__("changed meanwhile")
        self.stored = stored


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A day, as ``2027-01-31``."""

    type: ClassVar[str] = "day"

    def clean(self, value: Any) -> date:
        try:
            day = date.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise WrongAnswerError(NOT_A_DAY) from None
        if not isinstance(day, date) or day.year not in YEARS:
            raise WrongAnswerError(NOT_A_DAY)
        return day


@dataclass(frozen=True, kw_only=True)
class Days(Field):
    """Any number of days, each in a box of its own, and ``spare`` empty ones; kept in order, each once."""

    spare: int = 3

    type: ClassVar[str] = "days"

    def check(self, value: object) -> list[date]:
        typed = value if isinstance(value, list) else []
        one = Day(name=self.name, label=self.label)
        return sorted({one.clean(day) for day in typed if day})

    def parse(self, posted: Posted) -> object:
        return [day.strip() for day in posted(self.name)]


@dataclass(frozen=True, kw_only=True)
class Number(Count):
    """A count that is at least ``least``."""

    least: int = 1

    def clean(self, value: Any) -> int:
        if isinstance(value, int) and not self.least <= value <= self.most:
            raise WrongAnswerError(AT_LEAST.fill(low=self.least, high=self.most))
        return super().clean(value)


@dataclass(frozen=True, kw_only=True)
class Reference(Text):
    """A number in somebody's register. Some look like a registration plate, so that is not asked."""

    most: int = 40

    doubt: ClassVar[Label | None] = None

    def clean(self, value: Any) -> str:
        typed = value.strip() if isinstance(value, str) else ""
        if not _REFERENCE.fullmatch(typed) or len(typed) > self.most:
            raise WrongAnswerError(NO_REFERENCE)
        return typed


@dataclass(frozen=True, kw_only=True)
class Pick(Choice):
    """One of many options, in a list that unfolds. ``none`` is the first line, for none of them."""

    none: Label | None = None

    type: ClassVar[str] = "pick"


def both(name: str, label: Label, *, most: int, lines: int = 1, required: bool = True) -> tuple[Text, Text]:
    """A text in Swedish, and the same in English, which may be left empty."""
    english = Label(f"{label.sv} (engelska)", f"{label.en} (English)")
    return (
        Text(name=name, label=label, most=most, lines=lines, required=required),
        Text(name=f"{name}_en", label=english, most=most, lines=lines),
    )


class EditForm(PageForm):
    """A form of declared fields. ``seen`` is a print of what the page shows as stored.

    ``theirs`` is what somebody else stored meanwhile, to compare with; ``asked`` are pairs (name of the field, what to
    ask), which ``confirmed`` answers.
    """

    seen = HiddenField()
    confirmed = BooleanField()

    declared: ClassVar[tuple[Field, ...]] = ()
    theirs: Sequence[tuple[Label, Label]] = ()
    asked: Sequence[tuple[str, Label]] = ()

    def show(self, stored: Mapping[str, Any]) -> None:
        """Show what is stored."""
        self.seen.data = printed(stored)
        for field in self.declared:
            self[field.name].data = stored.get(field.name)

    def answers(self, fields: Iterable[Field] | None = None) -> dict[str, Any] | None:
        """The answers of these fields or of all, checked; None if something is wrong, which stands on its field."""
        found: dict[str, Any] = {}
        is_right = self.validate()
        for field in self.declared if fields is None else fields:
            try:
                found[field.name] = field.check(self[field.name].data)
            except WrongAnswerError as error:
                self.blame(field.name, error.reason)
                is_right = False
        return found if is_right else None

    def blame(self, name: str, reason: Label) -> None:
        """Show what is wrong on the field of that name, or on the first one."""
        blamed = self._fields.get(name) or self[self.declared[0].name]
        blamed.errors = [*blamed.errors, reason.text(language())]

    def done(self, stored: Stored, change: Callable[[Session, dict[str, Any]], object], *, blamed: str) -> bool:
        """Show what is stored, or change it to what was posted. Whether that is done; if not, the form says why.

        ``stored`` tells what is stored, read with the session it is handed. The change is not made when that is no
        longer what the page showed. ``blamed`` names the field for what the change refuses without naming one.
        """
        if request.method in SAFE_METHODS:
            self.show(stored(reading()))
            return False
        if (answers := self.answers()) is None:
            return False
        questions = {field.name: field.question(answers[field.name]) for field in self.declared}
        self.asked = [(name, question) for name, question in questions.items() if question]
        if self.asked and not self.confirmed.data:
            return False

        def work(session: Session) -> None:
            one_at_a_time(session)
            there = stored(session)
            if self.seen.data != printed(there):
                raise StaleError(there)
            change(session, answers)

        try:
            write(work)
        except RefusedError as error:
            self.blame(error.field or blamed, error.reason)
        except StaleError as error:
            self._compare(error.stored, answers)
            self.blame("", STALE)
        else:
            return True
        return False

    def _compare(self, stored: Mapping[str, Any], answers: Mapping[str, Any]) -> None:
        """Show what is stored where it is not what was typed, and know it again: what is saved next overwrites that."""
        self.seen.data = printed(stored)
        differing = (field for field in self.declared if stored.get(field.name, "") != answers[field.name])
        self.theirs = [(field.label, field.text(stored.get(field.name)) or EMPTY) for field in differing]

    @property
    def by_name(self) -> dict[str, Field]:
        return {field.name: field for field in self.declared}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What has to be mended: (id of the control, its name and what is wrong)."""
        names = {field.name: field.label.text(language()) for field in self.declared}
        return [
            (bound.id, f"{names[bound.name]}: {error}" if bound.name in names else str(error))
            for bound in self
            for error in bound.errors
        ]


def printed(stored: Mapping[str, Any]) -> str:
    """A short print of what is stored, by which it is known again."""
    plain = json.dumps({name: value or "" for name, value in stored.items()}, sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()[:20]


def form_of(declared: Iterable[Field]) -> EditForm:
    """A form with a control for each of the fields."""
    asked = tuple(declared)
    own = {field.name: AnswerField(field) for field in asked}
    made: EditForm = type("DeclaredForm", (EditForm,), {"declared": asked, **own})()
    return made
