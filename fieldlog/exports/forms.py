"""What somebody may ask to have taken out."""

from collections.abc import Collection
from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, SelectMultipleField, StringField

from fieldlog.exports.models import Format, Order
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.periods import Span
from fieldlog.web.forms import PageForm

FIRST_YEAR, LAST_YEAR = 2000, 2100

NOT_A_DAY = Label("Skriv en dag som finns, till exempel 2026-01-31.", "Write a day that exists, such as 2026-01-31.")
OUTSIDE = Label("Välj en dag från {first} till {last}.", "Choose a day from {first} to {last}.")
UPSIDE_DOWN = Label("Perioden slutar innan den börjar.", "The period ends before it begins.")
NO_KIND = Label("Välj minst en typ av aktivitet.", "Choose at least one kind.")
UNKNOWN_KIND = Label("Den typen av aktivitet finns inte här: {kind}.", "There is no such kind here: {kind}.")
UNKNOWN_FORMAT = Label("Välj ett av formaten.", "Choose one of the formats.")


class WrongOrderError(Exception):
    """What was asked for cannot be taken out; ``field`` is the one with the fault."""

    def __init__(self, field: str, reason: Label) -> None:
        super().__init__(reason.en)
        self.field = field
        self.reason = reason


def period(first: str, last: str) -> Span:
    """The days from one to the other. Raises WrongOrderError."""
    span = Span(_day("first", first), _day("last", last))
    if not len(span):
        raise WrongOrderError("last", UPSIDE_DOWN)
    return span


def _day(field: str, typed: str) -> date:
    try:
        if len(typed) != 10:  # Python reads other ways to write a day too, which nobody else does
            raise ValueError
        day = date.fromisoformat(typed)
    except ValueError:
        raise WrongOrderError(field, NOT_A_DAY) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise WrongOrderError(field, OUTSIDE.fill(first=date(FIRST_YEAR, 1, 1), last=date(LAST_YEAR, 12, 31)))
    return day


class PeriodForm(PageForm):
    """Days and kinds."""

    first = StringField(lazy_gettext("Från och med"))
    last = StringField(lazy_gettext("Till och med"))
    kinds = SelectMultipleField(lazy_gettext("Typer av aktivitet"), validate_choice=False)

    def chosen(self, offered: Collection[str]) -> tuple[Span, tuple[str, ...]]:
        """The days, and the kinds of those that are offered. Raises WrongOrderError."""
        span = period((self.first.data or "").strip(), (self.last.data or "").strip())
        wanted = self.kinds.data or []
        if unknown := [kind for kind in wanted if kind not in offered]:
            raise WrongOrderError("kinds", UNKNOWN_KIND.fill(kind=unknown[0][:40]))
        if not wanted:
            raise WrongOrderError("kinds", NO_KIND)
        return span, tuple(kind for kind in KINDS if kind in wanted)

    def blame(self, error: WrongOrderError, language: str) -> None:
        """Tell the fault beside its field."""
        field: Any = self[error.field]
        field.errors = [error.reason.text(language)]


class OrderForm(PeriodForm):
    format = StringField(lazy_gettext("Format"))
    history = BooleanField(lazy_gettext("Även ersatta och makulerade"))

    def order(self, offered: Collection[str], language: str) -> Order:
        """What is asked for. Raises WrongOrderError."""
        span, kinds = self.chosen(offered)
        if self.format.data not in set(Format):
            raise WrongOrderError("format", UNKNOWN_FORMAT)
        return Order(span, kinds, bool(self.history.data), language, Format(self.format.data))


class AgainForm(PageForm):
    """Only the token that shows that the button was ours."""
