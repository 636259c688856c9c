"""A phone's outbox comes in: each entry on its own, once, and the phone is told what became of each."""

from flask import Flask
from sqlalchemy import func, select

from fieldlog.entries.models import Entry
from fieldlog.ids import new_id
from fieldlog.intake.models import Refusal
from fieldlog.intake.queries import open_refusals
from fieldlog.tallies.actions import recount
from tests.fixtures.people import person
from tests.fixtures.site import house_of
from tests.fixtures.work import NOW
from tests.sync.phone import Phone, an_entry


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
    assert len(set(told["codes"])) == 5, "an officer has codes in store"
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


def test_what_was_refused_and_put_away_on_the_phone_needs_nobody_any_more(app: Flask, phone: Phone) -> None:
    bad, other = an_entry(answers={"vehicles": -1}), an_entry(answers={"vehicles": -1})
    colleague, database = Phone(app, "colleague"), house_of(app).database
    assert phone.outcomes(bad, other) == ["refused", "refused"]
    assert colleague.outcomes(bad) == ["refused"]
    assert colleague.send(discarded=[bad["id"], str(new_id(NOW))]).status_code == 200
    with database.read() as session:
        assert [open_refusals(session, person(database, name)) for name in ("officer", "colleague")] == [2, 0]
    assert phone.send(discarded=[bad["id"]]).status_code == 200
    with database.read() as session:
        waiting = session.scalars(select(Refusal.entry_id).where(Refusal.settled_at.is_(None))).all()
    assert [str(one) for one in waiting] == [other["id"]]


def test_two_hundred_come_in_at_once_and_no_more(app: Flask, phone: Phone) -> None:
    assert phone.outcomes(*(an_entry() for _ in range(200))) == ["accepted"] * 200
    answer = phone.send(*(an_entry() for _ in range(201)))
    assert (answer.status_code, answer.get_json()) == (413, {"error": "Request Entity Too Large"})
    assert stored(app) == 200


def test_an_empty_batch_is_answered_with_the_tallies(phone: Phone) -> None:
    told = phone.send().get_json()
    assert told["results"] == []
    assert told["tallies"]["kinds"]["traffic-control"] == "0 av 50"
