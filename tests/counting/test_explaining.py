"""What "så räknar vi" says."""

from datetime import date
from typing import Any

import pytest

from fieldlog.counting.models import Rule
from fieldlog.counting.queries import explain, in_words, listed, pace_in_words
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.measures import Rules
from fieldlog.programmes.queries import OSTERSUND, read_programme
from tests.fixtures.promises import at_least, rule

COMMITMENTS = read_programme(OSTERSUND).commitments


def told(found: Rule, *, plan: bool = False, dates: bool = False, changed: date | None = None) -> list[str]:
    need = found.target.at_least if found.target else None
    words = pace_in_words(found.target, need, plan, dates) if found.target and need else None
    return [sentence.sv for sentence in explain(found, need, words, changed)]


def test_it_begins_with_what_counts_as_one() -> None:
    assert told(at_least(50))[0] == KINDS["traffic-control"].counts_as.sv


def test_fifty_controls() -> None:
    sentences = told(at_least(50))
    assert "Målet är minst 50 under hela perioden." in sentences
    late = "Takten räknas jämnt över perioden. Ligger efter betyder att det saknas mer än 5 mot förväntat i dag."
    assert late in sentences


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ({"at_least": 2, "upto": 3, "window": "term"}, "Målet är 2–3 varje termin. Fler går bra."),
        ({"at_least": 1, "window": "week"}, "Målet är minst 1 varje vecka."),
        ({"at_least": 20, "baseline": 8}, "Före löftet var antalet 8."),
        ({"at_least": 20, "by": "2017-06-30"}, "Målet är minst 20 senast 30 juni 2017."),
        (
            {"at_least": 1, "window": "month", "average": True},
            "Målet är i snitt minst 1 per månad, alltså 1 under hela perioden.",
        ),
    ],
)
def test_targets(target: dict[str, Any], sentence: str) -> None:
    assert sentence in told(rule(target=target))


def test_nothing_promised_is_said() -> None:
    assert "Inget antal är utlovat." in told(rule())


def test_busy_hours_and_venues_are_those_in_force() -> None:
    busy = {"label": {"sv": "i rusningstid", "en": "in busy hours"}, "counts": ["traffic-control.busy-time"]}
    assert "Rusningstid är vardagar 07–09 och 15–18." in told(rule(beside=[busy]))
    assert not any("Rusningstid" in sentence for sentence in told(rule()))
    joint = rule("alcohol-inspection.qualified", beside=[busy])
    other = explain(joint, None, None, thresholds=Rules(busy_hours=((6, 8),), venues_per_occasion=4))
    assert "Rusningstid är vardagar 06–08." in [sentence.sv for sentence in other]
    assert "minst 4 ställen" in other[0].sv
    assert "minst 5 ställen" in told(joint)[0]


def test_hours_that_stand_still_when_offices_are_closed_are_said() -> None:
    contacted = next(one.rule for one in read_programme(OSTERSUND).commitments if one.slug == "help-contacted")
    said = {on: explain(contacted, None, None, thresholds=Rules(answer_on_working_days=on)) for on in (True, False)}
    assert [any("vardagar" in sentence.sv for sentence in said[on]) for on in (True, False)] == [True, False]


def test_limits_and_further_targets() -> None:
    label = {"sv": "Minst 17 torsdagar", "en": "At least 17 on Thursdays"}
    part = {"label": label, "limit": {"weekdays": [3]}, "target": {"at_least": 17}}
    sentences = told(rule(target={"at_least": 52}, limit={"months": [1, 2, 3]}, parts=[part]))
    assert "Bara januari, februari och mars räknas." in sentences
    assert "Minst 17 torsdagar: de räknas också i totalen." in sentences
    apart = told(rule(target={"at_least": 52}, parts=[{**part, "setting": "in-addition"}]))
    assert "Minst 17 torsdagar: de kommer utöver totalen. Ingen räknas två gånger." in apart


def test_the_pace_follows_plan_dates_or_the_last_quarter() -> None:
    assert any("en plan månad för månad" in sentence for sentence in told(at_least(50), plan=True))
    assert any("två veckor senare" in sentence for sentence in told(at_least(6), dates=True))
    assert any("sista fjärdedel" in sentence for sentence in told(at_least(6)))


def test_planned_dates_themselves_are_never_told() -> None:
    assert not any("2017" in sentence for sentence in told(at_least(6), dates=True))


def test_a_change_of_the_rule_is_told() -> None:
    assert told(at_least(6), changed=date(2017, 7, 1))[-1].startswith("Regeln ändrades senast 1 juli 2017.")


@pytest.mark.parametrize("commitment", COMMITMENTS, ids=lambda commitment: commitment.slug)
def test_every_commitment_is_explained_in_both_languages(commitment: Any) -> None:
    for sentence in explain(commitment.rule, 50, None):
        assert sentence.sv.endswith(".")
        assert sentence.en.endswith(".")
        assert "{" not in sentence.sv + sentence.en
        assert sentence.sv != sentence.en


def test_lists_and_days_in_words() -> None:
    assert listed([Label("a", "a")]) == Label("a", "a")
    assert listed([Label("a", "a"), Label("b", "b"), Label("c", "c")]) == Label("a, b och c", "a, b and c")
    assert in_words(date(2017, 7, 1)) == Label("1 juli 2017", "1 July 2017")
