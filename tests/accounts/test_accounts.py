"""Making and closing accounts."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions, queries
from fieldlog.accounts.actions import AccountError
from fieldlog.accounts.models import Account
from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.audit.models import AuditEvent
from fieldlog.passwords import matches
from tests.fixtures.people import PASSWORD


def add(
    session: Session, by: Actor, now: datetime, name: str, *, password: str = PASSWORD, unit: str = NO_UNIT
) -> Account:
    return actions.add_account(
        session,
        by,
        now,
        name=name,
        password=password,
        organisation=Organisation.POLICE,
        role=Role.REPORTER,
        unit=unit,
    )


def test_an_account_is_found_however_its_name_is_typed(session: Session, administrator: Actor, now: datetime) -> None:
    made = add(session, administrator, now, "Åsa.Öberg", unit="turlag-1")
    for typed in ("åsa.öberg", "ÅSA.ÖBERG", " Åsa.Öberg ", "A\u030asa.O\u0308berg"):
        assert queries.account(session, typed) is made


def test_a_number_that_a_phone_may_keep_is_given_to_nobody_else(
    session: Session, administrator: Actor, now: datetime
) -> None:
    numbers = set()
    for _ in range(3):
        made = add(session, administrator, now, "asa")
        numbers.add(made.id)
        session.delete(made)  # as a backup of the day before does that is put back
        session.flush()
    assert len(numbers) == 3


@pytest.mark.parametrize("name", ["\0", "asa\0", "\udcff", "x" * 5000, "'; drop table accounts; --"])
def test_a_name_that_nobody_can_have_is_nobody_s(session: Session, name: str) -> None:
    assert queries.account(session, name) is None


def test_an_account_acts_for_its_organisation_role_and_unit(
    session: Session, administrator: Actor, now: datetime
) -> None:
    made = add(session, administrator, now, "asa", unit="turlag-1")
    assert made.actor() == Actor(made.id, "2380", Organisation.POLICE, Role.REPORTER, "turlag-1")


def test_the_password_is_kept_as_a_hash_only(session: Session, administrator: Actor, now: datetime) -> None:
    made = add(session, administrator, now, "asa")
    assert made.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert matches(made.password_hash, PASSWORD)
    assert not matches(made.password_hash, PASSWORD.upper())


def test_a_password_is_the_same_from_every_keyboard(session: Session, administrator: Actor, now: datetime) -> None:
    made = add(session, administrator, now, "asa", password="blå himmel")
    assert matches(made.password_hash, "bla\u030a himmel")


@pytest.mark.parametrize("name", ["", "a", "two words", "x" * 65, "tab\tbed", "<script>", "a/b"])
def test_a_name_that_cannot_be_typed_safely_is_refused(
    session: Session, administrator: Actor, now: datetime, name: str
) -> None:
    with pytest.raises(AccountError, match="a name has"):
        add(session, administrator, now, name)


def test_a_name_is_given_once(session: Session, administrator: Actor, now: datetime) -> None:
    add(session, administrator, now, "asa")
    with pytest.raises(AccountError, match="named asa already"):
        add(session, administrator, now, "ASA")


@pytest.mark.parametrize("password", ["", "nine char", "x" * 1001])
def test_a_password_too_short_or_too_long_is_refused(
    session: Session, administrator: Actor, now: datetime, password: str
) -> None:
    with pytest.raises(AccountError, match="the password must have"):
        add(session, administrator, now, "asa", password=password)


@pytest.mark.parametrize("unit", ["turlag-9", "uppsokande-teamet"])
def test_a_unit_must_be_one_of_the_organisations_own(
    session: Session, administrator: Actor, now: datetime, unit: str
) -> None:
    with pytest.raises(AccountError, match="turlag-3"):
        add(session, administrator, now, "asa", unit=unit)


def test_nobody_changes_an_account_of_another_municipality(
    session: Session, administrator: Actor, now: datetime
) -> None:
    elsewhere = Actor(0, "0180", Organisation.MUNICIPALITY, Role.ADMINISTRATOR)
    with pytest.raises(AccountError, match="no account"):
        actions.disable_account(session, elsewhere, now, "officer")


def test_every_change_is_noted_without_the_password(session: Session, administrator: Actor, now: datetime) -> None:
    made = add(session, administrator, now, "asa")
    actions.set_password(session, administrator, now, "asa", "another password")
    actions.disable_account(session, administrator, now, "asa")
    session.flush()
    events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [event.action for event in events] == ["account-added", "password-changed", "account-disabled"]
    assert {event.subject for event in events} == {f"account:{made.id}"}
    assert "password" not in str([event.details for event in events])


def test_units_come_by_organisation(session: Session) -> None:
    units = queries.units(session, "2380")
    assert [unit.name for unit in units if unit.organisation is Organisation.SOCIAL_SERVICES] == [
        "Fältgruppen",
        "Mottagningen",
        "Uppsökande teamet",
    ]
    assert {unit.organisation for unit in units} == set(Organisation)
