"""Entries that cannot be read: the others of the batch come in, and these are kept for somebody to look at."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from fieldlog.intake.actions import redact
from fieldlog.intake.models import Refusal
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, an_entry


def nested(depth: int) -> Any:
    value: Any = "deep"
    for _ in range(depth):
        value = [value]
    return value


WRONG = {
    "no time": {"happened_at": None},
    "a number for a time": {"happened_at": 1_700_000_000},
    "a time without an offset": {"happened_at": "2026-11-21T21:40:00"},
    "a day that never was": {"happened_at": "2026-02-30T21:40:00Z"},
    "a year before all": {"saved_at": "0000-01-01T00:00:00Z"},
    "an offset of a day": {"happened_at": "2026-11-21T21:40:00+24:00"},
    "a week's date": {"happened_at": "2026-W47-6T21:40:00Z"},
    "no kind": {"kind": None},
    "a list for a kind": {"kind": ["patrol"]},
    "a number for an area": {"area": 7},
    "a list for answers": {"answers": []},
    "a text for a flag": {"untouched_now": "true"},
    "nothing for a flag": {"void": None},
    "half an id to replace": {"replaces": "0192aaaa"},
    "a number for a reason": {"reason": 5},
    "an object for an explanation": {"explanation": {"sv": "Fel"}},
    "more than the contract has": {"author": 3},
    "a bottomless answer": {"answers": {"note": nested(300)}},
}


@pytest.fixture
def kept(app: Flask) -> Any:
    def refusals() -> list[Refusal]:
        with house_of(app).database.read() as session:
            return list(session.scalars(select(Refusal)))

    return refusals


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_an_entry_that_cannot_be_read_is_refused_alone_and_kept(phone: Phone, kept: Any, wrong: dict[str, Any]) -> None:
    bad = an_entry(answers={"note": "Stod vid ABC 123"}) | wrong
    told = phone.send(an_entry(), bad, an_entry()).get_json()["results"]
    assert [result["outcome"] for result in told] == ["accepted", "refused", "accepted"]
    assert told[1]["id"] == bad["id"]
    assert told[1]["reasons"].keys() == wrong.keys()
    assert all(told[1]["reasons"].values())
    (refusal,) = kept()
    assert str(refusal.entry_id) == bad["id"]
    assert "ABC 123" not in json.dumps(refusal.item)


def test_it_is_kept_once_and_settled_when_it_was_mended(phone: Phone, kept: Any) -> None:
    bad = an_entry(happened_at="yesterday")
    assert phone.outcomes(bad) + phone.outcomes(bad) == ["refused", "refused"]
    assert phone.outcomes(bad | {"happened_at": NOW.isoformat()}) == ["accepted"]
    assert [refusal.settled_at for refusal in kept()] == [NOW]


@pytest.mark.parametrize("bad", [None, [], "entry", 7, {}, {"id": "mine"}, {"id": None, "kind": "patrol"}, nested(300)])
def test_an_entry_without_an_id_is_refused_in_its_place_and_kept_once(phone: Phone, kept: Any, bad: Any) -> None:
    for _ in range(2):
        told = phone.send(an_entry(), bad).get_json()["results"]
        assert (told[1]["id"], told[1]["outcome"]) == (None, "refused")
    assert len(kept()) == 1


def test_redacting_takes_the_whole_of_it_away(app: Flask, phone: Phone, kept: Any) -> None:
    bad = an_entry(answers={"note": "Hemligt"}, happened_at="yesterday", remark="Hemligt")
    phone.send(bad)
    (refusal,) = kept()
    assert "Hemligt" in json.dumps(refusal.item)
    by = person(house_of(app).database, "administrator")
    house_of(app).database.write(lambda session: redact(session, refusal.entry_id, by, NOW))
    assert "Hemligt" not in json.dumps([kept()[0].item, kept()[0].reasons])
