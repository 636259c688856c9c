"""No figure that others are told of, and no difference between two of them, is a small one."""

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from fieldlog.actors import Organisation
from fieldlog.holding import LEAST, Audience, held_together

FLAG, LEAD, COUNT = "with-police", "passes", "contacts"
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
Passes = list[tuple[bool, int | None]]


def month_of(passes: Passes) -> dict[str, tuple[int, int]]:
    counted = [amount for _, amount in passes if amount is not None]
    together = sum(flag for flag, _ in passes)
    found = {LEAD: (len(passes), len(passes)), FLAG: (together, len(passes)), COUNT: (sum(counted), len(counted))}
    return {name: sums for name, sums in found.items() if sums[1]}


PASS = st.tuples(st.booleans(), st.none() | st.integers(0, 9))


@given(st.lists(st.lists(PASS, max_size=8), min_size=12, max_size=12))
def test_nothing_small_is_told_or_left_over(year: list[Passes]) -> None:
    months = dict(zip(MONTHS, map(month_of, year), strict=True))
    told = list(held_together(months, LEAD, {FLAG}))
    sums = {name: [0] for name in (LEAD, FLAG, COUNT)}
    known = {name: {date(2025, 12, 31): 0} for name in sums}
    for stretch in told:
        sums[stretch.measure].append(sums[stretch.measure][-1] + stretch.amount)
        known[stretch.measure][stretch.span.last] = sums[stretch.measure][-1]
    for running in sums.values():
        assert all(later - earlier >= LEAST for earlier, later in combinations(running, 2))
    for (first, begun), (last, ended) in combinations(known[FLAG].items(), 2):
        without = (known[LEAD][last] - known[LEAD][first]) - (ended - begun)
        assert without == 0 or without >= LEAST
    for name, running in sums.items():
        assert running[-1] <= sum(month.get(name, (0, 0))[0] for month in months.values())


@given(st.lists(st.lists(PASS, max_size=8), min_size=12, max_size=12), st.integers(1, 11))
def test_what_was_told_stays_when_more_months_come(year: list[Passes], so_far: int) -> None:
    months = dict(zip(MONTHS, map(month_of, year), strict=True))
    earlier = list(held_together(dict(list(months.items())[:so_far]), LEAD, {FLAG}))
    later = list(held_together(months, LEAD, {FLAG}))
    assert {*map(str, earlier)} == {str(one) for one in later if one.span.last < date(2026, so_far + 1, 1)}


def test_a_month_is_told_a_week_after_its_end() -> None:
    assert Audience(Organisation.POLICE, date(2026, 11, 7)).settled == date(2026, 10, 1)
    assert Audience(None, date(2026, 11, 8)).settled == date(2026, 11, 1)
