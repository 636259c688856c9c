"""Reading accounts, as administrators see them: no entry of anybody's."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account, Device
from fieldlog.accounts.queries import MOST_ACCOUNTS, digest, plain_name
from fieldlog.database import table
from fieldlog.people.models import AccountRow, Person, Placing, Search, State

PAGE = 50

_ACCOUNT = table(Account).c
_STATE = case(
    (_ACCOUNT.disabled_at.is_not(None), literal(State.DISABLED.value)),
    (_ACCOUNT.password_hash == "", literal(State.INVITED.value)),
    else_=literal(State.OPEN.value),
)


def found(session: Session, municipality: str, search: Search, *, after: str = "") -> tuple[list[AccountRow], bool]:
    """The next accounts by name that fit, and whether there are more. One query."""
    query = _accounts(municipality).where(Account.name > plain_name(after), *_fitting(search))
    rows = session.execute(query.order_by(Account.name).limit(PAGE + 1)).all()
    return [_row(row) for row in rows[:PAGE]], len(rows) > PAGE


def person(session: Session, municipality: str, number: int, now: datetime) -> Person | None:
    """The municipality's account of that number."""
    if not 0 < number <= MOST_ACCOUNTS:
        return None
    row = session.execute(_accounts(municipality).where(Account.id == number)).first()
    if row is None:
        return None
    of: Account = row[0]
    ends = of.link_ends_at if of.link_ends_at is not None and of.link_ends_at > now else None
    return Person(**vars(_row(row)), created_at=of.created_at, link_ends_at=ends, email=of.email)


def invited(session: Session, token: str, now: datetime, *, held: bool = False) -> Account | None:
    """The account that a link leads to, while the link works; ``held`` until the transaction ends if wanted."""
    query = select(Account).where(
        Account.link_digest == digest(token), Account.link_ends_at > now, Account.disabled_at.is_(None)
    )
    return session.scalar(query.with_for_update() if held else query)


def _accounts(municipality: str) -> Select[Account, str, datetime | None, int]:
    """Each account, with its state and what its devices last said."""
    theirs = and_(Device.account_id == Account.id, Device.revoked_at.is_(None))
    seen, waiting = func.max(Device.last_seen_at), func.coalesce(func.sum(Device.waiting), 0)
    query = select(Account, _STATE.label("state"), seen.label("seen"), waiting.label("waiting"))
    return query.outerjoin(Device, theirs).where(Account.municipality == municipality).group_by(Account.id)


def _fitting(search: Search) -> list[ColumnElement[bool]]:
    exactly: list[tuple[ColumnElement[Any], object]] = [
        (_ACCOUNT.organisation, search.organisation),
        (_ACCOUNT.unit, search.unit),
        (_ACCOUNT.role, search.role),
        (_STATE, search.state),
    ]
    is_named = Account.name.contains(plain_name(search.name), autoescape=True)
    return [is_named, *(column == wanted for column, wanted in exactly if wanted)]


def _row(row: Row[Account, str, datetime | None, int]) -> AccountRow:
    of, state, seen, waiting = row
    placing = Placing(of.organisation, of.role, of.unit)
    return AccountRow(of.id, of.name, placing, State(state), seen, int(waiting))
