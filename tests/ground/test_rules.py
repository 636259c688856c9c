"""The thresholds in force on a day."""

from datetime import datetime

import pytest

from fieldlog.clock import ZONE
from fieldlog.measures import Rules

FRIDAY, SATURDAY = 20, 21


def begins(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(("hour", "minute"), [(7, 0), (8, 59), (15, 0), (17, 59)])
def test_busy_hours_are_weekdays_from_seven_to_nine_and_from_three_to_six(hour: int, minute: int) -> None:
    assert Rules().is_busy(begins(FRIDAY, hour, minute))
    assert not Rules().is_busy(begins(SATURDAY, hour, minute))


@pytest.mark.parametrize(("hour", "minute"), [(6, 59), (9, 0), (14, 59), (18, 0), (0, 0)])
def test_the_hours_around_them_are_not_busy(hour: int, minute: int) -> None:
    assert not Rules().is_busy(begins(FRIDAY, hour, minute))


def test_rules_are_stored_and_read_back_and_a_threshold_that_is_new_since_has_its_default() -> None:
    rules = Rules(busy_hours=((6, 8), (16, 17)), venues_per_occasion=4, answer_within_hours=48)
    stored = rules.to_json()
    assert Rules.from_json(stored) == rules
    del stored["answer_within_hours"]
    assert Rules.from_json(stored | {"retired_threshold": 1}).answer_within_hours == Rules().answer_within_hours
