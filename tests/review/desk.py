"""A supervisor's desk: work that needs an eye, and the page as a browser has it."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from fieldlog.actors import Actor
from fieldlog.entries.forms import Item
from fieldlog.entries.models import Entry
from fieldlog.intake.actions import accept
from fieldlog.periods import Span
from fieldlog.review.models import Matter
from fieldlog.review.queries import matters
from fieldlog.web import House
from tests.fixtures.people import person
from tests.fixtures.site import house_of, token_in
from tests.fixtures.work import NOW, item

MONTH = Span(date(2026, 10, 26), date(2026, 11, 22))


def send(house: House, name: str, *items: Item, late: timedelta = timedelta()) -> None:
    """What the person sends now, or later than now."""
    by = person(house.database, name)
    results = house.database.write(lambda session: accept(session, items, by, NOW + late))
    assert {result.outcome for result in results} == {"accepted"}, results


def pair(
    house: House, *, answers: Any = None, other: Any = None, by: str = "colleague", **changed: Any
) -> tuple[UUID, UUID]:
    """A control that two persons logged, a quarter of an hour apart."""
    one = item(answers=answers or {"vehicles": 14})
    two = item(answers=other or {"vehicles": 15}, happened_at=NOW - timedelta(minutes=15))
    send(house, "officer", one)
    send(house, "colleague", two, late=timedelta(seconds=1))
    return one.id, two.id


def groups(found: list[Matter]) -> list[str]:
    return [one.group for one in found]


def sent_from(page: TestResponse, action: str, number: int = 0) -> dict[str, Any]:
    """What the page's form of that action would send."""
    forms = re.findall(rf'<form method="post" action="{re.escape(action)}">(.*?)</form>', page.text, re.DOTALL)
    assert len(forms) > number, f"the page has no form for {action}"
    fields: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', forms[number]):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def press(client: FlaskClient, action: str, number: int = 0, path: str = "/review") -> TestResponse:
    """Press a button of the page."""
    return client.post(action, data=sent_from(client.get(path), action, number))


def merging(page: TestResponse, **changed: str) -> dict[str, str]:
    """What the page of two entries would send as it stands."""
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    fields |= dict(re.findall(r'<input type="radio" name="([^"]+)" value="([^"]*)" required checked', page.text))
    return {name: unescape(value) for name, value in fields.items()} | changed


def post(client: FlaskClient, path: str, **data: Any) -> TestResponse:
    """Post with the token of the supervisor's settings."""
    return client.post(path, data={"csrf_token": token_in(client.get("/settings").text), **data})


def current(client: FlaskClient, origin: UUID) -> Entry:
    """The entry as it is now."""
    with house_of(client.application).database.read() as reading:
        versions = reading.scalars(select(Entry).where(Entry.origin_id == origin)).all()
    replaced = {version.replaces_id for version in versions}
    (found,) = [version for version in versions if version.id not in replaced]
    return found


def found(session: Session, by: Actor) -> list[Matter]:
    """What the person is shown of the month."""
    return matters(session, by, MONTH, NOW)
