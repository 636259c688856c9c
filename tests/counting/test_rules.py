"""What a rule may say, and that it is kept as it was said."""

from typing import Any

import pytest
from pydantic import ValidationError

from fieldlog.counting.models import Limit, Rule
from fieldlog.programmes.queries import OSTERSUND, read_programme
from tests.fixtures.promises import at_least, rule

SCHOOLS: dict[str, Any] = {"label": {"sv": "vid skola", "en": "near a school"}, "target": {"at_least": 5}}
APART = {**SCHOOLS, "setting": "in-addition"}
IN_FROSO = {**SCHOOLS, "limit": {"areas": ["froso"]}}
SHARE: dict[str, Any] = {
    "part": ["traffic-control.controls"],
    "whole": ["traffic-control.vehicles"],
    "whole_is": {"sv": "fordon", "en": "vehicles"},
    "none": {"sv": "inga", "en": "none"},
}


@pytest.mark.parametrize("commitment", read_programme(OSTERSUND).commitments, ids=lambda commitment: commitment.slug)
def test_a_rule_is_read_back_as_it_was_written(commitment: Any) -> None:
    assert Rule.from_json(commitment.rule.to_json()) == commitment.rule


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"target": {"at_least": 0}}, "greater than or equal to 1"),
        ({"target": {"at_least": 3, "upto": 2}}, "a range ends above where it begins"),
        ({"target": {"at_least": 3, "average": True}}, "an average needs a window"),
        ({"target": {"at_least": 3, "upto": 4, "average": True, "window": "week"}}, "an average has no range"),
        ({"target": {"at_least": 3, "window": "week", "by": "2017-06-30"}}, "not both"),
        ({"target": {"at_least": 3}, "share": SHARE}, "a target or a share"),
        ({"share": {**SHARE, "part": ["traffic-control.fines"]}}, "a share counts its part"),
        ({"share": {**SHARE, "lacking": ["traffic-control.fines", "traffic-control.tests"]}}, "its words"),
        ({"parts": [SCHOOLS]}, "needs a main target"),
        ({"target": {"at_least": 1, "window": "week"}, "parts": [APART]}, "cannot return in each window"),
        ({"target": {"at_least": 9, "by": "2017-06-30"}, "parts": [APART]}, "the main target's last day"),
        ({"target": {"at_least": 9}, "parts": [APART, APART]}, "one entry would count for both"),
        ({"target": {"at_least": 9}, "limit": {"areas": ["lit"]}, "parts": [IN_FROSO]}, "able to count"),
        ({"limit": {"weekdays": [7]}}, "less than or equal to 6"),
        ({"counts": ["Controls"]}, "should match pattern"),
        ({"colour": "red"}, "Extra inputs"),
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_is_refused(wrong: dict[str, Any], why: str) -> None:
    counts = wrong.pop("counts", "traffic-control.controls")
    with pytest.raises(ValidationError, match=why):
        rule(counts, **wrong)


def test_two_limits_at_once_keep_what_both_allow() -> None:
    both = Limit(weekdays=(3, 6), areas=("lit",)).narrow(Limit(weekdays=(6, 0), months=(1,)))
    assert both == Limit(weekdays=(6,), months=(1,), areas=("lit",))


@pytest.mark.parametrize(
    ("found", "by_day"),
    [
        (at_least(50), False),
        (rule(target={"at_least": 1, "window": "month"}), False),
        (rule(target={"at_least": 1, "window": "week"}), True),
        (rule(limit={"weekdays": [3]}), True),
        (rule(limit={"months": [3]}), False),
        (at_least(5, by="2017-06-30"), False),
        (at_least(5, by="2017-06-15"), True),
    ],
)
def test_months_are_enough_to_count_by_unless_the_rule_looks_at_days(found: Rule, *, by_day: bool) -> None:
    assert found.needs_days is by_day
