"""The desk's index: everybody finds the places that are open to them, and no other."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.accounts.actions import add_account
from fieldlog.actors import Organisation, Role
from fieldlog.desk.models import GROUPS
from tests.fixtures.people import PASSWORD, person
from tests.fixtures.site import house_of, sign_in


def places(client: FlaskClient) -> list[str]:
    main = client.get("/manage").text.partition("<main")[2]
    return re.findall(r'<li><a href="([^"]+)"', main)


@pytest.mark.parametrize("name", ["supervisor", "coordinator", "administrator"])
def test_every_place_that_is_shown_opens(client: FlaskClient, name: str) -> None:
    sign_in(client, name)
    shown = places(client)
    assert len(shown) > 3
    assert {path: client.get(path, follow_redirects=True).status_code for path in shown} == dict.fromkeys(shown, 200)


@pytest.mark.parametrize("name", ["supervisor", "administrator"])
def test_what_is_not_shown_does_not_open(app: Flask, client: FlaskClient, name: str) -> None:
    sign_in(client, name)
    shown = places(client)
    with app.test_request_context():
        every = {app.url_for(place.endpoint) for group in GROUPS for place in group.places}
    others = every - set(shown)
    assert others
    assert {path: client.get(path).status_code for path in others} == dict.fromkeys(others, 403)


def test_whoever_promises_nothing_plans_nothing(app: Flask, client: FlaskClient) -> None:
    house = house_of(app)

    def appoint(session: Session) -> None:
        by = person(house.database, "administrator")
        add_account(
            session, by, house.clock(), name="enhetschefen", password=PASSWORD,
            organisation=Organisation.SOCIAL_SERVICES, role=Role.SUPERVISOR, unit="uppsokande-teamet",
        )  # fmt: skip

    house.database.write(appoint)
    sign_in(client, "enhetschefen")
    assert "/review" in places(client)
    assert "/manage/programme" not in places(client)
    assert client.get("/manage/programme").status_code == 403
