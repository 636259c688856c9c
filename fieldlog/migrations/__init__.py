"""The database's shape through time: each change a file in versions/, applied in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import fieldlog
from fieldlog.database import Base, Database

HERE = Path(__file__).parent
# Any number will do, as long as it stays: two servers that start at once migrate one after the other.
LOCK = 2_380_001


def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database to the newest shape, or to an earlier one; nothing happens when it has it."""
    with _connection(database) as connection:
        command.upgrade(_config(connection), revision)


def is_newest(database: Database) -> bool:
    """Whether every migration has been applied."""
    newest = ScriptDirectory(str(HERE)).get_current_head()
    with database.writer.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest


def is_known(revision: str) -> bool:
    """Whether a database of that shape can be brought to the newest one."""
    return revision in {script.revision for script in ScriptDirectory(str(HERE)).walk_revisions()}


def differences(database: Database) -> list[Any]:
    """What the models have that the database has not, and the other way about; empty when they are equal."""
    import_models()
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def write_revision(database: Database, message: str, number: str) -> None:
    """Write the migration from the database's shape to the models', for a person to read and commit."""
    with _connection(database) as connection:
        command.revision(_config(connection), message, autogenerate=True, rev_id=number)


def import_models() -> None:
    """Let every feature's rows be known to ``Base``."""
    for feature in iter_modules(fieldlog.__path__):
        if feature.ispkg and (HERE.parent / feature.name / "models.py").exists():
            import_module(f"fieldlog.{feature.name}.models")


def _config(connection: Connection) -> Config:
    import_models()
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


@contextmanager
def _connection(database: Database) -> Iterator[Connection]:
    """One transaction, alone: foreign keys rest in SQLite, where changing a table means making it anew."""
    with database.writer.connect() as connection:
        if database.is_sqlite:
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if not database.is_sqlite:
                    connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                yield connection
        finally:
            if database.is_sqlite:
                _foreign_keys(connection, on=True)


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
