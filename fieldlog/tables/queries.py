"""The rows that somebody may read, as tables. They stream: no more than a chunk of them is ever in memory."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, time
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Text, cast, extract, func, select
from sqlalchemy.orm import Session

from fieldlog.accounts.models import Account
from fieldlog.accounts.queries import units
from fieldlog.actors import Actor, Organisation
from fieldlog.areas.queries import areas
from fieldlog.clock import local
from fieldlog.database import table
from fieldlog.entries.forms import EXPLANATION, REASON
from fieldlog.entries.models import Entry
from fieldlog.entries.queries import hidden_of, is_current, readable
from fieldlog.fields import Field
from fieldlog.kind import Kind
from fieldlog.kinds import KINDS
from fieldlog.labels import Label
from fieldlog.sheets import Cell, Column, Sheet, Type, Values
from fieldlog.tables.models import Selection

CHUNK = 200
"""Rows read at a time. With more the collector finds them still in use, and looks at all of memory for it."""

FIRST: tuple[tuple[Label, Type], ...] = (
    (Label("Id", "Id"), "id"),
    (Label("Dag", "Day"), "date"),
    (Label("Tid", "Time"), "time"),
    (Label("Kommundel", "Area"), "text"),
    (Label("Enhet", "Unit"), "text"),
    (Label("Loggad av", "Logged by"), "text"),
)
LAST: tuple[tuple[Label, Type], ...] = ((Label("Läge", "State"), "text"), (Label("Version", "Version"), "id"))
HISTORY: tuple[tuple[Label, Type], ...] = (
    (Label("Kom till servern", "Reached the server"), "text"),
    (Label("Skäl", "Reason"), "text"),
    (EXPLANATION.label, "text"),
)
COUNTS, REPLACED, VOIDED = Label("Räknas", "Counts"), Label("Ersatt", "Replaced"), Label("Makulerad", "Voided")
MINUTES = [time(minute // 60, minute % 60) for minute in range(24 * 60)]

_ENTRY, _ACCOUNT = table(Entry).c, table(Account).c
# Ids, moments and answers take several times as long to read as their text or the part of them that is shown.
_READ: dict[str, ColumnElement[Any]] = {
    "id": cast(Entry.id, Text),
    "origin_id": cast(Entry.origin_id, Text),
    "minute": extract("minute", Entry.happened_at),
    "answers": cast(Entry.answers, Text),
    "day": cast(Entry.day, Text),
    "hour": _ENTRY.hour,
    "area": _ENTRY.area,
    "unit": _ENTRY.unit,
    "organisation": _ENTRY.organisation,
}
_READ_OF_HISTORY: dict[str, ColumnElement[Any]] = {
    "is_void": _ENTRY.is_void,
    "is_current": is_current(),
    "received_at": _ENTRY.received_at,
    "reason": _ENTRY.reason,
    "explanation": _ENTRY.explanation,
    "explained_by": select(_ACCOUNT.organisation).where(_ACCOUNT.id == _ENTRY.account_id).scalar_subquery(),
}


class Chunk(NamedTuple):
    """Some rows, column by column, and the answers of each: without what the reader does not read."""

    rows: dict[str, Sequence[Any]]
    answers: list[dict[str, Any]]


Mask = Callable[[Kind, Chunk], Chunk]
"""What is done to some rows of a kind before they are written."""


def plain(label: Label, language: str) -> str:
    """The words without the places where a page may part them."""
    return label.text(language).replace("\u00ad", "")


def kinds_read(by: Actor) -> list[Kind]:
    """The kinds of which ``by`` can have rows, in the order declared."""
    return [kind for kind in KINDS.values() if by.organisation in kind.readers]


def number_of_rows(session: Session, chosen: Selection, by: Actor) -> int:
    """How many rows the selection has."""
    query = select(func.count()).select_from(Entry).where(*_wanted(chosen, by), Entry.kind.in_(chosen.kinds))
    return session.scalar(query) or 0


def chunks(session: Session, kind: Kind, chosen: Selection, by: Actor) -> Iterator[Chunk]:
    """The kind's rows that ``by`` may read, in the order in which the work began."""
    read = _READ | (_READ_OF_HISTORY if chosen.with_history else {})
    query = (
        select(*read.values())
        .where(*_wanted(chosen, by), Entry.kind == kind.slug)
        .order_by(Entry.day, Entry.happened_at, Entry.id)
        .execution_options(yield_per=CHUNK)
    )
    for part in session.connection().execute(query).partitions():
        rows: dict[str, Sequence[Any]] = dict(zip(read, zip(*part, strict=True), strict=True))
        rows["id"], rows["origin_id"] = _ids(rows["id"]), _ids(rows["origin_id"])
        answers = json.loads(f"[{','.join(rows['answers'])}]")
        _take_away(rows, answers, by)
        yield Chunk(rows, answers)


