"""The rows of one kind as a table."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldlog.areas.queries import areas
from fieldlog.clock import local
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import is_current
from fieldlog.kind import Kind
from fieldlog.labels import Label

ID, DAY, TIME = Label("Id", "Id"), Label("Dag", "Day"), Label("Tid", "Time")
AREA, UNIT = Label("Kommundel", "Area"), Label("Enhet", "Unit")
FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = int | str | None


def headings(kind: Kind, language: str) -> list[str]:
    """The table's headings in the reader's language."""
    own = [label for part in kind.fields.values() for label, _ in part.cells(None).values()]
    return [label.text(language).replace("\u00ad", "") for label in (ID, DAY, TIME, AREA, UNIT, *own)]


def rows(
    session: Session, municipality: str, kind: Kind, first: date, last: date, *, language: str = "sv"
) -> Iterator[list[Cell]]:
    """What counts of the kind from ``first`` to ``last``, in the order in which the work began.

    A count is a number, and None where nothing was filled in. The rows stream: they are never all in memory.
    """
    names = {area.slug: area.name for area in areas(session, municipality)}
    found = session.scalars(
        select(Entry)
        .where(Entry.municipality == municipality, Entry.kind == kind.slug, Entry.day.between(first, last))
        .where(is_current(), ~Entry.is_void)
        .order_by(Entry.happened_at, Entry.id)
        .execution_options(yield_per=1000)
    )
    for entry in found:
        began = local(entry.happened_at)
        own = cells(kind, entry.answers, language)
        yield [
            str(entry.origin_id), str(entry.day), f"{began:%H:%M}", names.get(entry.area), entry.unit, *own,
        ]  # fmt: skip


def cells(kind: Kind, answers: Mapping[str, Any], language: str) -> list[Cell]:
    """The kind's own cells for one entry. A text that a spreadsheet would run as a formula is made inert."""
    values = [value for name, part in kind.fields.items() for _, value in part.cells(answers.get(name)).values()]
    return [_inert(value.text(language)) if isinstance(value, Label) else value for value in values]


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
