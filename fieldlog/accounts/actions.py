"""Changing accounts and devices; every change is noted in the audit log."""

import csv
import re
import secrets
from datetime import datetime
from importlib.resources import files

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account, Device, Unit
from fieldlog.accounts.queries import account, digest, plain_name
from fieldlog.actors import NO_UNIT, Actor, Organisation, Role
from fieldlog.audit.actions import note
from fieldlog.passwords import hash_password

NAME = re.compile(r"[\w.@+-]{2,64}")
NUMBERS = range(100_000_000, 1_000_000_000)


class AccountError(Exception):
    """Why an account cannot be made or changed, in one line."""


class NameTakenError(AccountError):
    """Somebody else has the name."""


class WrongUnitError(AccountError):
    """The unit is not one of the organisation's."""


class LastAdministratorError(AccountError):
    """Without this account nobody could manage the others."""


def load_units(session: Session, municipality: str) -> int:
    """Add or renew the units that come with fieldlog for a municipality; the number of them."""
    text = files(__package__).joinpath("units.csv").read_text(encoding="utf-8")
    rows = [row for row in csv.DictReader(text.splitlines()) if row["municipality"] == municipality]
    for row in rows:
        session.merge(
            Unit(
                municipality=municipality,
                slug=row["slug"],
                organisation=Organisation(row["organisation"]),
                name=row["name"],
            )
        )
    return len(rows)


def add_account(
    session: Session,
    by: Actor,
    now: datetime,
    *,
    name: str,
    password: str | None,
    organisation: Organisation,
    role: Role,
    unit: str = NO_UNIT,
) -> Account:
    """Make an account in ``by``'s municipality; without a password nobody can sign in to it yet.

    Raises AccountError for a name, password or unit that will not do.
    """
    plain = plain_name(name)
    if not NAME.fullmatch(plain):
        raise AccountError("a name has 2–64 letters, digits and . _ - + @, and no spaces")
    check_unit(session, by.municipality, organisation, unit)
    made = Account(municipality=by.municipality, name=plain, organisation=organisation, role=role, unit=unit)
    # At random: counted on from a backup that was put back, the number under which a phone keeps somebody's entries
    # would be given to somebody else.
    made.id, made.created_at = secrets.choice(NUMBERS), now
    made.password_hash = _hash(password) if password is not None else ""
    if account(session, plain) is not None:
        raise NameTakenError(f"there is an account named {plain} already")
    session.add(made)
    try:
        session.flush()
    except IntegrityError:
        raise NameTakenError(f"there is an account named {plain} already") from None
    note(session, by, now, "account-added", f"account:{made.id}", organisation=organisation, role=role, unit=unit)
    return made


def disable_account(session: Session, by: Actor, now: datetime, name: str) -> None:
    """Close an account; its sessions end at once, and a link to it no longer works.

    Raises AccountError when there is none, and LastAdministratorError.
    """
    found = _existing(session, by, name)
    if found.disabled_at is None:
        keep_an_administrator(session, found)
        found.disabled_at, found.link_digest, found.link_ends_at = now, None, None
        end_devices(session, found, now)
        note(session, by, now, "account-disabled", f"account:{found.id}")


def set_password(session: Session, by: Actor, now: datetime, name: str, password: str) -> None:
    """Give an account a new password; its sessions end. Raises AccountError when there is none or it will not do."""
    keep_password(session, by, now, _existing(session, by, name), _hash(password))


def keep_password(session: Session, by: Actor, now: datetime, of: Account, hashed: str) -> None:
    """Keep the hash of an account's new password; its sessions end, and a link to it no longer works."""
    of.password_hash, of.link_digest, of.link_ends_at = hashed, None, None
    end_devices(session, of, now)
    note(session, by, now, "password-changed", f"account:{of.id}")


