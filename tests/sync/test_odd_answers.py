"""Answers that no form of ours sends: refused on their field, and never a fault of ours."""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from fieldlog.intake.models import Refusal
from tests.fixtures.site import house_of
from tests.sync.phone import Phone, an_entry

ODD_ANSWERS = {
    "not a number": float("nan"),
    "endless": float("inf"),
    "huge": 10**4000,
    "half a character": "\ud83d",
    "a zero character": "a\0b",
    "yes": True,
    "a fraction": 1.5,
    "an object": {"a": [1]},
}


@pytest.fixture
def kept(app: Flask) -> Any:
    def refusals() -> list[Refusal]:
        with house_of(app).database.read() as session:
            return list(session.scalars(select(Refusal)))

    return refusals


@pytest.mark.parametrize("answer", ODD_ANSWERS.values(), ids=ODD_ANSWERS)
@pytest.mark.parametrize("name", ["vehicles", "place", "organisations", "nothing-of-ours", "\0\ud800"])
def test_an_odd_answer_is_refused_on_its_field(phone: Phone, kept: Any, name: str, answer: Any) -> None:
    told = phone.send(an_entry(answers={name: answer}), an_entry()).get_json()["results"]
    assert [result["outcome"] for result in told] == ["refused", "accepted"]
    assert told[0]["reasons"].keys() == {name}
    assert len(kept()) == 1


@pytest.mark.parametrize("name", ["kind", "area", "reason", "explanation"])
@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 10_000, "😀"])
def test_an_odd_text_is_never_a_fault_of_ours(phone: Phone, name: str, text: str) -> None:
    original = an_entry()
    phone.send(original)
    changed = original | {"id": an_entry()["id"], "replaces": original["id"], "reason": "other", name: text}
    assert phone.outcomes(changed) in (["refused"], ["accepted"])


def test_of_a_name_given_twice_the_last_one_holds(phone: Phone) -> None:
    body = json.dumps(phone.envelope(an_entry())).replace('"area":', '"area": "atlantis", "area":')
    assert phone.post(body).get_json()["results"][0]["outcome"] == "accepted"


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1970-01-01T00:00:00Z"])
@pytest.mark.parametrize("name", ["happened_at", "saved_at", "sent_at"])
def test_the_ends_of_time_are_no_fault_of_ours(phone: Phone, name: str, moment: str) -> None:
    changed = {name: moment} if name == "sent_at" else {}
    sent = an_entry() | ({} if changed else {name: moment})
    first = phone.outcomes(sent, **changed)
    assert first in (["accepted"], ["refused"])
    assert phone.outcomes(sent, **changed) == [{"accepted": "already"}.get(first[0], first[0])]
