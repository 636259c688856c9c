"""What administrators do with accounts, and what somebody does who was sent a link."""

import secrets
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from fieldlog.accounts import actions
from fieldlog.accounts.models import Account
from fieldlog.accounts.queries import digest
from fieldlog.actors import Actor, Role
from fieldlog.audit.actions import note
from fieldlog.people.models import Placing
from fieldlog.people.queries import invited

LINK_DAYS = 7


class NobodyError(Exception):
    """There is no such account in the municipality, or it is closed."""


class ChangedMeanwhileError(Exception):
    """Somebody else placed the account after the page was shown."""


def invite(session: Session, by: Actor, now: datetime, name: str, placing: Placing) -> tuple[Account, str]:
    """Make an account, and the token of the link through which its owner chooses a password.

    Raises AccountError for a name or unit that will not do.
    """
    made = actions.add_account(session, by, now, name=name, password=None, **vars(placing))
    return made, _make_link(session, by, now, made)


def make_link(session: Session, by: Actor, now: datetime, number: int) -> tuple[Account, str]:
    """Make a link through which the owner chooses a new password; one made before no longer works.

    The old password does until a new one is chosen. Raises NobodyError.
    """
    of = _account(session, by, number)
    if of.disabled_at is not None:
        raise NobodyError
    return of, _make_link(session, by, now, of)


def revoke_link(session: Session, by: Actor, now: datetime, number: int) -> None:
    """Make a link useless. Raises NobodyError."""
    of = _account(session, by, number)
    if of.link_digest is not None:
        of.link_digest = of.link_ends_at = None
        note(session, by, now, "link-revoked", f"account:{of.id}")


def choose_password(session: Session, token: str, now: datetime, hashed: str) -> bool:
    """Keep the hash of the password that the owner of a link chose, which works once; False when it does not work."""
    of = invited(session, token, now, held=True)
    if of is None:
        return False
    actions.keep_password(session, of.actor(), now, of, hashed)
    return True


def place(session: Session, by: Actor, now: datetime, number: int, placing: Placing, *, shown: str) -> bool:
    """Place an account; whether its sessions ended, as they do with another role or organisation.

    ``shown`` is how the account was placed on the page, in one word. Raises NobodyError, ChangedMeanwhileError,
    WrongUnitError and LastAdministratorError.
    """
    of = _account(session, by, number)
    before = Placing(of.organisation, of.role, of.unit)
    if before.word != shown:
        raise ChangedMeanwhileError
    actions.check_unit(session, by.municipality, placing.organisation, placing.unit)
    changed = {name: value for name, value in vars(placing).items() if value != vars(before)[name]}
    if "role" in changed:
        actions.keep_an_administrator(session, of)
    for name, value in changed.items():
        setattr(of, name, value)
    if changed:
        was = {f"{name}_before": vars(before)[name] for name in changed}
        note(session, by, now, "account-placed", f"account:{of.id}", **changed, **was)
    if ends := bool(changed.keys() - {"unit"}):
        actions.end_devices(session, of, now)
    return ends


def disable(session: Session, by: Actor, now: datetime, number: int) -> None:
    """Close an account. Raises NobodyError and LastAdministratorError."""
    actions.disable_account(session, by, now, _account(session, by, number).name)


def enable(session: Session, by: Actor, now: datetime, number: int) -> None:
    """Open an account again, with the password that it had. Raises NobodyError."""
    of = _account(session, by, number)
    if of.disabled_at is not None:
        of.disabled_at = None
        note(session, by, now, "account-enabled", f"account:{of.id}")


def revoke_device(session: Session, by: Actor, now: datetime, number: int, device: int) -> None:
    """End the session of somebody's device. Raises NobodyError when it is not theirs or had ended."""
    of = _account(session, by, number)
    if not actions.revoke_device(session, by, now, device, owner=of.id):
        raise NobodyError


def _account(session: Session, by: Actor, number: int) -> Account:
    """The account, held until the transaction ends.

    With it every administrator's, all in one order: two who change each other's would wait for one another for ever.
    """
    held = select(Account).where(
        Account.municipality == by.municipality, or_(Account.id == number, Account.role == Role.ADMINISTRATOR)
    )
    rows = session.scalars(held.order_by(Account.id).with_for_update())
    found = next((row for row in rows.all() if row.id == number), None)
    if found is None:
        raise NobodyError
    return found


def _make_link(session: Session, by: Actor, now: datetime, of: Account) -> str:
    token = secrets.token_urlsafe(32)
    of.link_digest, of.link_ends_at = digest(token), now + timedelta(days=LINK_DAYS)
    note(session, by, now, "link-made", f"account:{of.id}", days=LINK_DAYS)
    return token
