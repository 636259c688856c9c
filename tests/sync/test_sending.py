"""A phone's outbox comes in: each entry on its own, once, and the phone is told what became of each."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from fieldlog.accounts.models import Device
from fieldlog.entries.models import Entry
from fieldlog.intake.models import Refusal
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, a_correction, an_entry, later


def stored(app: Flask) -> int:
    with house_of(app).database.read() as session:
        assert recount(session) == []
        return session.scalar(select(func.count(Entry.id))) or 0


def test_what_is_sent_is_stored_counted_and_answered(app: Flask, phone: Phone) -> None:
    sent = an_entry(answers={"vehicles": 3})
    answer = phone.send(sent)
    assert answer.status_code == 200
    told = answer.get_json()
    assert told["results"] == [{"id": sent["id"], "outcome": "accepted"}]
    assert told["codes"] == []
    assert told["server_time"] == NOW.isoformat()
    assert told["tallies"]["kinds"]["traffic-control"] == "1 av 50", "the own entry is in it"
    assert told["tallies"]["at"] == NOW.isoformat()
    assert told["epoch"] == phone.client.get("/whoami").get_json()["epoch"]
    assert stored(app) == 1


def test_the_same_again_is_already_there(app: Flask, phone: Phone) -> None:
    sent = an_entry()
    assert phone.outcomes(sent) == ["accepted"]
    assert phone.outcomes(sent, sent) == ["already", "already"]
    assert stored(app) == 1


def test_two_of_the_same_id_in_one_batch_are_one(app: Flask, phone: Phone) -> None:
    sent = an_entry(answers={"vehicles": 1})
    other = sent | {"answers": {"vehicles": 2}}
    assert phone.outcomes(sent, sent, other) == ["accepted", "already", "refused"]
    assert stored(app) == 1


def test_a_correction_before_its_original_waits_and_comes_in_with_it(app: Flask, phone: Phone) -> None:
    original = an_entry(answers={"vehicles": 1})
    corrected = a_correction(original, {"vehicles": 2})
    assert phone.outcomes(corrected) == ["waiting"]
    assert phone.outcomes(corrected, original) == ["accepted", "accepted"]
    assert stored(app) == 2


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


def test_one_refused_sinks_no_other_and_its_reasons_are_in_the_readers_words(app: Flask, phone: Phone) -> None:
    bad = an_entry(answers={"vehicles": -1, "note": "Stod vid ABC 123"})
    told = phone.send(an_entry(), bad, an_entry()).get_json()["results"]
    assert [result["outcome"] for result in told] == ["accepted", "refused", "accepted"]
    assert told[1]["reasons"]["vehicles"] == "Skriv ett tal från 0 till 9999."
    phone.client.set_cookie("language", "en")
    assert phone.send(bad).get_json()["results"][0]["reasons"]["vehicles"] == "Write a number from 0 to 9999."
    with house_of(app).database.read() as session:
        kept = session.scalars(select(Refusal)).one()
    assert kept.item["answers"]["note"] == "Stod vid ███████"
    assert stored(app) == 2


def test_two_hundred_come_in_at_once_and_no_more(app: Flask, phone: Phone) -> None:
    assert phone.outcomes(*(an_entry() for _ in range(200))) == ["accepted"] * 200
    answer = phone.send(*(an_entry() for _ in range(201)))
    assert (answer.status_code, answer.get_json()) == (413, {"error": "Request Entity Too Large"})
    assert stored(app) == 200


def test_an_empty_batch_is_answered_with_the_tallies(phone: Phone) -> None:
    told = phone.send().get_json()
    assert told["results"] == []
    assert told["tallies"]["kinds"]["traffic-control"] == "0 av 50"


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


def test_the_phones_clock_is_compared_with_ours(app: Flask, phone: Phone) -> None:
    now_there = later(NOW, hours=5)
    untouched = an_entry(happened_at=later(NOW, hours=4), saved_at=later(NOW, hours=4), untouched_now=True)
    earlier_page = an_entry(happened_at=later(NOW, hours=2), saved_at=later(NOW, hours=2))
    assert phone.outcomes(untouched, earlier_page, sent_at=now_there) == ["accepted", "accepted"]
    with house_of(app).database.read() as session:
        held = {
            str(entry.id): (entry.happened_at.isoformat(), entry.doubtful_time)
            for entry in session.scalars(select(Entry))
        }
    assert held == {
        untouched["id"]: (later(NOW, hours=-1), False),
        earlier_page["id"]: (NOW.isoformat(), True),
    }


@pytest.mark.parametrize("zone", ["Z", "+01:00", "-11:30"])
def test_times_may_have_any_offset(phone: Phone, zone: str) -> None:
    assert phone.outcomes(an_entry(happened_at=f"2026-11-20T21:40:00.123456789{zone}")) == ["accepted"]


def test_the_phones_version_and_what_still_waits_is_kept_with_its_session(app: Flask, phone: Phone) -> None:
    def kept() -> tuple[str | None, int | None]:
        with house_of(app).database.read() as session:
            device = session.scalars(select(Device)).one()
            return device.app, device.waiting

    phone.send(an_entry(), app="0a1b2c", waiting=7)
    assert kept() == ("0a1b2c", 7)
    phone.send(an_entry(), app="x\0\ud800" + "y" * 99, waiting=10**30)
    assert kept() == ("x" + "y" * 39, 1_000_000)


class TestWhoAmI:
    def test_a_phone_is_told_who_is_signed_in_and_what_they_log(self, phone: Phone) -> None:
        phone.send(an_entry("patrol"))
        told = phone.client.get("/whoami").get_json()
        assert told["account"] == phone.account
        assert (told["name"], told["organisation"]) == ("officer", "police")
        assert told["kinds"][0] == "patrol", "the most used first"
        assert "traffic-control" in told["kinds"]
        assert "outreach" not in told["kinds"]
        assert told["tallies"]["kinds"]["traffic-control"] == "0 av 50"

    def test_a_stranger_is_told_nothing_but_the_time_and_the_epoch(self, client: FlaskClient) -> None:
        answer = client.get("/whoami")
        assert answer.status_code == 200
        assert answer.get_json().keys() == {"account", "epoch", "server_time"}
        assert answer.get_json()["account"] is None

    def test_an_administrator_logs_nothing(self, app: Flask) -> None:
        told = Phone(app, "administrator").client.get("/whoami").get_json()
        assert told["kinds"] == []

    def test_it_is_never_kept_on_the_way(self, client: FlaskClient) -> None:
        assert client.get("/whoami").headers["Cache-Control"] == "no-store"
