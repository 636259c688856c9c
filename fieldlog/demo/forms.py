"""What the file of a made-up year says: patterns of work, and how each answer is drawn."""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from random import Random
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, field_validator

from fieldlog.demo.models import Place
from fieldlog.kinds import KINDS
from fieldlog.periods import Span

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SLOT = re.compile(r"([a-z]{3})-([a-z]{3}) (\d+)-(\d+)(?: x(\d+))?")
_LATEST = 26  # two in the night: the hour after it is skipped when summer time begins


@dataclass(frozen=True)
class Slot:
    """Weekdays and whole hours [start, end) when work begins; hours past 24 are the night after the day."""

    weekdays: range
    start: int
    end: int
    weight: int

    @classmethod
    def read(cls, text: str) -> Self:
        """A slot as it is written: "fri-sat 21-26 x2"."""
        found = _SLOT.fullmatch(text)
        if found is None:
            raise ValueError(f"{text}: write weekdays and hours as in fri-sat 21-26")
        first, last, start, end, weight = found.groups()
        if not int(start) < int(end) <= _LATEST:
            raise ValueError(f"{text}: the hours must follow each other, to {_LATEST} at most")
        weekdays = range(_WEEKDAYS.index(first), _WEEKDAYS.index(last) + 1)
        return cls(weekdays, int(start), int(end), int(weight or 1))


class Pattern(BaseModel):
    """One kind of work done in one way; year.toml says what each part means."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    kind: str
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    when: tuple[Annotated[Slot, BeforeValidator(Slot.read)], ...]
    units: tuple[str, ...] | dict[str, tuple[str, ...]]
    places: str
    without_place: float = 0.1
    school_days: bool = False
    answers: dict[str, Any]

    @field_validator("kind")
    @classmethod
    def _is_known(cls, kind: str) -> str:
        if kind not in KINDS:
            raise ValueError(f"there is no kind {kind}")
        return kind


class Questions(BaseModel):
    """How help questions are answered and yeses followed up; everything is taken in turn."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    late_days: int
    answers: tuple[dict[str, str], ...]
    unit: str
    hours: tuple[tuple[int, int], ...]
    outcomes: tuple[dict[str, str], ...]


class Yes(BaseModel):
    """A yes to help so many hours before the year is filled, and its answer so many hours after it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: str
    hours_ago: int
    answered_after: int
    outcome: dict[str, Any]


class Year(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    school_breaks: tuple[str, ...]
    questions: Questions
    waiting: tuple[Yes, ...]
    patterns: tuple[Pattern, ...]

    def breaks(self, year: int) -> list[Span]:
        """The days of the year without school."""
        pairs = (text.split() for text in self.school_breaks)
        return [Span(*(date.fromisoformat(f"{year}-{day}") for day in pair)) for pair in pairs]


@cache
def year_of_work() -> Year:
    """The patterns that come with fieldlog."""
    return Year.model_validate(tomllib.loads(files(__package__).joinpath("year.toml").read_text(encoding="utf-8")))


@cache
def places() -> tuple[Place, ...]:
    """Every place where made-up work is done."""
    rows = csv.DictReader(files(__package__).joinpath("places.csv").read_text(encoding="utf-8").splitlines())
    return tuple(Place(row["area"], row["place"], frozenset(row["tags"].split())) for row in rows)


def drawn(spec: Any, rng: Random, *, turn: int, place: Place, others: Mapping[str, Any]) -> Any:
    """An answer as ``spec`` says, None for one left out. ``turn`` counts the entries, ``others`` are drawn already."""
    if not isinstance(spec, dict):
        return spec
    left_out = rng.random() < spec.get("empty", 0)
    value = _value(spec, rng, turn, place, others)
    return None if left_out else value


def _value(spec: Mapping[str, Any], rng: Random, turn: int, place: Place, others: Mapping[str, Any]) -> Any:
    value: Any
    match spec:
        case {"any": options}:
            value = rng.choice(options)
        case {"turn": options}:
            value = options[turn % len(options)]
        case {"some": chances}:
            value = [slug for slug, chance in chances.items() if rng.random() < chance]
        case {"count": [least, usual, most]}:
            value = round(rng.triangular(least, most, usual))
        case {"share": [least, most], "of": name}:
            value = None if others.get(name) is None else round(others[name] * rng.uniform(least, most))
        case {"chance": chance}:
            value = rng.random() < chance
        case {"tag": tag}:
            value = tag in place.tags
        case {"rows": [least, most], "of": rows}:
            value = rng.sample(rows, rng.randint(least, most))
        case _:
            raise ValueError(f"{spec}: no way to draw an answer")
    return value