def choose_summary(session: Session, by: Actor, now: datetime, email: str | None, language: str | None) -> None:
    """Remember where ``by`` wants the daily summary, and in which language; without one they want none."""
    own = session.get_one(Account, by.account)
    own.email, own.summary_language = email, language
    note(session, by, now, "summary-chosen", f"account:{by.account}", language=language, email=email is not None)


def open_device(session: Session, account_id: int, now: datetime, label: str) -> str | None:
    """Sign a device in: the token of its session, or None when the account was disabled in the meantime."""
    owner = session.get_one(Account, account_id)
    if owner.disabled_at is not None:
        return None
    token = secrets.token_urlsafe(32)
    device = Device(account_id=owner.id, token_digest=digest(token), label=label, created_at=now, last_seen_at=now)
    session.add(device)
    session.flush()
    note(session, owner.actor(device.id), now, "signed-in", f"device:{device.id}")
    return token


def note_refused_sign_in(session: Session, municipality: str, account_id: int, now: datetime) -> None:
    """Record that a password was refused; ``account_id`` is 0 for a name that nobody has."""
    stranger = Actor(0, municipality, Organisation.PARTNER, Role.REPORTER)
    note(session, stranger, now, "sign-in-refused", f"account:{account_id}")


def see_device(session: Session, device: int, now: datetime) -> None:
    """Remember that a device was seen, which keeps its session alive."""
    session.execute(update(Device).where(Device.id == device).values(last_seen_at=now))


def hear_outbox(session: Session, device: int, app: str, waiting: int) -> None:
    """Remember which version of the app a device has, and how many entries it still holds."""
    session.execute(update(Device).where(Device.id == device).values(app=app, waiting=waiting))


def revoke_device(session: Session, by: Actor, now: datetime, device: int, *, owner: int | None = None) -> bool:
    """End the session of one of ``owner``'s devices (``by``'s own unless said).

    False when it is not theirs or had ended.
    """
    found = session.scalar(
        select(Device).where(
            Device.id == device, Device.account_id == (owner or by.account), Device.revoked_at.is_(None)
        )
    )
    if found is None:
        return False
    found.revoked_at = now
    note(session, by, now, "signed-out", f"device:{device}")
    return True


def keep_an_administrator(session: Session, but: Account) -> None:
    """Raise LastAdministratorError unless somebody else can administer once ``but`` no longer does.

    Holds the rows that it counts, so that two administrators cannot shut each other out at the same moment.
    """
    if but.role is not Role.ADMINISTRATOR or not but.is_open:
        return
    administrators = select(Account.id).where(
        Account.municipality == but.municipality,
        Account.role == Role.ADMINISTRATOR,
        Account.disabled_at.is_(None),
        Account.password_hash != "",
    )
    if set(session.scalars(administrators.order_by(Account.id).with_for_update())) <= {but.id}:
        raise LastAdministratorError(f"{but.name} is the last administrator: make another one first")


def _existing(session: Session, by: Actor, name: str) -> Account:
    found = account(session, name)
    if found is None or found.municipality != by.municipality:
        raise AccountError(f"there is no account named {plain_name(name)}")
    return found


def end_devices(session: Session, of: Account, now: datetime) -> None:
    """End every session of an account."""
    session.execute(
        update(Device).where(Device.account_id == of.id, Device.revoked_at.is_(None)).values(revoked_at=now)
    )


def check_unit(session: Session, municipality: str, organisation: Organisation, slug: str) -> None:
    """Raise WrongUnitError unless the organisation has the unit; everybody may be in none."""
    if slug == NO_UNIT:
        return
    found = session.get(Unit, (municipality, slug))
    if found is None or found.organisation is not organisation:
        known = session.scalars(
            select(Unit.slug).where(Unit.municipality == municipality, Unit.organisation == organisation)
        )
        raise WrongUnitError(f"{organisation} has no unit {slug} (known: {', '.join(sorted(known)) or 'none'})")


def _hash(password: str) -> str:
    try:
        return hash_password(password)
    except ValueError as error:
        raise AccountError(str(error)) from None
