"""`fieldlog demo`: repeats itself, adds the days since, keeps off real work, and says what it is."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.actors import Organisation, Role
from fieldlog.audit.models import AuditEvent
from fieldlog.cli import main
from fieldlog.cli.demo import demo
from fieldlog.cli.tools import Tools
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from tests.fixtures.databases import StoppedClock
from tests.fixtures.people import PLACE, password_hash, person
from tests.fixtures.work import log_one

JANUARY = datetime(2026, 1, 20, 12, tzinfo=UTC)


class Desk:
    """Runs the command against a set-up instance whose clock stands in January."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.clock = StoppedClock(JANUARY)

    def __call__(self, *words: str) -> Result:
        return CliRunner().invoke(demo, words, obj=Tools(self.settings, self.clock))

    def look(self) -> tuple[set[UUID], int]:
        """The ids that are there, and how much was noted in the audit log."""
        database = self.database()
        with database.read() as session:
            found = set(session.scalars(select(Entry.id))), session.scalar(select(func.count(AuditEvent.id))) or 0
        database.close()
        return found

    def database(self) -> Database:
        return Database(self.settings.database)


@pytest.fixture
def desk(settings: Settings) -> Desk:
    return Desk(settings)


def _join(session: Session, name: str) -> None:
    """Let somebody into Turlag 3."""
    made = Account(municipality=PLACE, name=name, password_hash=password_hash(), created_at=JANUARY)
    made.organisation, made.role, made.unit = Organisation.POLICE, Role.REPORTER, "turlag-3"
    session.add(made)


def test_it_says_that_it_is_practice_data(desk: Desk) -> None:
    said = desk().stdout
    assert "ÖVNINGSDATA" in said
    assert "PRACTICE DATA" in said
    assert "were there already" in said


def test_the_same_day_again_changes_nothing(desk: Desk) -> None:
    desk()
    first = desk.look()
    assert first[0]
    desk.clock.move(hours=9)
    again = desk()
    assert "Added 0 made-up entries and 0 corrections and voids" in again.stdout
    assert f"{len(first[0])} were there already" in again.stdout
    assert desk.look() == first


def test_a_later_day_adds_the_days_since(desk: Desk) -> None:
    desk()
    before, _ = desk.look()
    desk.clock.move(days=7)
    assert desk().exit_code == 0
    after, _ = desk.look()
    assert before < after


def test_an_account_made_in_between_takes_over_no_work_that_is_there(desk: Desk) -> None:
    desk()
    database = desk.database()
    database.write(lambda session: _join(session, "newcomer"))
    database.close()
    desk.clock.move(days=7)
    answer = desk()
    assert answer.exit_code == 0, answer.stderr


def test_real_work_is_left_alone(desk: Desk) -> None:
    desk()
    database = desk.database()
    officer = person(database, "officer")
    database.write(lambda session: log_one(session, officer))
    database.close()
    before = desk.look()
    refused = desk()
    assert refused.exit_code == 1
    assert refused.stdout == ""
    assert refused.stderr.startswith("fieldlog: there are entries that demo did not make")
    assert desk.look() == before


@pytest.mark.parametrize(
    ("days", "year", "reason"),
    [
        (0, "2031", "there is no programme for 2031: run `fieldlog init --year 2031` first"),
        (-30, "2026", "the programme begins on 2026-01-01: nothing can have been done yet"),
    ],
)
def test_a_year_that_cannot_be_filled_is_refused_in_one_line(desk: Desk, days: int, year: str, reason: str) -> None:
    desk.clock.move(days=days)
    refused = desk("--year", year)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", f"fieldlog: {reason}\n")


def test_a_name_that_somebody_uses_is_not_taken_over(desk: Desk) -> None:
    database = desk.database()
    database.write(lambda session: _join(session, "övning-turlag-3"))
    database.close()
    refused = desk()
    assert refused.exit_code == 1
    assert "övning-turlag-3 is an account that somebody uses" in refused.stderr
    assert desk.look()[0] == set()


def test_before_init_it_says_to_run_init(tmp_path: Path) -> None:
    (tmp_path / "instance").mkdir()
    refused = CliRunner().invoke(main, ["demo"], env={"FIELDLOG_INSTANCE": str(tmp_path / "instance")})
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "fieldlog init" in refused.stderr
