"""A rule that changes from a day on: each day keeps the one that was in force on it."""

from datetime import date

from fieldlog.counting.models import Rule
from fieldlog.targets.models import State, Version
from tests.fixtures.promises import AFTER, CONTROLS, YEAR, Work, at_least, done, judge, rule, times, weekly

JULY = date(2017, 7, 1)
JUNE, AUGUST = times(1, date(2017, 6, 30)), times(1, date(2017, 8, 1))


def changed(before: Rule, after: Rule) -> tuple[Version, ...]:
    return Version(YEAR.first, before), Version(JULY, after)


def count(before: Rule, after: Rule, work: list[Work], day: date = AFTER) -> int:
    return judge(after, work, day, versions=changed(before, after)).done


def test_what_counts_changes_from_the_day_on_and_not_before() -> None:
    only_schools = at_least(50, **{}).model_copy(update={"counts": ("traffic-control.near-school",)})
    schools = done([date(2017, 6, 30), date(2017, 8, 1)], ref="traffic-control.near-school")
    assert count(at_least(50), only_schools, [*JUNE, *AUGUST, *schools]) == 2


def test_a_limit_holds_only_for_its_own_days() -> None:
    weekdays = rule(CONTROLS, target={"at_least": 50}, limit={"weekdays": [0, 1, 2, 3, 4]})
    sundays = done([date(2017, 6, 25), date(2017, 7, 2)])
    assert count(weekdays, at_least(50), sundays) == 1
    assert count(at_least(50), weekdays, sundays) == 1


def test_the_day_before_the_change_is_judged_by_the_old_target_and_later_ones_by_the_new() -> None:
    versions = changed(at_least(20), at_least(60))
    work = times(20, date(2017, 3, 1))
    assert judge(versions[0].rule, work, date(2017, 6, 30), versions=versions).state is State.FULFILLED
    after = judge(versions[0].rule, work, JULY, versions=versions)
    assert (after.words.sv, after.state) == ("20 av 60", State.BEHIND)


def test_a_rule_that_is_not_in_force_yet_changes_nothing() -> None:
    later = (Version(YEAR.first, at_least(50)), Version(date(2017, 12, 1), at_least(5)))
    assert judge(at_least(50), AUGUST, date(2017, 9, 1), versions=later).target == 50


def test_each_week_keeps_the_number_that_was_promised_when_it_began() -> None:
    one, two = (rule(target={"at_least": n, "window": "week"}) for n in (1, 2))
    weeks = done(weekly(52, date(2017, 1, 3)))
    versions = changed(one, two)
    # 25 weeks began before July; the 26th began on 26 June and is still asked for one.
    assert judge(one, weeks, AFTER, versions=versions).done == 26


def test_weeks_before_a_weekly_promise_was_made_are_not_judged() -> None:
    weekly_rule = rule(target={"at_least": 1, "window": "week"})
    progress = judge(weekly_rule, [], AFTER, versions=changed(at_least(50), weekly_rule))
    assert (progress.words.sv, progress.target) == ("0 av 26 veckor", 26)
