"""Findings as a board and a page show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fieldlog.clock import local_day
from fieldlog.findings.models import SPOTS, STATUSES, Followed, State
from fieldlog.labels import Label

NOBODY = Label("Ingen ansvarig", "Nobody responsible")


@dataclass(frozen=True)
class Row:
    """A finding in a list. ``late`` says that it should have been done."""

    key: UUID
    title: Label
    where: Label
    status: str
    status_words: Label
    responsible: str
    wanted_by: date | None
    late: bool
    state: State
    day: date


@dataclass(frozen=True)
class Group:
    """Findings under one heading."""

    slug: str
    title: Label
    rows: Sequence[Row]


@dataclass(frozen=True)
class Step:
    """A change as its history tells it: when, who by unit or through whose link, and what is different."""

    at: datetime
    who: Label
    changes: Sequence[tuple[Label, Label]]


def place(found: Followed, areas: Mapping[str, str]) -> Label:
    """Where it is, in words: what was written, the area, and which part of it."""
    spot = dict(SPOTS).get(found.state.spot or "")
    area = areas.get(found.walk.area)
    parts = [Label(words, words) for words in (found.where, area) if words]
    return Label.join(", ", [*parts, *([spot.lower()] if spot else [])])


def row(found: Followed, areas: Mapping[str, str], names: Mapping[str, str], now: datetime) -> Row:
    """The finding as a row; ``names`` are the responsibles' by slug."""
    state = found.state
    return Row(
        key=found.key,
        title=found.category,
        where=place(found, areas),
        status=state.status,
        status_words=dict(STATUSES)[state.status],
        responsible=names.get(state.responsible or "", ""),
        wanted_by=state.wanted_by,
        late=found.is_overdue(local_day(now)),
        state=state,
        day=found.walk.day,
    )
