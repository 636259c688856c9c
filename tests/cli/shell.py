"""Commands run in an instance folder that is set up."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from fieldlog.cli import main
from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.tallies.actions import recount


class Shell:
    def __init__(self, settings: Settings) -> None:
        self.environment = {"FIELDLOG_INSTANCE": str(settings.instance)}
        self.live = settings.instance / "fieldlog.sqlite"

    def __call__(self, *words: str | Path, **environment: str) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env=self.environment | environment)

    def refuses(self, *words: str | Path, **environment: str) -> str:
        """The one line in which the command says why it will not."""
        answer = self(*words, **environment)
        assert answer.exit_code == 1, answer.output
        assert answer.stdout == ""
        assert answer.stderr.startswith("fieldlog: ")
        assert answer.stderr.count("\n") == 1
        return answer.stderr


@pytest.fixture
def shell(settings: Settings) -> Shell:
    return Shell(settings)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.sqlite"


def entries(database: Database) -> set[str]:
    with database.read() as session:
        assert recount(session) == []
        return {str(entry.id) for entry in session.scalars(select(Entry))}
