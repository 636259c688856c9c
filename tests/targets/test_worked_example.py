"""The worked example in docs/counting.md."""

from datetime import date

import pytest

from fieldlog.counting.models import Rule
from fieldlog.periods import Span
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.targets.models import State
from tests.fixtures.promises import Work, judge, times

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
EVENING, MARCH, NEW_YEAR = date(2026, 11, 21), date(2026, 3, 3), date(2027, 1, 1)
RULES = {item.slug: item.rule for item in read_programme(OSTERSUND).commitments}
CONTROLS, INSPECTIONS, ASKED = RULES["traffic-controls"], RULES["alcohol-inspections"], RULES["help-asked"]


def inspections(number: int) -> list[Work]:
    return times(number, MARCH, ref="alcohol-inspection.qualified")


def questions(number: int, unasked: int) -> list[Work]:
    asked = [*times(number, MARCH, ref="help-offer.asked"), *times(number, MARCH, ref="help-offer.offers")]
    return [*asked, *times(1, MARCH, ref="traffic-control.unasked", amount=unasked)]


@pytest.mark.parametrize(
    ("rule", "work", "words", "state", "end"),
    [
        (CONTROLS, times(41, MARCH), "41 av 50", State.ON_TRACK, State.NOT_FULFILLED),
        (CONTROLS, times(39, MARCH), "39 av 50", State.BEHIND, State.NOT_FULFILLED),
        (INSPECTIONS, inspections(4), "4 av 6", State.BEHIND, State.NOT_FULFILLED),
        (ASKED, questions(2, unasked=1), "2 av 3 tillfrågade", State.BEHIND, State.NOT_FULFILLED),
        (ASKED, questions(3, unasked=0), "3 av 3 tillfrågade", State.ON_TRACK, State.FULFILLED),
    ],
)
def test_the_example_is_right(*, rule: Rule, work: list[Work], words: str, state: State, end: State) -> None:
    found = judge(rule, work, EVENING, period=YEAR)
    assert (found.words.sv, found.state) == (words, state)
    assert judge(rule, work, NEW_YEAR, period=YEAR).state is end


def test_the_numbers_expected_are_right() -> None:
    assert judge(CONTROLS, times(41, MARCH), EVENING, period=YEAR).expected == 44
    assert judge(INSPECTIONS, inspections(4), EVENING, period=YEAR).expected == 5


def test_planned_dates_would_have_made_four_enough() -> None:
    dates = (MARCH, *(date(2026, month, 1) for month in (5, 7, 9)), date(2026, 11, 20), date(2026, 12, 4))
    assert judge(INSPECTIONS, inspections(4), EVENING, period=YEAR, dates=dates).state is State.ON_TRACK
