"""Reading units, accounts and devices."""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account, Device, Unit
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.database import table
from fieldlog.labels import Label

ADMINISTRATOR_HOURS = 12
MOST_ACCOUNTS = 2**31 - 1
YOU = Label("dig", "you")
SYSTEMS = ("iPhone", "iPad", "Android", "Windows", "Macintosh", "CrOS", "Linux")
# In this order: each browser's name stands in the names of those below it.
BROWSERS = {"Edg": "Edge", "SamsungBrowser": "Samsung", "Firefox": "Firefox", "FxiOS": "Firefox", "CriOS": "Chrome"}
BROWSERS |= {"Chrome": "Chrome", "Safari": "Safari"}

_DEVICE, _ACCOUNT = table(Device).c, table(Account).c
# Asked with every request, so it is put together once, and asks the tables: objects that follow their rows cost more.
_HOLDER = (
    select(
        _DEVICE.id.label("device"), _DEVICE.created_at, _DEVICE.last_seen_at, _DEVICE.app, _DEVICE.waiting,
        _ACCOUNT.id.label("account"), _ACCOUNT.municipality, _ACCOUNT.organisation, _ACCOUNT.role, _ACCOUNT.unit,
        _ACCOUNT.name,
    )
    .join_from(table(Device), table(Account))
    .where(_DEVICE.token_digest == bindparam("digest"), _DEVICE.revoked_at.is_(None), _ACCOUNT.disabled_at.is_(None))
)  # fmt: skip


@dataclass(frozen=True)
class UnitChoice:
    """A unit, for a list to choose from."""

    slug: str
    name: str
    organisation: Organisation


@dataclass(frozen=True)
class Person:
    """Somebody who did something."""

    account: int
    name: str
    organisation: Organisation
    unit: str

    def told(self, to: Actor, units: Mapping[str, str]) -> Label:
        """Who it was, as ``to`` may know it: a colleague by name; of another organisation its unit, never a person."""
        if self.account == to.account:
            return YOU
        if self.organisation == to.organisation:
            return Label(self.name, self.name)
        unit = units.get(self.unit)
        return Label.join(", ", [self.organisation.label, *([Label(unit, unit)] if unit else [])])


@dataclass(frozen=True)
class SignedIn:
    """A device whose session holds: who acts, when the device was last seen, and what it last said of its outbox."""

    actor: Actor
    name: str
    last_seen_at: datetime
    app: str | None
    waiting: int | None


@dataclass(frozen=True)
class DeviceRow:
    """One of a person's signed-in devices; ``current`` is the one that asks.

    ``waiting`` entries were left on it when it last sent any; None when it never did.
    """

    id: int
    label: str
    created_at: datetime
    last_seen_at: datetime
    waiting: int | None
    current: bool


def plain_name(typed: str) -> str:
    """A name as accounts keep it: the same however it was typed. What no database takes becomes a question mark."""
    known = typed.replace("\0", "?").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", known).strip().casefold())


def digest(token: str) -> str:
    """What is kept of a session's token; the token has 256 random bits, so a plain hash is enough."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def device_label(user_agent: str) -> str:
    """What a person recognises a device by, such as "Chrome, Android"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for name in SYSTEMS if name in user_agent), "")
    return ", ".join(part for part in (browser, system) if part) or "-"


def units(session: Session, municipality: str) -> list[UnitChoice]:
    """The municipality's units, by organisation and name."""
    rows = session.scalars(select(Unit).where(Unit.municipality == municipality))
    choices = [UnitChoice(row.slug, row.name, row.organisation) for row in rows]
    return sorted(choices, key=lambda unit: (list(Organisation).index(unit.organisation), unit.name))


def account(session: Session, name: str) -> Account | None:
    """The account with a name, however it was typed."""
    return session.scalar(select(Account).where(Account.name == plain_name(name)))


def account_numbered(session: Session, municipality: str, number: int) -> Account | None:
    """The municipality's account of that number, open or not."""
    if not 0 < number <= MOST_ACCOUNTS:  # no database takes a larger one
        return None
    return session.scalar(select(Account).where(Account.id == number, Account.municipality == municipality))


def people(session: Session, numbers: Collection[int]) -> dict[int, Person]:
    """The people who have these accounts, by account."""
    rows = session.scalars(select(Account).where(Account.id.in_(numbers)))
    return {row.id: Person(row.id, row.name, row.organisation, row.unit) for row in rows}


def accounts(session: Session, municipality: str) -> list[Account]:
    """Every account, by name."""
    return list(session.scalars(select(Account).where(Account.municipality == municipality).order_by(Account.name)))


def signed_in(session: Session | Connection, token: str, now: datetime, *, days: int) -> SignedIn | None:
    """Who holds a session's token, while it holds.

    It ends when the device is revoked or the account disabled, after ``days`` without being seen, and an
    administrator's twelve hours after signing in.
    """
    found = session.execute(_HOLDER, {"digest": digest(token)}).one_or_none()
    if found is None:
        return None
    ends = found.last_seen_at + timedelta(days=days)
    if found.role is Role.ADMINISTRATOR:
        ends = found.created_at + timedelta(hours=ADMINISTRATOR_HOURS)
    if now >= ends:
        return None
    actor = Actor(found.account, found.municipality, found.organisation, found.role, found.unit, found.device)
    return SignedIn(actor, found.name, found.last_seen_at, found.app, found.waiting)


def devices(session: Session, account: int, current: int | None = None) -> list[DeviceRow]:
    """The devices on which a person is signed in, the latest seen first; ``current`` is the one that asks."""
    rows = session.scalars(
        select(Device)
        .where(Device.account_id == account, Device.revoked_at.is_(None))
        .order_by(Device.last_seen_at.desc(), Device.id)
    )
    return [
        DeviceRow(row.id, row.label, row.created_at, row.last_seen_at, row.waiting, row.id == current) for row in rows
    ]
