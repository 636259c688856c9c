"""Corrections and voids from a phone: they find what they replace, in whatever order they come."""

from uuid import UUID

from flask import Flask
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, a_correction, an_entry


def stored(app: Flask) -> int:
    with house_of(app).database.read() as session:
        assert recount(session) == []
        return session.scalar(select(func.count(Entry.id))) or 0


def test_a_correction_before_its_original_waits_and_comes_in_with_it(app: Flask, phone: Phone) -> None:
    original = an_entry(answers={"vehicles": 1})
    corrected = a_correction(original, {"vehicles": 2})
    assert phone.outcomes(corrected) == ["waiting"]
    assert phone.outcomes(corrected, original) == ["accepted", "accepted"]
    assert stored(app) == 2


def test_what_waits_is_told_what_it_lacks_and_is_no_refusal(app: Flask, phone: Phone) -> None:
    lonely = a_correction(an_entry(), {})
    linked = an_entry("help-offer", {"control": str(UUID(int=7))})
    for sent, name in ((lonely, "replaces"), (linked, "control")):
        (told,) = phone.send(sent).get_json()["results"]
        assert (told["outcome"], told["reasons"].keys()) == ("waiting", {name})
        assert told["reasons"][name].startswith("Servern har inte den aktivitet som den här hör till.")
    with house_of(app).database.read() as session:
        assert session.scalar(select(func.count(Refusal.id))) == 0


def test_corrections_of_corrections_come_in_whatever_the_order(phone: Phone) -> None:
    first = an_entry(answers={"vehicles": 1})
    second = a_correction(first, {"vehicles": 2})
    third = a_correction(second, {"vehicles": 3})
    gone = a_correction(third, {}, void=True, reason="duplicate")
    assert phone.outcomes(gone, third, second, first) == ["accepted"] * 4


def test_entries_that_correct_each_other_wait_for_ever(phone: Phone) -> None:
    one = an_entry(reason="other")
    other = a_correction(one, {})
    own = an_entry(reason="other")
    assert phone.outcomes(one | {"replaces": other["id"]}, other, own | {"replaces": own["id"]}) == ["waiting"] * 3


def test_an_entry_is_voided(phone: Phone) -> None:
    original = an_entry()
    gone = a_correction(original, {}, void=True, reason="duplicate", explanation="Samma som Anna loggade")
    told = phone.send(original, gone).get_json()
    assert [result["outcome"] for result in told["results"]] == ["accepted", "accepted"]
    assert told["tallies"]["kinds"]["traffic-control"] == "0 av 50"
