"""The days that a report can be asked for: as typed, and those that are usual."""

from collections.abc import Iterator
from datetime import date

from babel.dates import format_date

from fieldlog.counting.queries import in_words
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY, Span

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MONTHS_OF_A_TERTIAL = 4

NO_DAY = Label("Skriv en dag som finns, till exempel {example}.", "Write a day that exists, such as {example}.").fill(
    example="2026-04-30"
)
TOO_FAR = Label("Välj en dag mellan {first} och {last}.", "Choose a day between {first} and {last}.").fill(
    first=in_words(EARLIEST), last=in_words(LATEST)
)
UPSIDE_DOWN = Label(
    "Sista dagen kommer före den första. Byt plats på dem.", "The last day comes before the first. Swap them."
)
TERTIAL = Label("Tertial {n} {year}", "Tertial {n} {year}")
YEAR = Label("Hela {year}", "All of {year}")
UP_TO = Label("{first}–{last}", "{first}–{last}")


class WrongDaysError(Exception):
    """Days that cannot be read: the name of the field, ``first`` or ``last``, and why."""

    def __init__(self, field: str, reason: Label) -> None:
        super().__init__(reason.en)
        self.field = field
        self.reason = reason


def read_span(first: str, last: str) -> Span:
    """The days as typed, 2026-01-01. Raises WrongDaysError."""
    span = Span(_day("first", first), _day("last", last))
    if not span:
        raise WrongDaysError("last", UPSIDE_DOWN)
    return span


def usual(period: Span, today: date) -> list[Span]:
    """The period's tertials and years that have begun, and the whole of it; each cut by it, none twice."""
    found = [*(part for year in range(period.first.year, period.last.year + 1) for part in _of_year(year)), period]
    return list(dict.fromkeys(span for part in found if (span := part.cut(period)) and span.first <= today))


def in_short(span: Span) -> Label:
    """ "Tertial 1 2026", "Hela 2026", or else the days."""
    *tertials, year = _of_year(span.first.year)
    if span == year:
        return YEAR.fill(year=span.first.year)
    if span in tertials:
        return TERTIAL.fill(n=tertials.index(span) + 1, year=span.first.year)
    return days_in_words(span)


def days_in_words(span: Span) -> Label:
    """ "1 januari–30 april 2026"."""
    first, last = in_words(span.first), in_words(span.last)
    if span.first == span.last:
        return first
    if span.first.year == span.last.year:
        year = f" {span.first.year}"
        first = Label(first.sv.removesuffix(year), first.en.removesuffix(year))
    return UP_TO.fill(first=first, last=last)


def month_in_short(month: date) -> Label:
    """ "jan"."""
    return Label(format_date(month, "MMM", "sv")[:3], format_date(month, "MMM", "en")[:3])


def _of_year(year: int) -> Iterator[Span]:
    """The three tertials and the year."""
    starts = [date(year, month, 1) for month in range(1, 13, MONTHS_OF_A_TERTIAL)]
    for start, after in zip(starts, [*starts[1:], date(year + 1, 1, 1)], strict=True):
        yield Span(start, after - ONE_DAY)
    yield Span(starts[0], date(year, 12, 31))


def _day(field: str, typed: str) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise WrongDaysError(field, NO_DAY) from None
    if not EARLIEST <= day <= LATEST:
        raise WrongDaysError(field, TOO_FAR)
    return day
