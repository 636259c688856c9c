"""A few rows of the same columns, such as what was seen on a safety walk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from fieldlog.fields.field import Field, Posted, WrongAnswerError
from fieldlog.labels import Label
from fieldlog.measures import Measure

TOO_MANY = Label("Högst {most} rader.", "{most} rows at most.")
NOT_ROWS = Label("Fyll i raderna.", "Fill in the rows.")


@dataclass(frozen=True, kw_only=True)
class Rows(Field):
    """At most ``most`` rows, each an answer to every one of ``columns``; a row left empty is no row.

    Yields how many rows there are.
    """

    columns: tuple[Field, ...]
    most: int = 20

    type: ClassVar[str] = "rows"

    def check(self, value: object) -> Any:
        return super().check(value) or []

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise WrongAnswerError(NOT_ROWS)
        rows = [row for row in value if any(part not in (None, "", [], False) for part in row.values())]
        if len(rows) > self.most:
            raise WrongAnswerError(TOO_MANY.fill(most=self.most))
        names = {column.name for column in self.columns}
        if any(set(row) - names for row in rows):
            raise WrongAnswerError(NOT_ROWS)
        return [{column.name: column.check(row.get(column.name)) for column in self.columns} for row in rows]

    def blank(self, answer: Any) -> Any:
        return [{column.name: column.blank(row.get(column.name)) for column in self.columns} for row in answer or []]

    def show(self, sent: object) -> Any:
        rows = [row for row in sent if isinstance(row, dict)] if isinstance(sent, list) else []
        return [
            {column.name: column.show(row.get(column.name)) for column in self.columns} for row in rows[: self.most]
        ]

    @property
    def spare_columns(self) -> tuple[Field, ...]:
        """The columns as a form shows them: a browser must not require what stands in a row left empty."""
        return tuple(replace(column, required=False) for column in self.columns)

    def parse(self, posted: Posted) -> object:
        """The rows as posted under ``name-0-column``, ``name-1-column`` …, one more than may be kept at most."""
        rows = [self._posted_row(posted, at) for at in range(self.most + 1)]
        while rows and not any(rows[-1].values()):
            rows.pop()
        return rows

    def _posted_row(self, posted: Posted, at: int) -> dict[str, object]:
        def in_row(name: str) -> Sequence[str]:
            return posted(f"{self.name}-{at}-{name}")

        return {column.name: column.parse(in_row) for column in self.columns}

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
        return super().describe() | {"max_rows": self.most, "columns": [column.describe() for column in self.columns]}
