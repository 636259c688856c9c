"""Where a promised number stands: before, under way, reached, missed."""

from datetime import date

import pytest

from fieldlog.targets.models import State
from tests.fixtures.promises import AFTER, at_least, done, judge, rule, times, weekly

FIFTY = at_least(50)
SIX = at_least(6)
MIDYEAR = date(2017, 7, 2)  # 182 days are over: 24.9 of 50 are expected


@pytest.mark.parametrize(
    ("tally", "state"),
    [(0, State.NOT_STARTED), (1, State.BEHIND), (19, State.BEHIND), (20, State.ON_TRACK), (49, State.ON_TRACK)],
)
def test_a_large_target_at_midyear(tally: int, state: State) -> None:
    assert judge(FIFTY, times(tally, date(2017, 3, 1)), MIDYEAR).state is state


def test_the_tally_is_told_in_words_beside_what_is_expected() -> None:
    progress = judge(FIFTY, times(31, date(2017, 3, 1)), MIDYEAR)
    assert (progress.words.sv, progress.words.en) == ("31 av 50", "31 of 50")
    assert (progress.done, progress.target, progress.expected) == (31, 50, 24)
    assert progress.share_done == pytest.approx(0.62)


def test_nothing_is_late_before_anything_is_expected() -> None:
    assert judge(FIFTY, [], date(2016, 12, 1)).state is State.ON_TRACK
    assert judge(FIFTY, [], date(2017, 1, 8)).state is State.ON_TRACK
    assert judge(FIFTY, [], date(2017, 1, 9)).state is State.NOT_STARTED


def test_a_number_that_is_reached_is_fulfilled_at_once_and_stays_so() -> None:
    early = times(50, date(2017, 3, 1))
    assert judge(FIFTY, early, date(2017, 3, 1)).state is State.FULFILLED
    assert judge(FIFTY, early, AFTER).state is State.FULFILLED
    assert judge(FIFTY, [*early, *times(3, date(2017, 4, 1))], AFTER).words.sv == "53 av 50"


def test_a_number_is_missed_only_when_the_period_is_over() -> None:
    nearly = times(49, date(2017, 3, 1))
    assert judge(FIFTY, nearly, date(2017, 12, 31)).state is State.ON_TRACK
    assert judge(FIFTY, nearly, AFTER).state is State.NOT_FULFILLED


def test_the_first_and_the_last_day_belong_to_the_period_and_their_neighbours_do_not() -> None:
    around = done([date(2016, 12, 31), date(2017, 1, 1), date(2017, 12, 31), date(2018, 1, 1)])
    assert judge(FIFTY, around, AFTER).done == 2


def test_what_is_done_after_the_day_asked_about_does_not_count_yet() -> None:
    assert judge(FIFTY, done(weekly(52)), date(2017, 1, 15)).done == 3


def test_a_small_target_waits_for_the_last_quarter() -> None:
    assert judge(SIX, [], date(2017, 10, 1)).state is State.ON_TRACK
    assert judge(SIX, [], date(2017, 10, 2)).state is State.NOT_STARTED
    assert judge(SIX, times(3, date(2017, 2, 1)), date(2017, 10, 2)).state is State.BEHIND
    assert judge(SIX, times(4, date(2017, 2, 1)), date(2017, 10, 2)).state is State.ON_TRACK


def test_a_small_target_with_dates_is_behind_when_a_date_was_missed() -> None:
    dates = (date(2017, 3, 1), date(2017, 5, 1))
    assert judge(SIX, [], date(2017, 3, 14), dates=dates).state is State.ON_TRACK
    assert judge(SIX, [], date(2017, 3, 15), dates=dates).state is State.NOT_STARTED
    one = times(1, date(2017, 2, 1))
    assert judge(SIX, one, date(2017, 5, 14), dates=dates).state is State.ON_TRACK
    assert judge(SIX, one, date(2017, 5, 15), dates=dates).state is State.BEHIND


def test_without_a_number_the_work_goes_on() -> None:
    for work, words in (
        ([], "0 kontroller"),
        (times(1, MIDYEAR), "1 kontroll"),
        (times(1200, MIDYEAR), "1\u202f200 kontroller"),
    ):
        progress = judge(rule(), work, AFTER)
        assert (progress.state, progress.words.sv, progress.target) == (State.ONGOING, words, None)


def test_a_last_day_that_has_passed_is_not_made_good_afterwards() -> None:
    by_june = at_least(20, by="2017-06-30")
    nearly = times(19, date(2017, 3, 1))
    assert judge(by_june, nearly, date(2017, 6, 30)).state is State.ON_TRACK
    late = [*nearly, *times(5, date(2017, 7, 5))]
    assert (judge(by_june, late, MIDYEAR).state, judge(by_june, late, AFTER).done) == (State.BEHIND, 19)
    assert judge(by_june, late, AFTER).state is State.NOT_FULFILLED
    assert judge(by_june, [], MIDYEAR).state is State.NOT_STARTED
