"""What leaves a programme stands as it did on its last day; a period's days change with words first."""

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.programmes.models import Programme
from tests.fixtures.databases import StoppedClock
from tests.fixtures.site import house_of, shown
from tests.planning.desk import change, form_on, said, send
from tests.reshaping.test_adding import HERE, desk, told, work

__all__ = ["desk"]

DAYS, NEXT = f"{HERE}/days", "/manage/programme/ostersund-2027"


def out(part: str, name: str, programme: str = HERE) -> str:
    return f"{programme}/take-out/{part}/{name}"


def events(app: Flask) -> list[tuple[str, dict[str, object]]]:
    with house_of(app).database.read() as reading:
        found = reading.execute(select(AuditEvent.action, AuditEvent.details).order_by(AuditEvent.id))
        return [(action, details) for action, details in found]


def days_of(app: Flask, slug: str = "ostersund-2026") -> tuple[date, date]:
    with house_of(app).database.read() as reading:
        row = reading.get_one(Programme, ("2380", slug))
        return row.first_day, row.last_day


def test_a_commitment_that_left_stands_as_it_did(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    work(app, "traffic-control")
    assert change(desk, out("commitment", "traffic-controls"), gone_from="2026-11-23").status_code == 303
    assert events(app)[-1] == ("commitment-taken-out", {"valid_from": "2026-11-23"})
    before = told(app)["traffic-controls"]
    clock.move(days=3)
    work(app, "traffic-control")
    assert told(app)["traffic-controls"] == before
    assert "Gällde till och med 22 november 2026. Så stod det då." in desk.get("/pledges").text
    answer = change(desk, out("commitment", "traffic-controls"), gone_from="")
    assert "Det gäller inte längre, sedan 23 november 2026." in said(answer)[0]


def test_it_is_kept_after_all_as_long_as_it_holds(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    here = out("commitment", "safety-walks")
    change(desk, here, gone_from="2026-12-01")
    assert form_on(desk.get(here).text)["gone_from"] == ["2026-12-01"]
    assert change(desk, here, gone_from="").status_code == 303
    clock.move(days=20)
    assert "Gällde till" not in desk.get("/pledges").text


def test_a_pledge_leaves_with_its_commitments_and_does_not_come_along(desk: FlaskClient, app: Flask) -> None:
    assert change(desk, out("pledge", "traffic-safety"), gone_from="2026-12-01").status_code == 303
    assert change(desk, out("focus-area", "traffic"), gone_from="2026-12-01").status_code == 303
    assert change(desk, f"{HERE}/next-period").status_code == 303
    page = desk.get(NEXT).text
    assert "Trafik" not in page.partition("<main")[2].replace("Trafikkontroll", "")


def test_of_a_coming_period_it_is_removed(desk: FlaskClient, app: Flask) -> None:
    change(desk, f"{HERE}/next-period")
    assert change(desk, out("commitment", "safety-walks", NEXT), gone_from="2027-01-01").status_code == 303
    assert desk.get(f"{NEXT}/commitments/safety-walks").status_code == 404
    assert desk.get(f"{HERE}/commitments/safety-walks").status_code == 200


@pytest.mark.parametrize(
    ("gone_from", "why"), [("2026-11-21", "är redan räknad"), ("2027-02-01", "utanför perioden"), ("x", "Ange en dag")]
)
def test_a_past_day_is_not_rewritten(desk: FlaskClient, gone_from: str, why: str) -> None:
    answer = change(desk, out("commitment", "safety-walks"), gone_from=gone_from)
    assert (answer.status_code, why in said(answer)[0]) == (422, True)
    assert desk.get(out("commitment", "none")).status_code == 404
    assert desk.get(out("wall", "safety-walks")).status_code == 404


def test_a_longer_period_changes_the_pace_from_tomorrow_only(
    desk: FlaskClient, app: Flask, clock: StoppedClock
) -> None:
    today = house_of(app).clock().date()
    before = told(app)["traffic-controls"]
    assert change(desk, DAYS, last_day="2027-12-31").status_code == 303
    assert told(app, today)["traffic-controls"] == before
    clock.move(days=1)
    assert (told(app)["traffic-controls"][1] or 0) < (before[1] or 0)
    assert told(app, today)["traffic-controls"] == before
    assert events(app)[-1] == (
        "period-changed",
        {
            "first_day": "2026-01-01", "last_day": "2027-12-31",
            "first_day_was": "2026-01-01", "last_day_was": "2026-12-31",
        },
    )  # fmt: skip


def test_what_falls_outside_is_told_before_it_does(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    work(app, "traffic-control")
    clock.move(days=2)
    counted = told(app)["traffic-controls"][0]
    assert "agreed" not in form_on(desk.get(DAYS).text)
    answer = change(desk, DAYS, first_day="2026-11-22")
    assert answer.status_code == 422
    assert "1 januari 2026–21 november 2026 faller utanför" in said(answer)[0]
    assert "(1 st)" in said(answer)[0]
    assert days_of(app)[0] == date(2026, 1, 1)
    assert send(desk, DAYS, form_on(answer.text), agreed="yes").status_code == 303
    assert days_of(app)[0] == date(2026, 11, 22)
    clock.move(days=1)
    assert told(app)["traffic-controls"][0] == counted - 1


def test_days_that_have_gone_are_shown_as_they_were(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    work(app, "traffic-control")
    clock.move(days=2)
    pages = [f"/day/{day}" for day in ("2026-11-21", "2026-11-22", "2026-02-10")]
    before = [main_of(desk.get(page).text) for page in pages]
    assert all("Hittills" in page for page in before)
    change(desk, DAYS, first_day="2026-11-22", agreed="yes")
    assert days_of(app)[0] == date(2026, 11, 22)
    assert [main_of(desk.get(page).text) for page in pages] == before


def main_of(page: str) -> str:
    return shown(page).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("2026-12-31", "2026-01-01", "Den sista dagen kommer före den första."),
        ("2026-01-01", "2027-02-01", "krockar med Medborgarlöfte Östersund 2027, som gäller 1 januari 2027 till"),
        ("2026-12-01", "2026-12-31", "Den kan inte börja senare än i dag"),
        ("2026-01-01", "2026-11-20", "eller sluta före i dag"),
        ("2024-01-01", "2027-12-31", "högst tre år"),
    ],
)
def test_days_that_cannot_be_are_refused(desk: FlaskClient, app: Flask, first: str, last: str, why: str) -> None:
    change(desk, f"{HERE}/next-period")
    answer = change(desk, DAYS, first_day=first, last_day=last)
    assert (answer.status_code, why in said(answer)[0]) == (422, True)
    assert days_of(app) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_period_that_is_over_keeps_its_days(desk: FlaskClient, app: Flask, clock: StoppedClock) -> None:
    clock.move(days=60)
    assert DAYS not in desk.get(HERE).text
    assert "Perioden är slut." in said(change(desk, DAYS, last_day="2027-12-31"))[0]


def test_a_waiting_period_moves_with_its_rules(desk: FlaskClient, app: Flask) -> None:
    change(desk, f"{HERE}/next-period")
    assert change(desk, f"{NEXT}/days", first_day="2027-02-01", last_day="2028-01-31").status_code == 303
    assert days_of(app, "ostersund-2027") == (date(2027, 2, 1), date(2028, 1, 31))
    assert "valid_from" not in desk.get(f"{NEXT}/download").text
    rule = f"{NEXT}/commitments/traffic-controls/rule"
    assert change(desk, rule, valid_from=(date(2027, 2, 1) + timedelta(days=9)).isoformat()).status_code == 303
