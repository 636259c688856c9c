"""Practice accounts are made only where nobody can sign in."""

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.cli.practice import PRACTICE, add_practice_accounts
from fieldlog.cli.tools import Tools
from fieldlog.config import Settings
from tests.fixtures.work import NOW


def make(session: Session) -> set[str]:
    return set(add_practice_accounts(session, Tools(Settings()), NOW))


def test_one_account_of_each_kind_where_there_is_none(session: Session) -> None:
    session.execute(delete(Account))
    assert make(session) == set(PRACTICE)


def test_none_where_somebody_can_sign_in(session: Session) -> None:
    assert make(session) == set()


def test_accounts_that_nobody_can_sign_in_with_are_not_in_the_way_and_stay(session: Session) -> None:
    session.execute(update(Account).values(disabled_at=NOW))
    session.execute(update(Account).where(Account.name == "officer").values(name="polis"))
    assert make(session) == set(PRACTICE) - {"polis", "administrator"}
