"""One session to read from in a request, and what was written is read."""

from datetime import datetime

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldlog import web
from fieldlog.audit.models import AuditEvent


def count() -> int:
    return web.reading().scalar(select(func.count()).select_from(AuditEvent)) or 0


def test_a_request_reads_from_one_session(app: Flask) -> None:
    with app.app_context():
        assert web.reading() is web.reading()


def test_what_was_written_is_read_in_the_same_request(app: Flask) -> None:
    def add(session: Session) -> None:
        session.add(
            AuditEvent(municipality="2380", at=web.now(), account=0, device=None, action="x", subject="y", details={})
        )

    with app.app_context():
        before = count()
        web.write(add)
        assert count() == before + 1


def test_the_session_is_closed_with_the_request(app: Flask) -> None:
    with app.app_context():
        count()
        session = web.reading()
        assert session.in_transaction()
    assert not session.in_transaction()


def test_the_moment_comes_from_the_applications_clock(app: Flask, now: datetime) -> None:
    with app.app_context():
        assert web.now() == now
