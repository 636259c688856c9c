"""What a supervisor does about the public page: look ahead, hold back with a reason, tell news, look back."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.audit.models import AuditEvent
from fieldlog.intake.actions import accept
from fieldlog.publication.models import PublishedAmount
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit
from tests.fixtures.work import item

DESK, HOLD = "/manage/publication", "/manage/publication/ostersund-2026/traffic-controls"
REASON = "Vi ser över hur vi räknar."


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "supervisor")
    return client


def edit(client: FlaskClient, path: str, **told: str) -> int:
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', client.get(path).text)
    assert seen
    return submit(client, path, {**told, "seen": seen[1]}).status_code


def log_control(app: Flask) -> None:
    house = house_of(app)
    officer = person(house.database, "officer")
    house.database.write(lambda session: accept(session, [item(answers={"suspected": 2})], officer, house.clock()))


def published(app: Flask) -> int:
    with house_of(app).database.read() as session:
        return len(session.scalars(select(PublishedAmount)).all())


def test_a_preview_tells_what_is_new_and_publishes_nothing(app: Flask, client: FlaskClient, desk: FlaskClient) -> None:
    client.get("/")
    log_control(app)
    assert "Hittills har det blivit 1." in desk.get(f"{DESK}/preview").text
    assert published(app) == 0
    assert "Hittills har det blivit 1." not in client.get("/").text


def test_what_is_held_back_is_told_with_its_reason_alone(
    app: Flask, client: FlaskClient, desk: FlaskClient, clock: StoppedClock
) -> None:
    log_control(app)
    clock.move(days=1)
    assert "Hittills har det blivit 1." in client.get("/").text
    assert edit(desk, f"{HOLD}/hold", reason="Fråga 850709-9805", reason_en="") == 422
    assert edit(desk, f"{HOLD}/hold", reason=REASON, reason_en="") == 303
    page = client.get("/").text
    assert "Hittills har det blivit 1." not in page
    assert REASON in page
    assert submit(desk, f"{HOLD}/show", {}, page=DESK).status_code == 303
    assert "Hittills har det blivit 1." in client.get("/").text
    with house_of(app).database.read() as session:
        noted = session.scalars(select(AuditEvent.action).where(AuditEvent.action.like("commitment-%"))).all()
    assert noted == ["commitment-held", "commitment-shown"]


def test_news_hold_no_personal_number_or_plate_and_can_be_withdrawn(client: FlaskClient, desk: FlaskClient) -> None:
    for text in ("Ring 850709-9805", "Bilen ABC 123 stod där"):
        assert edit(desk, f"{DESK}/post", title="Nytt", title_en="", text=text, text_en="") == 422
    assert edit(desk, f"{DESK}/post", title="Nytt", title_en="", text="Fler kontroller.", text_en="") == 303
    assert "Fler kontroller." in client.get("/").text
    assert submit(desk, f"{DESK}/posts/1/withdraw", {}, page=DESK).status_code == 303
    assert "Fler kontroller." not in client.get("/").text


def test_whatever_was_public_can_be_seen_again(
    app: Flask, client: FlaskClient, desk: FlaskClient, clock: StoppedClock
) -> None:
    log_control(app)
    for _ in range(3):
        clock.move(days=1)
        client.get("/")
        log_control(app)
    assert "Hittills är 3 gjorda." in client.get("/").text
    listed = re.findall(rf'href="({DESK}/2026-[^"]+)"', desk.get(DESK).text)
    told = [desk.get(address.replace("&amp;", "&")).text for address in listed]
    assert ["Hittills är 3 gjorda." in told[0], "Hittills är 2 gjorda." in told[1], "blivit 1." in told[2]] == [
        True
    ] * 3


def test_only_those_who_promise_decide_about_it(app: Flask, client: FlaskClient) -> None:
    for name, status in (("coordinator", 200), ("officer", 403), ("administrator", 403)):
        sign_in(client, name)
        assert client.get(DESK).status_code == status
        assert client.get(f"{DESK}/preview").status_code == status
