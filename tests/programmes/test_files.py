"""Programmes as files."""

from datetime import date
from pathlib import Path

import pytest

from fieldlog.actors import Organisation
from fieldlog.programmes.queries import OSTERSUND, WrongProgrammeError, known_programmes, read_programme

LEAST = """
municipality = "2361"
slug = "harjedalen-{year}"
name = { sv = "Löfte {year}", en = "Pledge {year}" }
first_day = 2023-07-01
last_day = 2024-06-30
background = { sv = "Läget.", en = "The situation." }
focus_areas = [{ slug = "traffic", name = { sv = "Trafik", en = "Traffic" } }]
[[pledges]]
slug = "traffic"
title = { sv = "Trafik", en = "Traffic" }
promise = { sv = "Polisen lovade.", en = "The police promised." }
promised_by = ["police"]
[[pledges.commitments]]
slug = "controls"
title = { sv = "Kontroller", en = "Controls" }
text = { sv = "Minst 52.", en = "At least 52." }
promised_by = ["police"]
focus = ["traffic"]
[pledges.commitments.rule]
counts = ["traffic-control.controls"]
noun = { sv = "kontroller", en = "controls" }
one = { sv = "kontroll", en = "control" }
target = { at_least = 52, by = 2024-02-29 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "programme.toml"
    path.write_text(LEAST, encoding="utf-8")
    return path


def test_ostersund_has_every_commitment_of_the_source() -> None:
    text = read_programme(OSTERSUND)
    assert [len(pledge.commitments) for pledge in text.pledges] == [1, 5, 4, 3]
    assert [focus.slug for focus in text.focus_areas] == ["youth", "narcotics", "violence", "traffic"]
    targets = {item.slug: item.rule.target.at_least for item in text.commitments if item.rule.target}
    assert targets == {"alcohol-inspections": 6, "safety-walks": 2, "traffic-controls": 50}
    assert [item.slug for item in text.commitments if item.rule.share] == ["help-asked", "help-contacted"]
    contacted = next(item for item in text.commitments if item.slug == "help-contacted")
    assert contacted.promised_by == (Organisation.MUNICIPALITY,)
    assert set(contacted.focus) == {"traffic", "narcotics"}


def test_its_own_year_is_no_example_and_another_is() -> None:
    text = read_programme(OSTERSUND)
    own, other = text.for_year(2017), text.for_year(2026)
    assert (own.slug, own.example_of) == ("ostersund-2017", None)
    assert (other.slug, other.name.sv, other.example_of) == ("ostersund-2026", "Medborgarlöfte Östersund 2026", 2017)
    assert (other.first_day, other.last_day) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_year_that_is_moved_takes_the_days_in_its_rules_along(file: Path) -> None:
    moved = read_programme(str(file)).for_year(2025)
    assert (moved.first_day, moved.last_day) == (date(2025, 7, 1), date(2026, 6, 30))
    target = moved.commitments[0].rule.target
    assert target is not None
    assert target.by == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("there", "instead", "why"),
    [
        ("traffic-control.controls", "traffic-control.drones", "no measure traffic-control.drones"),
        ('focus = ["traffic"]', 'focus = ["noise"]', "names no focus area"),
        ("2024-06-30", "2023-06-30", "the last day comes before the first"),
        ('"Löfte {year}"', '"Löfte {place}"', "no other placeholder"),
        ('promised_by = ["police"]', 'promised_by = ["army"]', "promised_by"),
        ("[[pledges]]", "[[pledges", "Expected"),
        ('name = { sv = "Trafik"', 'name = { sv = " "', "focus_areas.0.name: is empty in Swedish"),
        ('title = { sv = "Kontroller"', 'title = { sv = ""', "title: is empty in Swedish"),
        ('noun = { sv = "kontroller"', 'noun = { sv = ""', "controls: what is counted has no name"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_line(file: Path, there: str, instead: str, why: str) -> None:
    file.write_text(LEAST.replace(there, instead), encoding="utf-8")
    with pytest.raises(WrongProgrammeError, match=why) as refused:
        read_programme(str(file))
    assert "\n" not in str(refused.value)


def test_an_unknown_name_tells_the_known_ones() -> None:
    assert known_programmes() == [OSTERSUND]
    with pytest.raises(WrongProgrammeError, match="ostersund-2017"):
        read_programme("atlantis-2017")
