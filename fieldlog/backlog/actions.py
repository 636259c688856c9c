"""Keeping what was counted."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.backlog.models import Backlog, Count
from fieldlog.database import dialect_of, insert_into


def keep(session: Session, by_group: Mapping[str, int], before: Backlog, by: Actor, now: datetime) -> None:
    """Keep what ``by``'s list had by group, read after ``before`` was: what came between makes it no longer current."""
    insert = insert_into(Count, dialect_of(session))
    fresh = {name: insert.excluded[name] for name in ("organisation", "as_of", "by_group", "marks")}
    row = {
        "account_id": by.account, "organisation": by.organisation.value, "as_of": now, "by_group": dict(by_group),
        "marks": before.marks,
    }  # fmt: skip
    session.execute(insert.on_conflict_do_update(index_elements=["account_id"], set_=fresh), row)
