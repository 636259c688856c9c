"""Placing, closing and opening accounts, and the administrator that is always left."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from fieldlog.accounts.actions import LastAdministratorError
from fieldlog.accounts.models import Account
from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.database import Database
from fieldlog.people import actions
from fieldlog.people.models import Placing
from tests.fixtures.people import PLACE, password_hash
from tests.fixtures.site import enter, open_device, sign_in, submit
from tests.people.walking import kept, noted, page_of

REPORTER = Placing(Organisation.MUNICIPALITY, Role.REPORTER, NO_UNIT)
ADMINISTRATOR = Placing(Organisation.MUNICIPALITY, Role.ADMINISTRATOR, NO_UNIT)


def placed(desk: FlaskClient, page: str, **chosen: str) -> str:
    """What the page says after saving a placing, with what was not chosen as it was."""
    usual = {"organisation": "police", "unit": "turlag-3", "role": "reporter", "shown": "police/reporter/turlag-3"}
    return submit(desk, page, usual | chosen, follow_redirects=True).text


def test_another_unit_is_noted_and_ends_no_session(app: Flask, desk: FlaskClient) -> None:
    open_device(app, "officer")
    page = placed(desk, page_of(app, "officer"), unit="turlag-1")
    assert "Sparat." in page
    assert "Polisen · Turlag 1 · Rapportör" in page
    assert "Chrome, Android" in page
    assert noted(app)[-1] == "account-placed"


@pytest.mark.parametrize("chosen", [{"role": "supervisor"}, {"organisation": "municipality", "unit": "-"}])
def test_another_role_or_organisation_ends_every_session(app: Flask, desk: FlaskClient, chosen: dict[str, str]) -> None:
    theirs = app.test_client()
    sign_in(theirs, "officer")
    page = placed(desk, page_of(app, "officer"), **chosen)
    assert "Sparat. Personen får logga in igen." in page
    assert theirs.get("/log").status_code == 302


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"unit": "uppsokande-teamet"}, "Enheten hör till en annan organisation."),
        ({"organisation": "partner"}, "Enheten hör till en annan organisation."),
        ({"role": "king"}, "Välj en roll."),
        ({"unit": "x" * 100_000}, "Välj en enhet."),
        ({"shown": "police/supervisor/-"}, "Någon annan har ändrat kontot."),
        ({"shown": "\0" * 9}, "Någon annan har ändrat kontot."),
    ],
)
def test_what_will_not_do_changes_nothing(app: Flask, desk: FlaskClient, chosen: dict[str, str], said: str) -> None:
    before = noted(app)
    assert said in placed(desk, page_of(app, "officer"), **chosen)
    assert noted(app) == before


def test_a_closed_account_lets_nobody_in_until_it_is_opened(app: Flask, desk: FlaskClient) -> None:
    page = page_of(app, "officer")
    theirs = app.test_client()
    sign_in(theirs, "officer")
    submit(desk, f"{page}/disable", {}, page=page)
    assert theirs.get("/log").status_code == 302
    assert enter(app.test_client(), "officer").status_code == 400
    submit(desk, f"{page}/enable", {}, page=page)
    assert enter(app.test_client(), "officer").status_code == 302


def test_the_last_administrator_stays(app: Flask, desk: FlaskClient) -> None:
    page = page_of(app, "administrator")
    answer = submit(desk, f"{page}/disable", {}, page=page)
    assert answer.status_code == 400
    assert "den sista administratören" in answer.text
    own = {"organisation": "municipality", "unit": "-", "shown": "municipality/administrator/-"}
    assert "den sista administratören" in placed(desk, page, **own)
    account = kept(app, "administrator")
    assert (account.disabled_at, account.role) == (None, Role.ADMINISTRATOR)


def add_administrator(database: Database, now: datetime, *, hashed: str) -> Actor:
    made = Account(
        municipality=PLACE, name="second", password_hash=hashed, organisation=Organisation.MUNICIPALITY,
        role=Role.ADMINISTRATOR, created_at=now,
    )  # fmt: skip
    database.write(lambda session: session.add(made))
    return made.actor()


def test_one_who_was_only_invited_does_not_count(database: Database, administrator: Actor, now: datetime) -> None:
    second = add_administrator(database, now, hashed="")
    with pytest.raises(LastAdministratorError):
        database.write(lambda session: actions.disable(session, second, now, administrator.account))
    database.write(lambda session: actions.disable(session, administrator, now, second.account))


@pytest.mark.parametrize("way", ["disable", "demote"])
def test_two_administrators_cannot_shut_each_other_out(
    database: Database, administrator: Actor, now: datetime, way: str
) -> None:
    second = add_administrator(database, now, hashed=password_hash())
    start = Barrier(2)

    def shut_out(by: Actor, whom: Actor) -> bool:
        start.wait()
        try:
            if way == "disable":
                database.write(lambda session: actions.disable(session, by, now, whom.account))
            else:
                database.write(
                    lambda session: actions.place(session, by, now, whom.account, REPORTER, shown=ADMINISTRATOR.word)
                )
        except LastAdministratorError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        done = list(threads.map(shut_out, (administrator, second), (second, administrator)))
    assert sorted(done) == [False, True]
    with database.read() as session:
        left = select(Account).where(Account.role == Role.ADMINISTRATOR, Account.disabled_at.is_(None))
        assert len(session.scalars(left).all()) == 1
