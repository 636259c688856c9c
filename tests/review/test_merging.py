"""Two entries of the same work become one: which of them, with what, and what became of them meanwhile."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.entries.models import Entry
from fieldlog.tallies.actions import recount
from tests.fixtures.site import house_of, sign_in
from tests.fixtures.work import item
from tests.intake.posting import total
from tests.review.desk import current, merging, pair, press, send

CONTROLS, VEHICLES = "traffic-control.controls", "traffic-control.vehicles"


def test_a_pair_is_shown_side_by_side_and_becomes_one(desk: FlaskClient) -> None:
    one, two = pair(house_of(desk.application), answers={"vehicles": 14, "near_school": True}, other={"vehicles": 15})
    path = f"/review/merge/{one}/{two}"
    assert path in desk.get("/review").text
    page = desk.get(path)
    assert "2026-11-21 21:40" in page.text
    assert "2026-11-21 21:25" in page.text
    answer = desk.post(path, data=merging(page, **{"take-vehicles": "second"}))
    assert (answer.status_code, answer.location) == (303, f"/entries/{one}")
    kept, gone = current(desk, one), current(desk, two)
    assert (kept.answers["vehicles"], kept.answers["near_school"], kept.reason) == (15, True, "duplicate")
    assert (gone.is_void, gone.merged_into_id, gone.reason) == (True, one, "duplicate")
    assert total(desk, CONTROLS).amount == 1
    assert total(desk, VEHICLES).amount == 15
    assert path not in desk.get("/review").text
    history = desk.get(f"/entries/{two}").text
    assert "Sammanslagen med en annan aktivitet." in history
    assert f"/entries/{one}" in history
    with house_of(desk.application).database.read() as reading:
        assert recount(reading) == []
        actions = reading.scalars(select(AuditEvent.action)).all()
    assert {"entry-corrected", "entry-voided", "review-merged"} <= set(actions)


def test_everybody_who_took_part_is_in_the_merged_entry(app: Flask) -> None:
    """The police and the municipality each logged their joint round, and each said that the other was there."""
    house, client = house_of(app), app.test_client()
    both = {"organisations": ["police", "municipality"], "venues": 6}
    one, two = (
        item("alcohol-inspection", {**both, "note": "Polisens"}),
        item("alcohol-inspection", {**both, "note": "Vår"}),
    )
    send(house, "officer", one)
    send(house, "inspector", two)
    sign_in(client, "coordinator")
    page = client.get(f"/review/merge/{one.id}/{two.id}")
    assert "Polisens" not in page.text
    assert "take-note" not in page.text
    assert client.post(f"/review/merge/{one.id}/{two.id}", data=merging(page)).status_code == 303
    assert current(client, one.id).answers["note"] == "Polisens"
    assert current(client, one.id).organisations == {"police", "municipality"}
    assert current(client, two.id).answers["note"] == "Vår"
    assert total(client, "alcohol-inspection.qualified").amount == 1


def test_those_who_were_asked_at_the_other_control_were_asked_at_this_one(desk: FlaskClient) -> None:
    house = house_of(desk.application)
    one, two = pair(house, answers={"suspected": 2}, other={"suspected": 2})
    offer = item("help-offer", {"control": str(two)})
    send(house, "colleague", offer)
    desk.post(f"/review/merge/{one}/{two}", data=merging(desk.get(f"/review/merge/{one}/{two}")))
    assert current(desk, offer.id).linked_id == one
    assert total(desk, "traffic-control.unasked").amount == 1
    with house.database.read() as reading:
        assert recount(reading) == []


def test_a_question_that_arrives_after_the_merge_belongs_to_the_merged_control(desk: FlaskClient) -> None:
    house = house_of(desk.application)
    one, two = pair(house, answers={"suspected": 2}, other={"suspected": 2})
    desk.post(f"/review/merge/{one}/{two}", data=merging(desk.get(f"/review/merge/{one}/{two}")))
    assert total(desk, "traffic-control.unasked").amount == 2
    offer = item("help-offer", {"control": str(two)})
    send(house, "colleague", offer)
    assert current(desk, offer.id).linked_id == one
    assert total(desk, "traffic-control.unasked").amount == 1
    with house.database.read() as reading:
        assert recount(reading) == []


def test_two_different_ones_never_come_back(desk: FlaskClient) -> None:
    one, two = pair(house_of(desk.application))
    assert "Möjliga dubbletter" in desk.get("/review").text
    assert press(desk, "/review/different").status_code == 303
    assert "Möjliga dubbletter" not in desk.get("/review").text
    known = current(desk, one)
    send(house_of(desk.application), "officer", item(answers={"vehicles": 99}, replaces=known.id, reason="wrong-count"))
    assert "Möjliga dubbletter" not in desk.get("/review").text
    with house_of(desk.application).database.read() as reading:
        (event,) = reading.scalars(select(AuditEvent).where(AuditEvent.action == "review-different"))
    assert {str(one), str(two)} == {*event.subject.split(":")[1:]}


def test_a_page_that_is_sent_twice_merges_once(desk: FlaskClient) -> None:
    one, two = pair(house_of(desk.application))
    data = merging(desk.get(f"/review/merge/{one}/{two}"))
    answers = [desk.post(f"/review/merge/{one}/{two}", data=data) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    with house_of(desk.application).database.read() as reading:
        assert len(reading.scalars(select(Entry)).all()) == 4


@pytest.mark.parametrize("which", [0, 1])
def test_whoever_merges_what_was_changed_meanwhile_sees_how_it_is_now(desk: FlaskClient, which: int) -> None:
    ids = pair(house_of(desk.application))
    path = f"/review/merge/{ids[0]}/{ids[1]}"
    data = merging(desk.get(path))
    known = current(desk, ids[which])
    changed = item(answers={"vehicles": 77}, replaces=known.id, reason="wrong-count", happened_at=known.happened_at)
    send(house_of(desk.application), ("officer", "colleague")[which], changed)
    answer = desk.post(path, data=data)
    assert answer.status_code == 409
    assert "Någon har ändrat en av dem under tiden" in answer.text
    assert "77" in answer.text
    assert not current(desk, ids[1]).is_void
    assert desk.post(path, data=merging(answer)).status_code == 303


def test_one_that_was_voided_meanwhile_stops_it(desk: FlaskClient) -> None:
    one, two = pair(house_of(desk.application))
    path = f"/review/merge/{one}/{two}"
    data = merging(desk.get(path))
    known = current(desk, two)
    send(house_of(desk.application), "colleague", item(replaces=known.id, void=True, reason="other"))
    answer = desk.post(path, data=data)
    assert answer.status_code == 409
    assert "Den ena är redan makulerad." in answer.text
    assert "Den ena är redan makulerad." in desk.get(path).text
    assert current(desk, one).replaces_id is None