def entries(session: Session, kind: Kind, chosen: Selection, by: Actor, mask: Mask | None = None) -> Sheet:
    """The same as a table, whose own columns follow from the kind's declaration. It never says who logged.

    A count is a number, and empty where nothing was filled in.
    """
    language = chosen.language
    names = {area.slug: area.name for area in areas(session, by.municipality)}
    teams = {unit.slug: unit.name for unit in units(session, by.municipality)}

    def columns(rows: dict[str, Sequence[Any]], answers: list[dict[str, Any]]) -> Iterator[Values]:
        yield rows["origin_id"]
        yield _each(rows["day"], date.fromisoformat)
        # Our clock is whole hours from UTC, so that the minute is the same on both.
        yield [MINUTES[hour * 60 + int(minute)] for hour, minute in zip(rows["hour"], rows["minute"], strict=True)]
        yield [names.get(area) for area in rows["area"]]
        yield [teams.get(unit) for unit in rows["unit"]]
        yield _each(rows["organisation"], lambda slug: plain(Organisation(slug).label, language))
        for part, given in zip(kind.fields.values(), _by_field(list(kind.fields), answers), strict=True):
            yield in_words(part, given, language)
        yield _states(rows, language) or [plain(COUNTS, language)] * len(answers)
        yield rows["id"]
        if chosen.with_history:
            yield [f"{local(moment):%Y-%m-%d %H:%M}" for moment in rows["received_at"]]
            yield in_words(REASON, rows["reason"], language)
            yield rows["explanation"]

    found = chunks(session, kind, chosen, by)
    return Sheet(
        plain(kind.label, language),
        headings(kind, chosen),
        (list(columns(*(mask(kind, chunk) if mask else chunk))) for chunk in found),
    )


def _by_field(names: list[str], answers: list[dict[str, Any]]) -> Sequence[Sequence[Any]]:
    """The answers to each field. One that an entry has no answer to, such as a later one, has None."""
    try:
        # With one name alone it would not be a row; the first one, asked for twice, makes it one.
        _, *found = zip(*map(itemgetter(names[0], *names), answers), strict=True)
    except KeyError:
        return [[given.get(name) for given in answers] for name in names]
    return found


def _states(rows: dict[str, Sequence[Any]], language: str) -> list[str]:
    """What became of each version; nothing when only what counts was asked for."""
    both = zip(rows.get("is_void", ()), rows.get("is_current", ()), strict=True)
    return [plain(VOIDED if void else COUNTS if current else REPLACED, language) for void, current in both]


def headings(kind: Kind, chosen: Selection) -> list[Column]:
    """The columns of the kind's table."""
    own: list[tuple[Label, Type]] = [
        (part.label, "number" if part.type == "count" else "text") for part in kind.fields.values()
    ]
    every = [*FIRST, *own, *LAST, *(HISTORY if chosen.with_history else ())]
    return [Column(plain(label, chosen.language), holds) for label, holds in every]


def in_words(part: Field, answers: Sequence[Any], language: str) -> list[Cell]:
    """Answers to one field as cells."""

    def cell(answer: Any) -> Cell:
        value = part.cell(answer)
        return plain(value, language) if isinstance(value, Label) else value

    return _each(answers, cell)


def _each(values: Sequence[Any], cell: Callable[[Any], Cell]) -> list[Cell]:
    """The cell of each value; equal ones are put into words once."""
    try:
        cells = {value: cell(value) for value in set(values)}
    except TypeError:  # lists have no place in a set, their text has
        keys = list(map(str, values))
        cells = {key: cell(value) for key, value in dict(zip(keys, values, strict=True)).items()}
        return [cells[key] for key in keys]
    return [cells[value] for value in values]


def _ids(texts: Sequence[str]) -> Sequence[str]:
    """Ids as they are written everywhere else: SQLite keeps them without hyphens."""
    if len(texts[0]) > 32:
        return texts
    return [f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}" for text in texts]


def _wanted(chosen: Selection, by: Actor) -> list[ColumnElement[bool]]:
    conditions = [readable(by), Entry.day.between(chosen.span.first, chosen.span.last)]
    return conditions if chosen.with_history else [*conditions, is_current(), ~Entry.is_void]


def _take_away(rows: dict[str, Sequence[Any]], answers: list[dict[str, Any]], by: Actor) -> None:
    """Take out what ``by`` does not read: others' notes, and why somebody of theirs corrected or voided it."""
    hidden = {organisation: hidden_of(organisation, by) for organisation in set(rows["organisation"])}
    if any(hidden.values()):
        for organisation, given in zip(rows["organisation"], answers, strict=True):
            for name in hidden[organisation]:
                given.pop(name, None)
    if "explanation" in rows:
        explained = zip(rows["explained_by"], rows["explanation"], strict=True)
        rows["explanation"] = [text if writer == by.organisation else None for writer, text in explained]
