"""What holds for any work, on any day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.areas.queries import AreaPlace
from fieldlog.counting.models import Rule
from fieldlog.spread.queries import by_month, where
from fieldlog.targets.models import State
from fieldlog.targets.queries import parts, progress
from tests.fixtures.promises import YEAR, at_least, basis, done, judge, rule

WORST_FIRST = [State.NOT_FULFILLED, State.NOT_STARTED, State.BEHIND, State.ON_TRACK, State.FULFILLED]
DAYS = st.dates(YEAR.first, YEAR.last)
WORK = st.lists(DAYS, max_size=80)
JUDGED = st.dates(YEAR.first - timedelta(days=20), YEAR.last + timedelta(days=20))
RULES = st.one_of(
    st.integers(1, 60).map(at_least),
    st.builds(
        lambda n, w: rule(target={"at_least": n, "window": w}), st.integers(1, 3), st.sampled_from(["week", "term"])
    ),
    st.builds(lambda n: rule(target={"at_least": n, "window": "month", "average": True}), st.integers(1, 6)),
)
# Two of the same name are two all the same.
AREAS = [
    AreaPlace(slug, name, 63.0, 14.0, 1, 1) for slug, name in {"froso": "Lit", "lit": "Lit", "brunflo": "X"}.items()
]


@given(RULES, WORK, DAYS, JUDGED)
def test_one_more_entry_never_makes_it_worse(promise: Rule, work: list[date], more: date, day: date) -> None:
    before, after = (judge(promise, done(days), day) for days in (work, [*work, more]))
    assert WORST_FIRST.index(after.state) >= WORST_FIRST.index(before.state)
    assert after.done >= before.done


@given(RULES, WORK, JUDGED, st.integers(1, 60))
def test_time_alone_never_makes_it_better_before_the_end(promise: Rule, work: list[date], day: date, days: int) -> None:
    earlier = [when for when in work if when <= day]
    later = min(day + timedelta(days=days), YEAR.last)
    then, since = judge(promise, done(earlier), day), judge(promise, done(earlier), max(day, later))
    if day <= YEAR.last:
        assert WORST_FIRST.index(since.state) <= WORST_FIRST.index(then.state)


@given(RULES, WORK, JUDGED)
def test_a_state_says_no_more_than_the_calendar_allows(promise: Rule, work: list[date], day: date) -> None:
    found = judge(promise, done(work), day)
    assert (found.state is State.NOT_FULFILLED) <= (day > YEAR.last)
    assert (found.state is State.NOT_STARTED) <= (found.done == 0)
    assert found.state is not State.ONGOING
    assert 0 <= found.share_done <= 1


@given(WORK, st.integers(1, 20), st.integers(1, 60), JUDGED)
def test_no_entry_counts_for_two_targets_in_addition(work: list[date], apart: int, number: int, day: date) -> None:
    label = {"sv": "på helger", "en": "on weekends"}
    weekends = {"label": label, "limit": {"weekdays": [5, 6]}, "target": {"at_least": apart}, "setting": "in-addition"}
    judged = basis(rule(target={"at_least": number}, parts=[weekends]), done(work), day)
    assert progress(judged).done + sum(part.done for _, part in parts(judged)) == sum(when <= day for when in work)


@given(st.lists(st.tuples(DAYS, st.sampled_from(["froso", "lit", "-"])), max_size=40), JUDGED)
def test_areas_and_months_add_up_to_the_total(work: list[tuple[date, str]], day: date) -> None:
    judged = basis(rule(spread=True), [entry for when, area in work for entry in done([when], area=area)], day)
    found, reached = where(judged, AREAS)
    assert sum(amount for _, amount in found) == progress(judged).done
    assert sum(amount for _, amount in by_month(judged)) == progress(judged).done
    assert reached == (len({area for when, area in work if when <= day} - {"-"}), 3)
