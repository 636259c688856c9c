"""A signed-in device's session: who holds it, for how long, and how it ends."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions, queries
from fieldlog.accounts.models import Account, Device
from fieldlog.accounts.queries import SignedIn
from fieldlog.actors import Actor

DAYS = 90


def opened(session: Session, who: Actor, now: datetime) -> str:
    token = actions.open_device(session, who.account, now, "Chrome, Android")
    assert token is not None
    return token


def holder(session: Session, token: str, now: datetime) -> SignedIn | None:
    return queries.signed_in(session, token, now, days=DAYS)


def test_the_token_says_who_acts_and_on_which_device(session: Session, officer: Actor, now: datetime) -> None:
    found = holder(session, opened(session, officer, now), now)
    assert found is not None
    assert (found.actor.account, found.actor.unit, found.name) == (officer.account, "turlag-3", "officer")
    assert found.actor.device is not None


def test_only_the_tokens_digest_is_kept(session: Session, officer: Actor, now: datetime) -> None:
    token = opened(session, officer, now)
    kept = session.scalars(select(Device.token_digest)).one()
    assert token not in kept
    assert len(kept) == 64


@pytest.mark.parametrize("token", ["", "made-up", "\ud800", "x" * 100_000])
def test_a_token_that_was_never_given_holds_nothing(session: Session, now: datetime, token: str) -> None:
    assert holder(session, token, now) is None


def test_whoever_logs_stays_signed_in_while_they_come_back(session: Session, officer: Actor, now: datetime) -> None:
    token = opened(session, officer, now)
    later = now + timedelta(days=DAYS - 1)
    found = holder(session, token, later)
    assert found is not None
    assert found.actor.device is not None
    actions.see_device(session, found.actor.device, later)
    assert holder(session, token, later + timedelta(days=DAYS - 1)) is not None
    assert holder(session, token, later + timedelta(days=DAYS)) is None


def test_an_administrators_session_ends_after_twelve_hours(
    session: Session, administrator: Actor, now: datetime
) -> None:
    token = opened(session, administrator, now)
    assert holder(session, token, now + timedelta(hours=11, minutes=59)) is not None
    assert holder(session, token, now + timedelta(hours=12)) is None


def test_a_revoked_device_is_out_at_once_and_the_others_stay(session: Session, officer: Actor, now: datetime) -> None:
    lost, kept = opened(session, officer, now), opened(session, officer, now)
    found = holder(session, lost, now)
    assert found is not None
    assert actions.revoke_device(session, officer, now, found.actor.device or 0)
    session.flush()
    assert holder(session, lost, now) is None
    assert holder(session, kept, now) is not None


def test_nobody_revokes_a_colleagues_device(session: Session, officer: Actor, colleague: Actor, now: datetime) -> None:
    token = opened(session, officer, now)
    found = holder(session, token, now)
    assert found is not None
    assert not actions.revoke_device(session, colleague, now, found.actor.device or 0)
    assert holder(session, token, now) is not None


@pytest.mark.parametrize("change", ["disable", "password"])
def test_disabling_and_a_new_password_end_every_session(
    session: Session, officer: Actor, administrator: Actor, now: datetime, change: str
) -> None:
    token = opened(session, officer, now)
    if change == "disable":
        actions.disable_account(session, administrator, now, "officer")
    else:
        actions.set_password(session, administrator, now, "officer", "another password")
    session.flush()
    assert holder(session, token, now) is None


def test_a_device_of_a_disabled_account_is_out_even_when_it_was_not_revoked(
    session: Session, officer: Actor, now: datetime
) -> None:
    token = opened(session, officer, now)
    session.get_one(Account, officer.account).disabled_at = now
    session.flush()
    assert holder(session, token, now) is None


def test_a_disabled_account_opens_no_device(
    session: Session, officer: Actor, administrator: Actor, now: datetime
) -> None:
    actions.disable_account(session, administrator, now, "officer")
    session.flush()
    assert actions.open_device(session, officer.account, now, "-") is None


def test_the_list_shows_ones_own_open_devices(
    session: Session, officer: Actor, colleague: Actor, now: datetime
) -> None:
    opened(session, colleague, now)
    opened(session, officer, now)
    token = opened(session, officer, now + timedelta(minutes=1))
    found = holder(session, token, now)
    assert found is not None
    rows = queries.devices(session, officer.account, found.actor.device)
    assert [row.current for row in rows] == [True, False]


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36", "Chrome, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Version/17.4 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("curl/8", "-"),
    ],
)
def test_a_device_has_a_name_that_a_person_recognises(agent: str, label: str) -> None:
    assert queries.device_label(agent) == label
