"""What is planned: seen by those who take part and nobody else, logged from the plan once, and followed by the pace."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldlog.actors import Actor, Organisation
from fieldlog.audit.models import AuditEvent
from fieldlog.database import Database
from fieldlog.occasions.actions import Planned, change, plan
from fieldlog.occasions.queries import coming, history, occasion, planned
from fieldlog.periods import Span
from tests.fixtures.people import PEOPLE, person
from tests.fixtures.site import sign_in, submit, token_in
from tests.fixtures.work import log_one

BOTH = frozenset({Organisation.POLICE, Organisation.MUNICIPALITY})
WHEN = {"day": "2026-11-27", "time": "19:00", "area": "lit", "venues": "6"}


def at_lit(starts_at: datetime, *who: Organisation) -> Planned:
    return Planned(starts_at, "lit", 6, frozenset(who) or BOTH)


def state(session: Session, id: UUID, by: Actor) -> str:
    found = occasion(session, id, by)
    return found.state if found else "unseen"


def test_only_those_who_take_part_see_it(session: Session, database: Database, now: datetime) -> None:
    everybody = {name: person(database, name) for name in PEOPLE if name not in {"colleague", "other-officer"}}
    inspector = everybody["inspector"]
    both = plan(session, "alcohol-inspection", at_lit(now), inspector, now)
    own = plan(session, "server-training", at_lit(now, Organisation.MUNICIPALITY), inspector, now)
    seen = {name: {one.row.id for one in coming(session, by, now)} for name, by in everybody.items()}
    assert seen == {
        "officer": {both},
        "supervisor": {both},
        "outreach": set(),
        "inspector": {both, own},
        "coordinator": {both, own},
        "administrator": set(),
    }
    for name, by in everybody.items():
        assert {id for id in (both, own) if occasion(session, id, by)} == seen[name]


def test_it_is_logged_once_and_tells_what_became_of_it(
    session: Session, inspector: Actor, officer: Actor, now: datetime
) -> None:
    id = plan(session, "alcohol-inspection", at_lit(now), inspector, now)
    assert state(session, id, officer) == "planned"
    log_one(session, inspector, "alcohol-inspection", {"venues": 6}, id=id)
    assert state(session, id, officer) == "logged"


def test_what_is_moved_or_cancelled_has_its_history_and_the_audit_log_tells_no_day(
    session: Session, inspector: Actor, supervisor: Actor, now: datetime
) -> None:
    id = plan(session, "alcohol-inspection", at_lit(now), inspector, now)
    found = occasion(session, id, supervisor)
    assert found
    assert found.may_change
    change(session, found.row, at_lit(now + timedelta(days=7)), supervisor, now)
    cancelled = Planned(now + timedelta(days=7), "lit", 6, BOTH, is_cancelled=True)
    change(session, found.row, cancelled, supervisor, now)
    assert [(line.number, line.is_cancelled) for line in history(session, id)] == [(3, True), (2, False), (1, False)]
    assert state(session, id, inspector) == "cancelled"
    events = session.scalars(select(AuditEvent).where(AuditEvent.subject == f"occasion:{id}")).all()
    assert [event.action for event in events] == ["occasion-planned", "occasion-changed", "occasion-cancelled"]
    assert all(event.details == {"kind": "alcohol-inspection"} for event in events)


def test_the_pace_follows_the_days_that_were_planned_when_the_day_was_over(
    session: Session, inspector: Actor, now: datetime
) -> None:
    year, kinds = Span(date(2026, 1, 1), date(2026, 12, 31)), ("alcohol-inspection",)
    id = plan(session, "alcohol-inspection", at_lit(now), inspector, now)
    assert planned(session, "2380", date(2026, 11, 21)).of(kinds, year) == (date(2026, 11, 21),)
    assert planned(session, "2380", date(2026, 11, 20)).of(kinds, year) == ()
    found = occasion(session, id, inspector)
    assert found
    change(session, found.row, at_lit(now + timedelta(days=9)), inspector, now + timedelta(days=1))
    assert planned(session, "2380", date(2026, 11, 21)).of(kinds, year) == (date(2026, 11, 21),)
    assert planned(session, "2380", date(2026, 11, 22)).of(kinds, year) == (date(2026, 11, 30),)


def post_plan(client: FlaskClient, **more: Any) -> TestResponse:
    kept = {"kind": "alcohol-inspection", "organisations": ["police", "municipality"], **WHEN, **more}
    page = client.get("/occasions/plan").text
    seen = page.split('name="seen"')[1].split('value="')[1].split('"')[0]
    return client.post("/occasions/plan", data={"csrf_token": token_in(page), "seen": seen, **kept})


def test_it_is_planned_moved_and_logged_from_its_plan_by_pages(client: FlaskClient) -> None:
    sign_in(client, "inspector")
    assert post_plan(client, day="2026-11-21").status_code == 303
    id = UUID(client.get("/occasions").text.rsplit('href="/occasions/', 1)[1][:36])
    assert "Planerat" in client.get("/log").text
    here = f"/log/alcohol-inspection?occasion={id}"
    form = client.get(here).text
    assert f'value="{id}"' in form
    assert 'value="2026-11-21T19:00"' in form
    answers = {"id": str(id), "happened_at": "2026-11-21T19:00", "area": "lit", "venues": "6"}
    saved = submit(client, "/log/alcohol-inspection", answers | {"organisations": ["police"]}, page=here)
    assert saved.status_code == 303
    assert "Loggat" in client.get(f"/occasions/{id}").text
    assert "Logga tillfället" not in client.get("/occasions").text
    assert client.post(f"/occasions/{id}/cancel", data={"csrf_token": token_in(form)}).status_code == 404
    sign_in(client, "outreach")
    assert client.get(f"/occasions/{id}").status_code == 404
    assert str(id) not in client.get("/occasions").text + client.get("/log").text
    assert client.get("/occasions/plan").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"time": "25:00"}, "Ange ett klockslag"),
        ({"day": "2026-03-29", "time": "02:30"}, "klockan ställdes om"),
        ({"venues": "0"}, "Skriv ett tal från 1"),
        ({"area": "paris"}, "Välj ett av alternativen"),
        ({"kind": "outreach"}, "Välj ett av alternativen"),
        ({"organisations": "press"}, "Välj ett av alternativen"),
    ],
)
def test_a_wrong_plan_says_what_is_wrong(client: FlaskClient, wrong: dict[str, str], said: str) -> None:
    sign_in(client, "coordinator")
    answer = post_plan(client, **wrong)
    assert answer.status_code == 422
    assert said in answer.text
