"""Writing rows as CSV and JSON, a chunk at a time: what is in memory does not grow with them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from fieldlog.opendata.models import Field, Row
from fieldlog.sheets import PROGRAM, Sheet, csv_file

CHUNK = 1_000


def written(suffix: str, fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    """The rows as CSV, or as a JSON array of objects."""
    return _csv(fields, rows) if suffix == "csv" else _json(fields, rows)


def _csv(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    columns = [field.column for field in fields]
    chunks = (list(zip(*map(_as_text, chunk), strict=True)) for chunk in _chunks(rows))
    return csv_file([Sheet("", columns, chunks)], PROGRAM)


def _as_text(row: Row) -> Row:
    return [("true" if cell else "false") if isinstance(cell, bool) else cell for cell in row]


def _json(fields: Sequence[Field], rows: Iterable[Row]) -> Iterator[bytes]:
    names = [field.name for field in fields]
    before = "[\n"
    for chunk in _chunks(rows):
        told = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in chunk)
        yield (before + ",\n".join(told)).encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
