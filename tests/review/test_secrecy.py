"""Nobody looks at what they may not read: not by the page, not by a guessed id, not by a hint."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.intake.models import Refusal
from fieldlog.review.actions import see
from fieldlog.review.queries import cases, matters
from tests.fixtures.site import house_of, shown, sign_in
from tests.fixtures.work import NOW, item, log
from tests.review.desk import MONTH, groups, merging, pair, post, send

SECRET = "Hemlig plats"


@pytest.fixture
def coordinator_desk(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, "coordinator")
    return client


def test_another_organisation_s_rows_are_not_there(coordinator_desk: FlaskClient) -> None:
    one, two = pair(house_of(coordinator_desk.application), answers={"vehicles": 900, "place": SECRET})
    page = shown(coordinator_desk.get("/review").text)
    assert SECRET not in page
    assert "Trafikkontroll" not in page
    assert coordinator_desk.get(f"/review/merge/{one}/{two}").status_code == 404
    assert coordinator_desk.post(f"/review/merge/{one}/{two}").status_code == 400
    for path, data in (
        (f"/review/merge/{one}/{two}", {"id": str(one), "void_id": str(two), "first": str(one), "second": str(two)}),
        ("/review/different", {"first": str(one), "second": str(two)}),
        ("/review/seen", {"subject": f"entry:{one}"}),
    ):
        assert post(coordinator_desk, path, **data).status_code == 404, path


@pytest.mark.parametrize("name", ["supervisor", "coordinator"])
def test_social_services_work_is_nowhere(app: Flask, name: str) -> None:
    house, client = house_of(app), app.test_client()
    late = NOW - timedelta(days=3)
    outing = item("outreach", {"contacts": 9000, "place": SECRET}, happened_at=late)
    visit = item("youth-visit", {"setting": "school", "young": 4}, happened_at=late)
    send(house, "outreach", outing, visit)
    send(house, "officer", item("youth-visit", {"setting": "school"}, happened_at=late))
    send(house, "inspector", item("youth-visit", {"setting": "school"}, happened_at=late, area="lit"))
    sign_in(client, name)
    page = shown(client.get("/review").text)
    assert SECRET not in page
    assert "Uppsökande" not in page
    assert "En annan organisation" not in page, "not even that they were there"
    assert client.get(f"/review/merge/{outing.id}/{visit.id}").status_code == 404
    for named in (outing.id, visit.id):
        assert post(client, "/review/seen", subject=f"entry:{named}").status_code == 404


def test_a_pair_with_one_that_is_not_read_cannot_be_merged(coordinator_desk: FlaskClient) -> None:
    house = house_of(coordinator_desk.application)
    theirs, own = item("alcohol-inspection"), item("alcohol-inspection")
    send(house, "officer", theirs)
    send(house, "inspector", own)
    assert coordinator_desk.get(f"/review/merge/{own.id}/{theirs.id}").status_code == 404
    assert coordinator_desk.get(f"/review/merge/{theirs.id}/{own.id}").status_code == 404


def test_that_another_organisation_may_have_been_there_is_told_without_what_it_wrote(
    coordinator_desk: FlaskClient,
) -> None:
    house = house_of(coordinator_desk.application)
    theirs = item(
        "alcohol-inspection", {"venues": 6, "place": SECRET, "note": SECRET}, happened_at=NOW - timedelta(minutes=40)
    )
    own = item("alcohol-inspection", {"venues": 5})
    send(house, "officer", theirs)
    send(house, "inspector", own, late=timedelta(seconds=1))
    page = coordinator_desk.get("/review").text
    assert "En annan organisation har loggat samma sorts arbete" in page
    for told in (SECRET, "Turlag 3", "21:00", "Polisen", str(theirs.id)):
        assert told not in shown(page), told
    # They say that the police were there: then the police see it, as a pair.
    joint = item("alcohol-inspection", {"venues": 5, "organisations": ["police"]}, replaces=own.id, reason="other")
    send(house, "inspector", joint)
    assert "En annan organisation" not in coordinator_desk.get("/review").text
    police = coordinator_desk.application.test_client()
    sign_in(police, "supervisor")
    assert f"/review/merge/{theirs.id}/{own.id}" in police.get("/review").text
    path = f"/review/merge/{theirs.id}/{own.id}"
    assert police.post(path, data=merging(police.get(path))).status_code == 303


def test_what_was_refused_is_shown_to_its_own_organisation_only(
    session: Session, officer: Actor, outreach: Actor, supervisor: Actor, coordinator: Actor
) -> None:
    log(session, officer, item(answers={"vehicles": -1}), item("outreach", {"contacts": -1}), item("unknown"))
    log(session, outreach, item("outreach", {"contacts": -1}))
    found = matters(session, supervisor, MONTH, NOW)
    assert groups(found) == ["refused"] * 3, "somebody has to hear of each"
    told = {case.what.sv: case for case in cases(session, supervisor, found) if case.what}
    unread = told["Uppsökande verksamhet"]
    assert unread.said == []
    assert [words.sv for _, words in unread.reasons] == [
        "Organisationen läser inte den typen, så det som skickades visas inte. Fråga den som loggade."
    ]
    assert told["Trafikkontroll"].said
    assert matters(session, coordinator, MONTH, NOW) == []
    head = Actor(supervisor.account, "2380", Organisation.SOCIAL_SERVICES, Role.SUPERVISOR)
    assert groups(matters(session, head, MONTH, NOW)) == ["refused"]
    numbers = session.scalars(select(Refusal.id)).all()
    seen = []
    for number in numbers:
        try:
            see(session, f"refusal:{number}", coordinator, NOW)
            seen.append(number)
        except LookupError:
            continue
    assert seen == []


def test_reporters_and_administrators_have_no_such_page(app: Flask) -> None:
    for name in ("officer", "administrator"):
        client = app.test_client()
        sign_in(client, name)
        assert client.get("/review").status_code == 403
        assert client.get(f"/review/merge/{UUID(int=1)}/{UUID(int=2)}").status_code == 403
