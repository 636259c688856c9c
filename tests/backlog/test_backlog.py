"""The day's page tells how much waits for review: as the list has it, or when it last was so."""

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from fieldlog.accounts.models import Device
from fieldlog.cli.reviewing import count_all
from fieldlog.intake.models import Refusal
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, shown, sign_in
from tests.fixtures.work import NOW, correction, item
from tests.review.desk import pair, press, send

WILD, EARLIER = {"vehicles": 900}, NOW - timedelta(hours=5)
PAGES = ("/day/2026-11-21", "/week/2026-W47", "/month/2026-11", "/period/ostersund-2026")


def told(client: FlaskClient, path: str = PAGES[0]) -> str:
    """What the page says of what waits."""
    part = shown(client.get(path).text).partition('class="card look"')[2].partition("</section>")[0]
    return " ".join(part.replace("</svg>", "<").replace(">", "<").split("<")[-8:])


def supervisor_of(app: Flask, name: str = "supervisor") -> FlaskClient:
    client = app.test_client()
    sign_in(client, name)
    return client


def test_it_is_the_list_right_after_and_a_later_entry_makes_it_say_its_time(app: Flask, clock: StoppedClock) -> None:
    house, client = house_of(app), supervisor_of(app)
    assert "Att granska" in told(client)
    assert "Att granska: " not in told(client), "nobody has counted"
    pair(house)
    assert client.get("/review").status_code == 200
    assert all("Att granska: 1" in told(client, page) for page in PAGES)
    clock.move(minutes=7)
    sign_in(client, "supervisor")
    assert "Att granska: 1" in told(client), "that somebody signs in changes nothing"
    send(house, "officer", item(answers=WILD, happened_at=EARLIER))
    assert "Att granska: " not in told(client)
    assert f"1 när det senast räknades, {NOW.day} nov. kl. 21:40" in told(client)
    client.get("/review")
    assert "Att granska: 2" in told(client)


def test_what_is_decided_and_a_new_day_make_it_say_its_time(app: Flask, clock: StoppedClock) -> None:
    house, client = house_of(app), supervisor_of(app)
    send(house, "officer", item(answers=WILD, happened_at=EARLIER))
    client.get("/review")
    press(client, "/review/seen")
    assert "Att granska: " not in told(client)
    client.get("/review")
    assert "Att granska: 0" in told(client)
    clock.move(days=1)
    sign_in(client, "supervisor")
    assert "Att granska: " not in told(client, "/day/2026-11-22")


def test_a_refusal_and_a_phone_that_falls_silent_move_it(app: Flask) -> None:
    house, client = house_of(app), supervisor_of(app)
    client.get("/review")
    officer = person(house.database, "officer")
    refusal = {"item": {"kind": "patrol", "answers": {}}, "reasons": {}}
    house.database.write(
        lambda session: session.add(
            Refusal(municipality=officer.municipality, entry_id=item().id, account_id=officer.account,
                    received_at=NOW, settled_at=None, **refusal)
        )
    )  # fmt: skip
    assert "Att granska: " not in told(client)
    client.get("/review")
    assert "Att granska: 1" in told(client)
    supervisor_of(app, "officer")
    silent = update(Device).where(Device.account_id == officer.account)
    house.database.write(
        lambda session: session.execute(silent.values(waiting=2, last_seen_at=NOW - timedelta(days=8)))
    )
    assert "Att granska: " not in told(client)
    client.get("/review")
    assert "Att granska: 2" in told(client)


def test_each_supervisor_has_their_own_list(app: Flask) -> None:
    house, police, other = house_of(app), supervisor_of(app), supervisor_of(app, "coordinator")
    control = item()
    send(house, "officer", control, item("patrol", {"note": "x"}))
    send(house, "supervisor", correction(control, WILD))
    pair(house)
    count_all(house.database, house.clock)
    for client in (police, other):
        before = told(client)
        assert "Att granska: " in before
        client.get("/review")
        assert told(client) == before, "the list has the same"


def test_regular_work_counts_where_something_moved(app: Flask, clock: StoppedClock) -> None:
    house, client = house_of(app), supervisor_of(app)
    pair(house)
    count_all(house.database, house.clock)
    assert "Att granska: 1" in told(client)
    clock.move(minutes=7)
    count_all(house.database, house.clock)
    send(house, "officer", item(answers=WILD, happened_at=EARLIER))
    assert "kl. 21:40" in told(client), "nothing had moved, so nothing was counted anew"
    count_all(house.database, house.clock)
    assert "Att granska: 2" in told(client)
