"""Correcting: with a reason, by whoever may, on the version that was seen; the history keeps everything."""

from datetime import date

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.entries.models import Entry
from fieldlog.tallies.models import DayTally
from fieldlog.tallies.queries import Amount
from tests.fixtures.site import house_of, sign_in
from tests.intake.posting import changed, controls, entries, errors, fill_in, saved_id, total
from tests.logbook.changing import correct

VEHICLES = "traffic-control.vehicles"


@pytest.fixture
def officer_s(client: FlaskClient) -> FlaskClient:
    sign_in(client, "officer")
    return client


def test_the_page_shows_what_was_logged(officer_s: FlaskClient, logged: str) -> None:
    page = controls(officer_s.get(f"/entries/{logged}/correct"))
    assert (page["vehicles"], page["place"], page["note"], page["area"]) == ("3", "E14 Svedje", "Lugnt", "brunflo")
    assert page["happened_at"] == "2026-11-20T10:00"


def test_a_correction_counts_instead_and_stands_in_the_history(officer_s: FlaskClient, logged: str) -> None:
    answer = correct(
        officer_s, logged, vehicles="5", explanation="Räknade fel <b>fordon</b>", happened_at="2026-11-21T10:00"
    )
    assert (answer.status_code, answer.location) == (303, f"/entries/{logged}")
    assert total(officer_s, VEHICLES) == Amount(5, 1)
    with house_of(officer_s.application).database.read() as reading:
        days = reading.scalars(select(DayTally.day).where(DayTally.measure == "vehicles", DayTally.entries > 0)).all()
    assert days == [date(2026, 11, 21)]
    page = officer_s.get(f"/entries/{logged}").text
    for words in (
        "Rättad",
        "Fel antal",
        "Räknade fel &lt;b&gt;fordon&lt;/b&gt;",
        "2026-11-20 10:00",
        "2026-11-21 10:00",
    ):
        assert words in page


def test_a_correction_sent_twice_is_one(officer_s: FlaskClient, logged: str) -> None:
    page = changed(
        controls(officer_s.get(f"/entries/{logged}/correct")),
        vehicles="5",
        reason="other",
        happened_at="2026-11-19T09:30",
    )
    for _ in range(2):
        assert officer_s.post(f"/entries/{logged}/correct", data=page).status_code == 303
    assert entries(officer_s) == 2


def test_a_time_that_was_not_touched_keeps_its_seconds(officer_s: FlaskClient) -> None:
    now = saved_id(fill_in(officer_s, vehicles="1"))
    correct(officer_s, now, vehicles="2")
    with house_of(officer_s.application).database.read() as reading:
        assert len(set(reading.scalars(select(Entry.happened_at)).all())) == 1


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "for-fun"}, "reason"),
        ({"vehicles": "-5"}, "vehicles"),
        ({"positives": "2", "tests": "1"}, "positives"),
        ({"note": "Född 890201-3286"}, "note"),
        ({"explanation": "bilen ABC 123"}, "explanation"),
        ({"explanation": "x" * 201}, "explanation"),
        ({"happened_at": "i går"}, "happened_at"),
        ({"happened_at": "2027-01-01T10:00"}, "happened_at"),
        ({"happened_at": "2025-12-31T10:00"}, "happened_at"),
        ({"area": "atlantis"}, "area"),
    ],
)
def test_a_mistake_in_a_correction_is_told_on_its_field_and_everything_typed_stays(
    officer_s: FlaskClient, logged: str, typed: dict[str, str], name: str
) -> None:
    answer = correct(officer_s, logged, **{"fines": "8", "explanation": "Ny uppgift", **typed})
    assert answer.status_code == 422
    assert errors(answer).keys() == {name}
    page = controls(answer)
    expected = {"fines": "8", "explanation": "Ny uppgift", **typed}
    kept = {each: text for each, text in expected.items() if each not in {"area", "reason"}}
    assert {each: page[each] for each in kept} == kept
    assert total(officer_s, VEHICLES).amount == 0, "it was logged the day before"
    assert entries(officer_s) == 1


def test_a_stale_correction_shows_both_versions_and_changes_nothing(officer_s: FlaskClient, logged: str) -> None:
    stale = changed(
        controls(officer_s.get(f"/entries/{logged}/correct")), vehicles="77", place="Min plats", reason="other"
    )
    correct(officer_s, logged, vehicles="5", place="Deras plats")
    answer = officer_s.post(f"/entries/{logged}/correct", data=stale)
    assert answer.status_code == 409
    assert "Deras plats" in answer.text
    assert (controls(answer)["vehicles"], controls(answer)["place"]) == ("77", "Min plats")
    assert entries(officer_s) == 2
