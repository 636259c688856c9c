"""Areas that are renamed, taken out of use or deleted; busy hours and other thresholds from a day on."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldlog.audit.models import AuditEvent
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, sign_in, token_in
from tests.fixtures.work import log_one
from tests.planning.desk import change, form_on, said, send

LIT, HOURS = "/manage/areas/lit", "/manage/thresholds"


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    sign_in(client, "coordinator")
    return client


def log_in(app: Flask, area: str) -> None:
    database = house_of(app).database
    by = person(database, "officer")
    database.write(lambda session: log_one(session, by, area=area))


def delete(desk: FlaskClient, area: str) -> TestResponse:
    path = f"/manage/areas/{area}"
    token = token_in(desk.get(path).text)
    return desk.post(f"{path}/delete", data={"csrf_token": token}, follow_redirects=True)


def test_a_renamed_area_keeps_its_former_name_with_its_last_day(desk: FlaskClient, app: Flask) -> None:
    log_in(app, "lit")
    assert change(desk, LIT, name="Lit och Häggenås").status_code == 303
    assert "Hette Lit till och med 20 november 2026" in desk.get("/manage/areas").text
    assert "Lit och Häggenås" in desk.get("/pledges").text
    assert "Lit och Häggenås" in desk.get("/log/safety-walk").text


def test_an_area_out_of_use_is_offered_no_more_and_still_counts(
    desk: FlaskClient, app: Flask, clock: StoppedClock
) -> None:
    log_in(app, "lit")
    assert "1</strong>" in desk.get("/pledges").text
    assert said(change(desk, LIT, retired_from="2026-11-21"))[0].endswith("Tidigast i morgon.")
    change(desk, LIT, retired_from="2026-11-22")
    assert 'value="lit"' in desk.get("/log/safety-walk").text
    clock.move(days=1)
    assert 'value="lit"' not in desk.get("/log/safety-walk").text
    assert "1 av 11" in shown(desk.get("/pledges").text)
    assert "1 av 11 kommundelar" in shown(desk.get("/period/ostersund-2026").text)
    assert "Ur bruk från 22 november 2026" in desk.get("/manage/areas").text
    assert change(desk, LIT, retired_from="").status_code == 303
    assert 'value="lit"' in desk.get("/log/safety-walk").text


def test_an_area_is_none_of_all_on_days_when_it_was_out_of_use(desk: FlaskClient, clock: StoppedClock) -> None:
    change(desk, LIT, retired_from="2026-11-22")
    clock.move(days=2)
    week = desk.get("/week/2026-W48?kind=safety-walk").text
    assert "0 av 10 kommundelar" in shown(week)
    assert ">Lit<" not in week
    assert "0 av 11 kommundelar" in shown(desk.get("/period/ostersund-2026").text)
    report = desk.get("/report/2026-11-22/2026-11-23").text
    assert "0 av 10 kommundelar" in shown(report)


def test_an_area_with_entries_is_not_deleted(desk: FlaskClient, app: Flask) -> None:
    log_in(app, "lit")
    page = delete(desk, "lit").text
    assert "Det finns 1 aktiviteter i Lit." in page or "Det finns en aktivitet i Lit." in page
    assert "Lit" in desk.get("/manage/areas").text


def test_an_area_that_a_rule_names_is_not_deleted_and_another_is(desk: FlaskClient, app: Flask) -> None:
    change(desk, "/manage/programme/ostersund-2026/commitments/traffic-controls/rule", areas=["lit"])
    assert "En räkneregel i ostersund-2026 pekar ut Lit." in delete(desk, "lit").text
    delete(desk, "froso")
    assert desk.get("/manage/areas/froso").status_code == 404
    with house_of(app).database.read() as reading:
        assert reading.query(AuditEvent).filter_by(action="area-deleted").count() == 1


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "Område ABC 123"])
def test_a_wrong_name_is_told(desk: FlaskClient, name: str) -> None:
    answer = change(desk, LIT, name=name)
    assert (answer.status_code, form_on(answer.text)["name"]) == (422, [name])


def test_an_area_does_not_get_the_name_of_another(desk: FlaskClient) -> None:
    answer = change(desk, LIT, name=" BRUNFLO ")
    assert (answer.status_code, said(answer)[0].partition(":")[0]) == (422, "Namn")
    assert "heter redan så" in said(answer)[0]
    assert change(desk, LIT, name="LIT").status_code == 303


def test_busy_hours_change_from_a_day_on(desk: FlaskClient, clock: StoppedClock) -> None:
    values = form_on(desk.get(HOURS).text)
    assert (values["from-1"], values["to-2"], values["venues"], values["hours"]) == (["7"], ["18"], ["5"], ["24"])
    assert change(desk, HOURS, **{"from-2": "16", "venues": "6"}).status_code == 303
    assert "07–09 och 15–18" in desk.get("/pledges").text
    clock.move(days=1)
    assert "07–09 och 16–18" in desk.get("/pledges").text
    assert "Ändrade från: 22 november 2026" in desk.get(HOURS).text


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"to-1": "7"}, "Rusning 1 till: Sluttiden måste vara senare än starttiden."),
        ({"from-3": "8", "to-3": "10"}, "Tiderna går in i varandra."),
        ({"from-3": "20"}, "Rusning 3 till: Sluttiden måste vara senare än starttiden."),
        ({"from-1": "24"}, "Skriv ett tal från 0 till 23."),
        ({"venues": "0"}, "Skriv ett tal från 1 till 99."),
        ({"venues": "-5"}, "Skriv ett tal från 1 till 99."),
        ({"hours": ""}, "Fyll i det här."),
        ({"valid_from": "2026-11-21"}, "Tidigast i morgon."),
    ],
)
def test_thresholds_that_cannot_be_are_told_at_their_field(
    desk: FlaskClient, changed: dict[str, str], why: str
) -> None:
    answer = change(desk, HOURS, **changed)
    assert answer.status_code == 422
    assert why in said(answer)[0]
    assert all(form_on(answer.text)[name] == [typed] for name, typed in changed.items())


def test_two_at_once_do_not_overwrite_each_other(desk: FlaskClient) -> None:
    old = form_on(desk.get(HOURS).text)
    change(desk, HOURS, venues="6")
    assert "Någon annan ändrade det här" in said(send(desk, HOURS, old, hours="48"))[0]
