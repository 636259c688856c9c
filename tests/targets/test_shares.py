"""A part of a whole: everybody asked, everybody contacted in time."""

from datetime import date

import pytest

from fieldlog.counting.models import Rule
from fieldlog.programmes.queries import OSTERSUND, read_programme
from fieldlog.targets.models import State
from fieldlog.targets.queries import by_tertial
from tests.fixtures.promises import AFTER, Work, basis, judge, rule, times

DAY, LATER = date(2017, 5, 5), date(2017, 6, 1)
RULES: dict[str, Rule] = {commitment.slug: commitment.rule for commitment in read_programme(OSTERSUND).commitments}
ASKED, CONTACTED = RULES["help-asked"], RULES["help-contacted"]


def offers(asked: int, of: int, unasked: int = 0) -> list[Work]:
    """Offers logged, so many of them with the question asked; and suspected drivers for whom none is logged."""
    return [
        *times(asked, DAY, ref="help-offer.asked"),
        *times(of, DAY, ref="help-offer.offers"),
        *times(1, DAY, ref="traffic-control.unasked", amount=unasked),
    ]


def test_who_was_not_asked_shows() -> None:
    progress = judge(ASKED, offers(1, of=1, unasked=1), LATER)
    assert (progress.words.sv, progress.state) == ("1 av 2 tillfrågade", State.BEHIND)


def test_who_could_not_be_asked_is_part_of_the_whole() -> None:
    assert judge(ASKED, offers(6, of=7), LATER).words.sv == "6 av 7 tillfrågade"


def test_all_is_kept_while_it_is_complete_and_fulfilled_when_the_period_is_over() -> None:
    assert judge(ASKED, offers(7, of=7), LATER).state is State.ON_TRACK
    assert judge(ASKED, offers(7, of=7), AFTER).state is State.FULFILLED
    assert judge(ASKED, offers(6, of=7), AFTER).state is State.NOT_FULFILLED


def test_with_nobody_to_ask_nothing_is_missing() -> None:
    progress = judge(ASKED, [], LATER)
    assert (progress.words.sv, progress.state) == ("ingen misstänkt hittills", State.ON_TRACK)
    assert judge(ASKED, [], AFTER).state is State.FULFILLED


def test_controls_that_do_not_say_how_many_were_suspected_are_told() -> None:
    controls = times(5, DAY, ref="traffic-control.controls")
    said = times(3, DAY, ref="traffic-control.suspected", amount=0)
    progress = judge(ASKED, [*controls, *said], LATER)
    assert progress.lacking == 2
    assert progress.lacking_words is not None
    assert progress.lacking_words.sv == "2 kontroller saknar uppgift om misstänkta"


def test_an_overdue_yes_is_part_of_the_whole_though_nobody_has_answered_it() -> None:
    answered = [*times(3, DAY, ref="handover-outcome.answered"), *times(3, DAY, ref="handover-outcome.in-time")]
    assert judge(CONTACTED, answered, LATER).words.sv == "3 av 3 kontaktade i tid"
    late = judge(CONTACTED, answered, LATER, overdue=(LATER,))
    assert (late.words.sv, late.state) == ("3 av 4 kontaktade i tid", State.BEHIND)


@pytest.mark.parametrize(
    ("asked", "of", "words", "state"),
    [
        (8, 9, "8 av 9 tillfrågade", State.BEHIND),
        (9, 10, "9 av 10 tillfrågade (90 %)", State.ON_TRACK),
        (17, 19, "17 av 19 tillfrågade (89 %)", State.BEHIND),
    ],
)
def test_a_percentage_is_told_of_ten_or_more_only(asked: int, of: int, words: str, state: State) -> None:
    assert ASKED.share
    share = ASKED.share.model_copy(update={"at_least_percent": 90})
    progress = judge(ASKED.model_copy(update={"share": share}), offers(asked, of=of), LATER)
    assert (progress.words.sv, progress.state) == (words, state)


def test_the_parts_are_told_for_each_tertial_that_had_any() -> None:
    spring, summer = date(2017, 4, 30), date(2017, 5, 1)
    answered = [*times(2, spring, ref="handover-outcome.answered"), *times(3, summer, ref="handover-outcome.answered")]
    in_time = [*times(1, spring, ref="handover-outcome.in-time"), *times(3, summer, ref="handover-outcome.in-time")]
    told = by_tertial(basis(CONTACTED, [*answered, *in_time], date(2017, 9, 1), overdue=(summer,)))
    assert [(tertial.sv, words.sv) for tertial, words in told] == [
        ("Tertial 1 2017", "1 av 2 kontaktade i tid"),
        ("Tertial 2 2017", "3 av 4 kontaktade i tid"),
    ]
    assert by_tertial(basis(rule(), times(2, spring), date(2017, 9, 1))) == ()


def test_a_share_of_fewer_than_ten_is_small() -> None:
    assert judge(ASKED, offers(9, of=9), LATER).is_small
    assert not judge(ASKED, offers(10, of=10), LATER).is_small
    assert not judge(ASKED, [], LATER).is_small
