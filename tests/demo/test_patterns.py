"""What the file of a made-up year may say, and that a seed always makes the same of it."""

import csv
from datetime import date
from importlib.resources import files
from random import Random
from typing import Any

import pytest
from pydantic import ValidationError

from fieldlog.demo.forms import Pattern, drawn, places, year_of_work
from fieldlog.demo.models import Place
from fieldlog.demo.queries import make_up
from fieldlog.kinds import KINDS
from fieldlog.periods import Span

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
SQUARE = Place("ostersund", "Stortorget", frozenset({"square"}))
PATTERN: dict[str, Any] = {"kind": "patrol", "when": ["fri-sat 21-26"], "units": ["a"], "places": "b", "answers": {}}


def _organisations() -> dict[str, str]:
    text = files("fieldlog.accounts").joinpath("units.csv").read_text(encoding="utf-8")
    return {row["slug"]: row["organisation"] for row in csv.DictReader(text.splitlines())}


@pytest.mark.parametrize("pattern", year_of_work().patterns, ids=lambda pattern: pattern.kind)
def test_a_pattern_is_done_by_units_that_log_it_at_places_that_exist(pattern: Pattern) -> None:
    kind, organisations = KINDS[pattern.kind], _organisations()
    units = pattern.units["turn"] if isinstance(pattern.units, dict) else pattern.units
    assert {organisations[unit] for unit in units} <= set(kind.logged_by)
    assert any(pattern.places in place.tags for place in places())
    assert set(pattern.answers) <= set(kind.fields)
    assert len(pattern.months) == 12 or pattern.weeks


def test_a_seed_always_makes_the_same() -> None:
    assert make_up(7, YEAR) == make_up(7, YEAR)


def test_another_seed_makes_other_work_with_other_ids() -> None:
    some, other = ({work.item.id for work in make_up(seed, YEAR)} for seed in (1, 2))
    assert not some & other


def test_days_without_a_programme_stay_empty() -> None:
    spring = Span(date(2026, 3, 1), date(2026, 5, 31))
    begun = [work for work in make_up(1, spring) if work.item.kind == "patrol" and not work.item.replaces]
    assert begun
    assert all(date(2026, 3, 1) <= work.item.happened_at.date() <= date(2026, 5, 31) for work in begun)


@pytest.mark.parametrize(
    ("spec", "possible"),
    [
        ("as it is", {"as it is"}),
        ({"any": [1, 2]}, {1, 2}),
        ({"turn": ["first", "second"]}, {"second"}),
        ({"count": [3, 4, 5]}, {3, 4, 5}),
        ({"of": "vehicles", "share": [0.5, 0.5]}, {10}),
        ({"of": "tests", "share": [0.5, 0.5]}, {None}),
        ({"tag": "square"}, {True}),
        ({"tag": "heavy"}, {False}),
        ({"chance": 0.5}, {True, False}),
        ({"any": [1], "empty": 1}, {None}),
    ],
)
def test_an_answer_is_drawn_as_it_is_written(spec: Any, possible: set[object]) -> None:
    rng = Random(1)
    found = {drawn(spec, rng, turn=1, place=SQUARE, others={"vehicles": 20}) for _ in range(100)}
    assert found == possible


def test_what_cannot_be_drawn_is_an_error() -> None:
    with pytest.raises(ValueError, match="no way to draw"):
        drawn({"wish": 1}, Random(1), turn=0, place=SQUARE, others={})


@pytest.mark.parametrize("wrong", [{"when": ["friday 21-26"]}, {"when": ["fri-sat 21-27"]}, {"kind": "knitting"}])
def test_a_pattern_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    assert Pattern(**PATTERN)
    with pytest.raises(ValidationError):
        Pattern(**PATTERN | wrong)
