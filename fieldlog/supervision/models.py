"""What the supervisor's pages are told: a stretch of days, its counts, where and when, and what each unit says."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from holidays import country_holidays

from fieldlog.accounts.queries import UnitChoice
from fieldlog.areas.queries import AreaPlace
from fieldlog.backlog.models import Backlog
from fieldlog.kind import Kind
from fieldlog.labels import Label
from fieldlog.periods import ONE_DAY, Span, Window, window_of
from fieldlog.programmes.queries import Period
from fieldlog.targets.models import Beside, Progress

YEARS = range(2000, 2101)
"""The years whose days can be shown."""


class Grain(StrEnum):
    """How long a stretch a page shows."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    PERIOD = "period"


@dataclass(frozen=True)
class Stretch:
    """The days that a page shows, and how its address names them."""

    grain: Grain
    span: Span
    address: str

    @classmethod
    def around(cls, day: date, grain: Grain) -> "Stretch":
        """The day itself, or the whole week or month that it lies in."""
        if grain is Grain.DAY:
            return cls(grain, Span(day, day), day.isoformat())
        if grain is Grain.WEEK:
            return cls(grain, window_of(day, Window.WEEK), f"{day:%G-W%V}")
        return cls(grain, window_of(day, Window.MONTH), f"{day:%Y-%m}")

    @classmethod
    def of_period(cls, period: Period) -> "Stretch":
        return cls(Grain.PERIOD, Span(period.first_day, period.last_day), period.slug)

    @property
    def before(self) -> "Stretch":
        """The stretch as long that ends the day before; not for periods."""
        return Stretch.around(self.span.first - ONE_DAY, self.grain)

    @property
    def after(self) -> "Stretch":
        """The stretch as long that begins the day after; not for periods."""
        return Stretch.around(self.span.last + ONE_DAY, self.grain)

    @property
    def parts(self) -> list["Stretch"]:
        """What a reader can step to from here: the days of the week, the weeks of the month, the months of a period."""
        grain = {Grain.MONTH: Grain.WEEK, Grain.PERIOD: Grain.MONTH}.get(self.grain, Grain.DAY)
        span = window_of(self.span.first, Window.WEEK) if self.grain is Grain.DAY else self.span
        found, part = [], Stretch.around(span.first, grain)
        while part.span.first <= span.last:
            found.append(part)
            part = part.after
        return found

    @property
    def holidays(self) -> list[tuple[date, Label]]:
        """Sweden's holidays and the three eves that the law counts as such."""
        years = range(self.span.first.year, self.span.last.year + 1)
        return [(day, name) for year in years for day, name in _holidays(year) if day in self.span]

    @property
    def is_shown(self) -> bool:
        """Whether there is a page of it."""
        return self.span.first.year in YEARS and self.span.last.year in YEARS


@lru_cache(maxsize=20)
def _holidays(year: int) -> list[tuple[date, Label]]:
    named = [
        country_holidays("SE", years=year, categories=("public", "de_facto"), language=language)
        for language in ("sv", "en_US")
    ]
    return [(day, Label(*(names[day] for names in named))) for day in sorted(named[0])]


@dataclass(frozen=True)
class Column:
    """What is counted side by side on a page."""

    label: Label
    span: Span

    def until(self, day: date) -> "Column":
        return replace(self, span=self.span.until(day))


@dataclass(frozen=True)
class KindCount:
    """One kind's leading measure in each column of the page, and the promise that it moves.

    ``amounts`` is empty where no more than the total may be told; ``progress`` None where nothing is promised or the
    promise may not be told for a day that is over.
    """

    kind: Kind
    amounts: tuple[int, ...]
    progress: Progress | None


@dataclass(frozen=True)
class UnitsCount:
    """What one organisation has done of the chosen kind, in each column, and each of its units (name, amounts)."""

    organisation: Label
    amounts: tuple[int, ...]
    units: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Spread:
    """Where and when the chosen kind's work was: on ``span``, its amounts by area, by hour, by unit, and what it was.

    ``by_area`` are pairs (name, amount); ``by_hour`` two hours a row and a weekday a column; ``quiet_hours`` are
    stretches [from, to) without any.
    """

    kind: Kind
    span: Span
    places: tuple[AreaPlace, ...]
    total: int
    by_area: tuple[tuple[str, int], ...]
    reached: tuple[int, int]
    empty_areas: tuple[str, ...]
    by_hour: tuple[tuple[int, ...], ...]
    quiet_hours: tuple[tuple[int, int], ...]
    shares: tuple[Beside, ...]
    by_unit: tuple[UnitsCount, ...]


class UnitState(StrEnum):
    """What is known of a unit's work on some days."""

    REPORTED = "reported"
    NOTHING = "nothing"
    NOT_HEARD = "not-heard"


@dataclass(frozen=True)
class UnitNews:
    """A unit and whether it was heard from.

    Of the reader's own organisation also its latest activity, and when a device of the unit was last in touch.
    """

    unit: UnitChoice
    state: UnitState
    kind: Kind | None = None
    happened_at: datetime | None = None
    in_touch_at: datetime | None = None


@dataclass(frozen=True)
class Overview:
    """All that one page shows, as of ``day``; the programme's column, if there is one, is the last."""

    day: date
    programme: Period | None
    columns: tuple[Column, ...]
    kinds: tuple[KindCount, ...]
    spread: Spread
    units: tuple[UnitNews, ...]
    waiting: Backlog | None
