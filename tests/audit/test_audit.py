"""The audit log says who did what, and stays as it was written."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.actors import Actor
from fieldlog.audit.actions import note
from fieldlog.audit.models import AppendOnlyError, AuditEvent


def test_a_note_says_who_did_what_to_what(session: Session, officer: Actor, now: datetime) -> None:
    note(session, officer, now, "entry-voided", "entry:7", reason="duplicate")
    session.flush()
    kept = session.scalars(select(AuditEvent)).one()
    assert (kept.account, kept.municipality, kept.at) == (officer.account, "2380", now)
    assert (kept.action, kept.subject, kept.details) == ("entry-voided", "entry:7", {"reason": "duplicate"})


def test_what_was_noted_cannot_be_changed(session: Session, officer: Actor, now: datetime) -> None:
    note(session, officer, now, "entry-voided", "entry:7")
    session.flush()
    session.scalars(select(AuditEvent)).one().action = "nothing"
    with pytest.raises(AppendOnlyError):
        session.flush()


def test_what_was_noted_cannot_be_deleted(session: Session, officer: Actor, now: datetime) -> None:
    note(session, officer, now, "entry-voided", "entry:7")
    session.flush()
    session.delete(session.scalars(select(AuditEvent)).one())
    with pytest.raises(AppendOnlyError):
        session.flush()
