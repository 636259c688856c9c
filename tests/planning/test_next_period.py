"""The next period, made from the last one."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldlog.pledges.actions import Where, change_rule
from fieldlog.programmes.queries import as_text, whole
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.promises import at_least
from tests.fixtures.site import house_of, sign_in
from tests.planning.desk import change, form_on, said

NEXT = "/manage/programme/ostersund-2026/next-period"


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "supervisor")
    return client


def test_it_is_asked_for_thirty_days_before_the_last_one_ends(
    desk: FlaskClient, app: Flask, clock: StoppedClock
) -> None:
    assert "Skapa nästa" not in desk.get("/manage/programme").text
    clock.move(days=11)
    page = desk.get("/manage/programme").text
    assert "Från 1 januari 2027 finns inget medborgarlöfte." in page
    assert NEXT in page


def test_it_begins_where_the_last_one_ends_and_promises_the_same(desk: FlaskClient, app: Flask) -> None:
    house = house_of(app)
    by, where = person(house.database, "supervisor"), Where("ostersund-2026", "traffic-controls")
    rule = at_least(60, by="2026-11-30")
    house.database.write(lambda s: change_rule(s, where, rule, date(2026, 11, 22), by=by, now=house.clock()))
    proposed = form_on(desk.get(NEXT).text)
    assert proposed["name"] == ["Medborgarlöfte Östersund 2027"]
    assert (proposed["first_day"], proposed["last_day"]) == (["2027-01-01"], ["2027-12-31"])
    answer = change(desk, NEXT)
    assert (answer.status_code, answer.location) == (303, "/manage/programme/ostersund-2027")
    assert "Kommande" in desk.get(answer.location).text
    with house.database.read() as reading:
        row = whole(reading, "2380", "ostersund-2027")
        assert row is not None
        made = as_text(row)
    controls = next(item for item in made.commitments if item.slug == "traffic-controls")
    assert controls.rule.target is not None
    assert (controls.rule.target.at_least, controls.rule.target.by) == (60, date(2027, 11, 30))
    assert (controls.changes, controls.plans, controls.notes) == ((), (), ())
    assert (made.decided_on, made.example_of, len(made.commitments)) == (None, 2017, 13)


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2027-12-31", "2027-01-01", "Den sista dagen kommer före den första."),
        ("2026-12-01", "2027-11-30", "Perioden 1 december 2026 till 30 november 2027 krockar med"),
        ("2027-01-01", "2099-12-31", "En period är högst tre år."),
        ("", "2027-12-31", "Fyll i det här."),
    ],
)
def test_a_period_that_cannot_be_is_refused(desk: FlaskClient, first: str, last: str, why: str) -> None:
    answer = change(desk, NEXT, first_day=first, last_day=last)
    assert answer.status_code == 422
    assert why in said(answer)[0]
    assert form_on(answer.text)["last_day"] == [last]


def test_the_same_period_is_not_made_twice(desk: FlaskClient) -> None:
    change(desk, NEXT)
    answer = change(desk, NEXT, first_day="2027-01-01", last_day="2027-12-31")
    assert (
        "krockar med Medborgarlöfte Östersund 2027, som gäller 1 januari 2027 till 31 december 2027" in said(answer)[0]
    )
