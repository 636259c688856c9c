"""Tables read as rows, in the order of their headings."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from fieldlog.actors import Actor, Organisation, Role
from fieldlog.kind import Kind
from fieldlog.periods import Span
from fieldlog.sheets import Cell
from fieldlog.tables.models import Selection
from fieldlog.tables.queries import entries

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
POLICE = Actor(0, "2380", Organisation.POLICE, Role.SUPERVISOR)


def table(session: Session, kind: Kind, by: Actor = POLICE, span: Span = YEAR, **chosen: Any) -> list[list[Cell]]:
    """The kind's rows as ``by`` may read them."""
    sheet = entries(session, kind, Selection(span, (kind.slug,), **chosen), by)
    return [list(row) for chunk in sheet.chunks for row in zip(*chunk, strict=True)]


def supervising(organisation: Organisation) -> Actor:
    return replace(POLICE, organisation=organisation)
