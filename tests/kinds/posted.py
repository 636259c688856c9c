"""What a browser sends for answers: the kind's form as somebody filled it in."""

from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from fieldlog.fields import Choices, Field, Flag, Rows
from fieldlog.kind import Kind


def posted(kind: Kind, answers: Mapping[str, Any]) -> MultiDict[str, str]:
    """The form's controls with these answers; boxes that are not ticked are not sent, empty inputs are."""
    return MultiDict([pair for name, field in kind.fields.items() for pair in _sent(field, name, answers.get(name))])


def _sent(field: Field, name: str, answer: Any) -> Iterator[tuple[str, str]]:
    if isinstance(field, Rows):
        for at, row in enumerate(answer or []):
            for column in field.columns:
                yield from _sent(column, f"{name}-{at}-{column.name}", row[column.name])
    elif isinstance(field, Choices):
        yield from ((name, slug) for slug in answer or [])
    elif isinstance(field, Flag):
        yield from [(name, "yes")] if answer else []
    elif field.type != "choice" or answer is not None:
        # Browsers send line breaks as two characters.
        yield name, "" if answer is None else str(answer).replace("\n", "\r\n")
