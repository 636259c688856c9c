"""An administrator's browser, and what it is shown."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.accounts import queries
from fieldlog.accounts.models import Account
from fieldlog.audit.models import AuditEvent
from tests.fixtures.people import person
from tests.fixtures.site import house_of, sign_in, submit

NEW = {"name": "asa.berg", "organisation": "police", "unit": "turlag-3", "role": "reporter"}
CHOSEN = {"password": "tre ord i rad", "again": "tre ord i rad"}


@pytest.fixture
def desk(client: FlaskClient) -> FlaskClient:
    """The browser of a signed-in administrator."""
    sign_in(client, "administrator")
    return client


def page_of(app: Flask, name: str) -> str:
    return f"/manage/accounts/{person(house_of(app).database, name).account}"


def link_in(page: str) -> str:
    """The path of the link that a page shows."""
    found = re.search(r">[a-z]+://[^/<]+(/invitation/[^<]+)<", page)
    assert found is not None, "no link on the page"
    return unescape(found[1])


def invited(desk: FlaskClient, **other: str) -> str:
    """The path of a new person's link."""
    return link_in(submit(desk, "/manage/accounts/invite", NEW | other).text)


def kept(app: Flask, name: str) -> Account:
    with house_of(app).database.read() as reading:
        found = queries.account(reading, name)
    assert found is not None, f"nobody is called {name}"
    return found


def noted(app: Flask) -> list[str]:
    """What was done, in its order."""
    with house_of(app).database.read() as reading:
        return list(reading.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
