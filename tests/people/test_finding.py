"""The list of accounts, who may see it, and what it never shows."""

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from fieldlog.accounts.actions import disable_account
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.people import actions, queries
from fieldlog.people.models import Placing, Search, State
from tests.browser.pages import fill_with_work
from tests.fixtures.people import PEOPLE, PLACE
from tests.fixtures.site import house_of, open_device, sign_in
from tests.people.walking import page_of


def names(session: Session, **wanted: object) -> list[str]:
    rows, _ = queries.found(session, PLACE, Search(**wanted))  # type: ignore[arg-type]
    return [row.name for row in rows]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, sorted(PEOPLE)),
        ({"name": "OFF"}, ["officer", "other-officer"]),
        ({"name": "%"}, []),
        ({"name": "_"}, []),
        ({"name": "\0'--"}, []),
        ({"organisation": Organisation.SOCIAL_SERVICES}, ["outreach"]),
        ({"unit": "turlag-3"}, ["colleague", "officer"]),
        ({"unit": "-", "role": Role.SUPERVISOR}, ["supervisor"]),
        ({"state": State.DISABLED}, ["colleague"]),
        ({"state": State.INVITED}, []),
        ({"state": State.OPEN, "unit": "turlag-3"}, ["officer"]),
    ],
)
def test_accounts_are_found_by_everything_that_is_asked_for(
    session: Session, administrator: Actor, now: datetime, wanted: dict[str, object], expected: list[str]
) -> None:
    if "state" in wanted:
        disable_account(session, administrator, now, "colleague")
        session.flush()
    assert names(session, **wanted) == expected


def test_a_long_list_comes_in_parts(session: Session, administrator: Actor, now: datetime) -> None:
    placing = Placing(Organisation.POLICE, Role.REPORTER, "turlag-1")
    for number in range(queries.PAGE):
        actions.invite(session, administrator, now, f"new-{number:03}", placing)
    session.flush()
    first, has_more = queries.found(session, PLACE, Search())
    rest, is_more = queries.found(session, PLACE, Search(), after=first[-1].name)
    assert (len(first), has_more, len(rest), is_more) == (queries.PAGE, True, len(PEOPLE), False)


def test_another_municipalitys_accounts_are_not_there(session: Session, officer: Actor, now: datetime) -> None:
    assert queries.found(session, "0180", Search()) == ([], False)
    assert queries.person(session, "0180", officer.account, now) is None


@pytest.mark.parametrize(
    "query",
    ["?organisation=nasa&role=king&state=x&unit=%00", "?name=%00%ff&after=%00", "?name=" + "å" * 5_000, "?after=zzz"],
)
def test_an_odd_address_is_answered(desk: FlaskClient, query: str) -> None:
    assert desk.get("/manage/accounts" + query).status_code == 200


@pytest.mark.parametrize("name", [None, *(name for name in PEOPLE if name != "administrator")])
def test_only_administrators_come_in(app: Flask, client: FlaskClient, name: str | None) -> None:
    if name:
        sign_in(client, name)
    paths = ["/manage/accounts", "/manage/accounts/invite", page_of(app, "officer")]
    assert {client.get(path).status_code for path in paths} == {403 if name else 302}


def test_an_administrator_sees_every_organisations_accounts_and_nobodys_entries(app: Flask, desk: FlaskClient) -> None:
    entry = fill_with_work(house_of(app))
    open_device(app, "officer")
    listed = desk.get("/manage/accounts").text
    assert all(f"<strong>{name}</strong>" in listed for name in PEOPLE)
    shown = listed + desk.get(page_of(app, "officer")).text
    assert "E14 Svedje" not in shown
    assert str(entry) not in shown
    assert "Trafikkontroll" not in shown


@pytest.mark.parametrize(
    "path", ["/manage/accounts/0", "/manage/accounts/999999", "/manage/accounts/99999999999999999999"]
)
def test_an_account_that_is_not_there_is_not_found(desk: FlaskClient, path: str) -> None:
    assert desk.get(path).status_code == 404
