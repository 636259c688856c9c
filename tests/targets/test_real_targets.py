"""What municipalities have really promised, each said as a rule."""

from datetime import date, timedelta

from fieldlog.counting.models import Rule
from fieldlog.targets.models import State
from fieldlog.targets.queries import parts
from tests.fixtures.promises import AFTER, YEAR, at_least, basis, done, judge, rule, times, weekly

SPRING = [
    day for day in YEAR.until(date(2017, 4, 30)) if day.weekday() in {3, 6}
]  # the 35 Thursdays and Sundays, January to April
TUESDAYS = weekly(52, date(2017, 1, 3))
VISITS = "youth-visit.visits"


def harjedalen(setting: str) -> Rule:
    """ "At least 52 controls, of which at least 17 on Thursdays or Sundays January to April"."""
    part = {
        "label": {"sv": "minst 17 torsdagar eller söndagar januari–april", "en": "at least 17 on Thursdays or Sundays"},
        "limit": {"weekdays": [3, 6], "months": [1, 2, 3, 4]},
        "target": {"at_least": 17},
        "setting": setting,
    }
    return rule(target={"at_least": 52}, parts=[part])


def test_harjedalen_where_the_17_are_part_of_the_52() -> None:
    work = done([*SPRING[:17], *TUESDAYS[:35]])
    judged = basis(harjedalen("within"), work, AFTER)
    ((_, part),) = parts(judged)
    assert (part.words.sv, part.state) == ("17 av 17", State.FULFILLED)
    whole = judge(harjedalen("within"), work, AFTER)
    assert (whole.words.sv, whole.state) == ("52 av 52", State.FULFILLED)


def test_harjedalen_where_the_17_come_on_top_of_the_52() -> None:
    work = done([*SPRING[:20], *TUESDAYS[:35]])
    ((_, part),) = parts(basis(harjedalen("in-addition"), work, AFTER))
    whole = judge(harjedalen("in-addition"), work, AFTER)
    assert (part.words.sv, whole.words.sv) == ("17 av 17", "38 av 52")
    assert part.done + whole.done == len(work)
    assert whole.state is State.NOT_FULFILLED


def test_harjedalen_is_not_fulfilled_by_52_controls_on_other_days() -> None:
    for setting in ("within", "in-addition"):
        whole = judge(harjedalen(setting), done(TUESDAYS), AFTER)
        assert (whole.words.sv, whole.state) == ("52 av 52", State.NOT_FULFILLED)


def test_harjedalen_through_the_year() -> None:
    promise = harjedalen("within")
    assert judge(promise, [], date(2017, 1, 1)).state is State.ON_TRACK
    assert judge(promise, done(TUESDAYS), date(2017, 3, 1)).state is State.BEHIND  # 17 of 35 days over, none used
    in_step = done([*SPRING[::2], *TUESDAYS])
    assert judge(promise, in_step, date(2017, 3, 1)).state is State.ON_TRACK
    assert judge(promise, done(TUESDAYS), date(2017, 5, 1)).state is State.BEHIND  # April will not come again


def test_dorotea_on_average_one_a_month() -> None:
    promise = rule(target={"at_least": 1, "window": "month", "average": True})
    summer = times(12, date(2017, 7, 1))
    before = judge(promise, summer, date(2017, 1, 31))
    assert (before.words.sv, before.state) == ("0 av 12", State.ON_TRACK)
    assert judge(promise, summer, date(2017, 6, 30)).state is State.NOT_STARTED
    assert judge(promise, summer, date(2017, 7, 1)).state is State.FULFILLED
    assert judge(promise, summer[:11], AFTER).state is State.NOT_FULFILLED


def test_kungsbacka_at_least_one_a_week() -> None:
    promise = rule(target={"at_least": 1, "window": "week"})
    assert judge(promise, [], date(2017, 1, 8)).state is State.ON_TRACK  # the first week is not over
    assert judge(promise, [], date(2017, 1, 9)).state is State.NOT_STARTED
    mid = judge(promise, done(TUESDAYS), date(2017, 4, 17))
    assert (mid.words.sv, mid.state, mid.target) == ("15 av 15 veckor", State.ON_TRACK, 52)
    missed = [day for day in TUESDAYS if day != TUESDAYS[5]]
    assert judge(promise, done(missed), date(2017, 4, 17)).state is State.BEHIND
    assert judge(promise, done(TUESDAYS), AFTER).state is State.FULFILLED
    late = judge(promise, done(missed) + times(3, TUESDAYS[6]), AFTER)
    assert (late.words.sv, late.state) == ("51 av 52 veckor", State.NOT_FULFILLED)


def test_krokom_two_or_three_school_visits_a_term() -> None:
    promise = rule(VISITS, target={"at_least": 2, "upto": 3, "window": "term"})
    spring = times(2, date(2017, 3, 1), ref=VISITS)
    before = judge(promise, [], date(2017, 6, 30))
    assert (before.words.sv, before.state) == ("ingen termin är slut än", State.ON_TRACK)
    assert judge(promise, [], date(2017, 7, 1)).state is State.NOT_STARTED
    mid = judge(promise, spring, date(2017, 7, 1))
    assert (mid.words.sv, mid.state) == ("1 av 1 termin", State.ON_TRACK)
    assert judge(promise, spring, AFTER).state is State.NOT_FULFILLED
    more_than_three = spring + times(5, date(2017, 10, 1), ref=VISITS)
    assert judge(promise, more_than_three, AFTER).state is State.FULFILLED


def test_strangnas_from_eight_to_at_least_twenty() -> None:
    promise = at_least(20, baseline=8)
    fortnightly = [YEAR.first + timedelta(weeks=2 * n) for n in range(26)]
    assert judge(promise, [], date(2017, 1, 2)).state is State.ON_TRACK
    mid = judge(promise, done(fortnightly[:8]), date(2017, 7, 2))
    assert (mid.words.sv, mid.expected, mid.state) == ("8 av 20", 9, State.ON_TRACK)
    assert judge(promise, done(fortnightly[:6]), date(2017, 7, 2)).state is State.BEHIND
    assert judge(promise, done(fortnightly[:20]), AFTER).state is State.FULFILLED
    assert judge(promise, done(fortnightly[:8]), AFTER).state is State.NOT_FULFILLED
