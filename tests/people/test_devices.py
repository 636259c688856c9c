"""A person's phones as an administrator sees them: when they were last in touch, what waits, and losing one."""

from flask import Flask
from flask.testing import FlaskClient

from fieldlog.accounts import actions
from fieldlog.accounts.queries import devices
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, open_device, sign_in, submit
from tests.people.walking import noted, page_of


def leave_waiting(app: Flask, name: str, amount: int) -> None:
    """Let the person's latest phone say that it holds so many entries."""
    open_device(app, name)
    house = house_of(app)
    house.database.write(lambda session: actions.hear_outbox(session, device_of(app, name), "1", amount))


def device_of(app: Flask, name: str) -> int:
    house = house_of(app)
    with house.database.read() as reading:
        return devices(reading, person(house.database, name).account)[0].id


def test_it_shows_when_a_phone_was_last_in_touch_and_what_waited(
    app: Flask, desk: FlaskClient, clock: StoppedClock
) -> None:
    leave_waiting(app, "officer", 3)
    clock.move(days=1)
    sign_in(desk, "administrator")
    page = desk.get(page_of(app, "officer")).text
    assert "Senast i kontakt 21 nov. 21:40" in page
    assert "3 väntar" in page
    assert "3 väntar" in desk.get("/manage/accounts?name=officer").text


def test_a_lost_phone_is_out_at_once_and_the_other_stays(app: Flask, desk: FlaskClient) -> None:
    lost, other = app.test_client(), app.test_client()
    sign_in(lost, "officer")
    device = device_of(app, "officer")
    sign_in(other, "officer")
    page = page_of(app, "officer")
    assert "Det som väntar i den ligger kvar där, knutet till personen" in desk.get(page).text
    submit(desk, f"{page}/devices/{device}/revoke", {}, page=page)
    assert lost.get("/log").status_code == 302
    assert other.get("/log").status_code == 200
    assert noted(app)[-1] == "signed-out"


def test_a_phone_is_found_only_with_its_owner(app: Flask, desk: FlaskClient) -> None:
    open_device(app, "officer")
    device, page = device_of(app, "officer"), page_of(app, "colleague")
    assert submit(desk, f"{page}/devices/{device}/revoke", {}, page=page).status_code == 404
    page = page_of(app, "officer")
    paths = [f"{page}/devices/{device}/revoke"] * 2
    assert [submit(desk, path, {}, page=page).status_code for path in paths] == [302, 404]
