"""What a phone may say more or less than usual."""

import json

import pytest

from tests.sync.phone import Phone, an_entry


def test_what_a_newer_app_adds_to_the_envelope_is_left_aside(phone: Phone) -> None:
    assert phone.outcomes(an_entry(), battery=0.3, entries_of_tomorrow=[{}]) == ["accepted"]


def test_what_an_entry_says_beside_the_contract_is_refused_and_not_lost(phone: Phone) -> None:
    told = phone.send(an_entry(weather="snow")).get_json()["results"][0]
    assert told["outcome"] == "refused"
    assert told["reasons"].keys() == {"weather"}


def test_what_may_be_left_out_may_be(phone: Phone) -> None:
    least = {"id", "kind", "happened_at", "saved_at"}
    bare = {name: value for name, value in an_entry().items() if name in least}
    nothing = an_entry(area=None, replaces=None, reason=None, explanation=None)
    assert phone.outcomes(bare, nothing) == ["accepted", "accepted"]
    thin = phone.envelope(an_entry())
    del thin["app"], thin["waiting"]
    assert phone.post(json.dumps(thin)).status_code == 200


@pytest.mark.parametrize("zone", ["Z", "+01:00", "-11:30"])
def test_times_may_have_any_offset(phone: Phone, zone: str) -> None:
    assert phone.outcomes(an_entry(happened_at=f"2026-11-20T21:40:00.123456789{zone}")) == ["accepted"]
