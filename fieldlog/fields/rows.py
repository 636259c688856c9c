"""A few rows of the same columns, such as what was seen on a safety walk."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.labels import Label
from fieldlog.measures import Measure

TOO_MANY = Label("Högst {most} rader.", "{most} rows at most.")
NOT_ROWS = Label("Fyll i raderna.", "Fill in the rows.")

KEY = "key"
"""What a row is known by beside its columns: a UUID, made by the phone with the row, else by the server."""
_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Rows(Field):
    """At most ``most`` rows, each an answer to every one of ``columns``; a row left empty is no row.

    Yields how many rows there are. A row keeps its key however it is corrected or moved.
    Each may have so many ``photos``, which come beside the entry.
    """

    columns: tuple[Field, ...]
    most: int = 20
    photos: int = 0

    type: ClassVar[str] = "rows"

    def check(self, value: object) -> Any:
        return super().check(value) or []

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise WrongAnswerError(NOT_ROWS)
        rows = [row for row in value if any(part not in (None, "", [], False) for part in _said(row).values())]
        if len(rows) > self.most:
            raise WrongAnswerError(TOO_MANY.fill(most=self.most))
        names = {column.name for column in self.columns}
        if any(set(_said(row)) - names for row in rows):
            raise WrongAnswerError(NOT_ROWS)
        return _once([_key(row) | self._each(row, "check") for row in rows])

    def blank(self, answer: Any) -> Any:
        return [_key(row) | self._each(row, "blank") for row in answer or []]

    def show(self, sent: object) -> Any:
        rows = [row for row in sent if isinstance(row, dict)] if isinstance(sent, list) else []
        return [_shown_key(row) | self._each(row, "show") for row in rows[: self.most]]

    def _each(self, row: Mapping[str, Any], way: str) -> dict[str, Any]:
        return {column.name: getattr(column, way)(row.get(column.name)) for column in self.columns}

    def keyed(self, answer: Any, version: UUID, before: Any = None) -> Any:
        """The rows, each with a key. One that came without has that of the same row before, or one made of its place.

        The same version always gets the same keys, so what is sent twice is known again.
        """
        rows = answer or []
        taken = {row[KEY] for row in rows if KEY in row}
        free = [row for row in before or [] if row[KEY] not in taken]
        found = []
        for place, row in enumerate(rows):
            same = None if KEY in row else next((one for one in free if _said(one) == row), None)
            if same:
                free.remove(same)
            made = same[KEY] if same else str(uuid5(version, f"{self.name}-{place}"))
            found.append({KEY: made} | row)
        return found

    def is_same(self, kept: Any, sent: Any) -> bool:
        """Whether the same rows were sent: a row that was sent without a key has the one that it was given."""
        kept, sent = kept or [], sent or []
        return len(kept) == len(sent) and all(
            _said(one) == _said(other) and other.get(KEY) in (None, one.get(KEY))
            for one, other in zip(kept, sent, strict=True)
        )

    @property
    def spare_columns(self) -> tuple[Field, ...]:
        """The columns as a form shows them: a browser must not require what stands in a row left empty."""
        return tuple(replace(column, required=False) for column in self.columns)

    def parse(self, posted: Posted) -> object:
        """The rows as posted under ``name-0-column``, ``name-1-column`` …, one more than may be kept at most."""
        rows = [self._posted_row(posted, at) for at in range(self.most + 1)]
        while rows and not any(_said(rows[-1]).values()):
            rows.pop()
        return rows

    def _posted_row(self, posted: Posted, at: int) -> dict[str, object]:
        def in_row(name: str) -> Sequence[str]:
            return posted(f"{self.name}-{at}-{name}")

        key = next(iter(in_row(KEY)), "")
        return ({KEY: key} if key else {}) | {column.name: column.parse(in_row) for column in self.columns}

    def question(self, answer: Any) -> Label | None:
        asked = (column.question(row.get(column.name)) for row in answer or [] for column in self.columns)
        return next((question for question in asked if question), None)

    def measures(self) -> tuple[Measure, ...]:
        return (self._measure(self.name, self.label, lambda answers: len(answers.get(self.name) or [])),)

    def text(self, answer: Any) -> Label | None:
        rows = [
            [text for column in self.columns if (text := column.text(row.get(column.name)))] for row in answer or []
        ]
        return Label.join("; ", [Label.join(": ", row) for row in rows]) if rows else None

    def describe(self) -> dict[str, Any]:
        columns = [column.describe() for column in self.columns]
        return super().describe() | {"max_rows": self.most, "key": KEY, "columns": columns}


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row without its key: what somebody said."""
    return {name: part for name, part in row.items() if name != KEY}


def _key(row: Mapping[str, Any]) -> dict[str, str]:
    """The row's key, if it has one. Raises WrongAnswerError for one that is no UUID in small letters."""
    key = row.get(KEY)
    if key is None:
        return {}
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise WrongAnswerError(NOT_ROWS)
    return {KEY: key}


def _shown_key(row: Mapping[str, Any]) -> dict[str, str]:
    try:
        return _key(row)
    except WrongAnswerError:
        return {}


def _once(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows; of those with the same key only the first keeps it."""
    seen: set[str | None] = set()
    found = []
    for row in rows:
        found.append(_said(row) if row.get(KEY) in seen - {None} else row)
        seen.add(row.get(KEY))
    return found
