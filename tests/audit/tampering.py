"""Changing what stays as it was written, as somebody would who has the database in their hands."""

from contextlib import suppress
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from fieldlog.database import Database

TRIGGERS = [f"audit_{rows}_stay_at_{change}" for rows in ("events", "seals") for change in ("update", "delete")]


def tamper(database: Database, *statements: str, **values: Any) -> None:
    """Carry the statements out with nothing in the way: no trigger and no foreign key."""
    with database.writer.connect() as connection:
        if database.is_sqlite:
            raw: Any = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            for trigger in TRIGGERS:
                with suppress(OperationalError):
                    raw.execute(f"drop trigger if exists {trigger}")
        with connection.begin():
            if not database.is_sqlite:
                connection.execute(text("set local session_replication_role = replica"))
            for statement in statements:
                assert connection.execute(text(statement), values).rowcount, f"nothing was changed by {statement}"
