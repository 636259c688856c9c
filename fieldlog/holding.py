"""Work that few people do with few: others are told months of it held together, so that no figure is a small one.

A stretch of months is told in one, with its last month, once there is enough in it; what is not enough waits for more.
Whatever somebody adds up or takes away, what is left is a sum of whole stretches.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from fieldlog.actors import Organisation
from fieldlog.periods import Span, Window, window_of

LEAST = 5
SETTLED = timedelta(days=7)
"""So long after its end a month is told: an evening is often logged on the day after."""

To = Organisation | None
"""Whom something is told: an organisation, or everybody."""

Month = Mapping[str, tuple[int, int]]
"""For each measure its amount and how many entries yielded it."""


class Audience(NamedTuple):
    """Whom figures are told, and when."""

    organisation: To
    today: date

    @property
    def settled(self) -> date:
        """The first day of the first month that is not yet told."""
        return (self.today - SETTLED).replace(day=1)


@dataclass(frozen=True)
class Stretch:
    """What one measure adds up to in months that are told in one."""

    measure: str
    span: Span
    amount: int


@dataclass
class _Waiting:
    """A measure's months that are not told yet, and what the leading measure has in the same months."""

    first: date
    amount: int = 0
    entries: int = 0
    led: int = 0

    def is_enough(self, is_part: bool) -> bool:
        """Whether neither the amount, nor how many yielded it, nor what is left of the whole is small."""
        rest = self.led - self.amount
        return min(self.amount, self.entries) >= LEAST and not (is_part and 0 < rest < LEAST)


def held_together(months: Mapping[date, Month], leading: str, parts: Collection[str]) -> Iterator[Stretch]:
    """The stretches of a kind's months, which are named by their first days.

    ``parts`` are the measures that each entry adds nothing or one to, as it adds one to the ``leading`` one. The others
    end where that one does, so that no two figures tell of the months between.
    """
    waiting: dict[str, _Waiting] = {}
    for month, found in sorted(months.items()):
        led = found.get(leading, (0, 0))[0]
        for name in {leading, *waiting, *found}:
            amount, entries = found.get(name, (0, 0))
            so_far = waiting.setdefault(name, _Waiting(month))
            so_far.amount, so_far.entries, so_far.led = (
                so_far.amount + amount,
                so_far.entries + entries,
                so_far.led + led,
            )
        if not waiting[leading].is_enough(False):
            continue
        for name in [name for name, so_far in waiting.items() if so_far.is_enough(name in parts)]:
            so_far = waiting.pop(name)
            yield Stretch(name, Span(so_far.first, window_of(month, Window.MONTH).last), so_far.amount)
