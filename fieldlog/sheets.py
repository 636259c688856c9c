"""Tables as files that a spreadsheet opens: CSV and XLSX. No cell is ever run as a formula, whatever stands in it."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from io import StringIO
from typing import IO, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cell = str | int | date | time | None
Values = Sequence[Cell]
"""The cells of one column, one below the other."""

Type = Literal["text", "number", "date", "time", "id"]
"""What a column's cells hold. Ids are texts too, of ours, which nobody has to be kept from."""

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""With these a cell begins that a spreadsheet runs."""

GUARDED = FORMULA | {"'"}
SPREADSHEET, PROGRAM = ";", ","
"""What parts the cells: Excel in Swedish wants semicolons, and a mark that says UTF-8; programs want commas."""

BOM = "\ufeff"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
WIDTHS = {"text": 18, "id": 18, "number": 10, "date": 11, "time": 7}
FORMATS = {"date": "yyyy-mm-dd", "time": "hh:mm"}
EPOCH = date(1899, 12, 30).toordinal()


class Column(NamedTuple):
    """One column: its heading, and what its cells hold."""

    title: str
    type: Type = "text"


@dataclass(frozen=True)
class Sheet:
    """A table that is read a chunk of rows at a time; a chunk has the values of each column."""

    name: str
    columns: Sequence[Column]
    chunks: Iterable[Sequence[Values]]


def csv_text(sheet: Sheet, delimiter: str) -> Iterator[str]:
    """The table as CSV, a chunk at a time.

    A text that a spreadsheet would run gets an apostrophe in front, and so does one that begins with an apostrophe:
    whoever takes one away has what was written.
    """
    yield BOM * (delimiter == SPREADSHEET) + _lines([[column.title for column in sheet.columns]], delimiter)
    for chunk in sheet.chunks:
        as_text = [_written(column, values) for column, values in zip(sheet.columns, chunk, strict=True)]
        yield _lines(zip(*as_text, strict=True), delimiter)


def csv_file(sheets: Sequence[Sheet], delimiter: str) -> Iterator[bytes]:
    """One table as CSV; several as a ZIP with a CSV for each."""
    if len(sheets) == 1:
        yield from (text.encode() for text in csv_text(sheets[0], delimiter))
        return
    written = _Written()
    with ZipFile(written, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for sheet in sheets:
            with archive.open(f"{sheet.name}.csv", "w", force_zip64=True) as file:
                for text in csv_text(sheet, delimiter):
                    file.write(text.encode())
                    yield written.take()
    yield written.take()


def xlsx_file(sheets: Sequence[Sheet], file: IO[bytes]) -> None:
    """Write the tables as one workbook: dates, times and numbers as such, the headings always in sight."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        heading = book.add_format({"bold": True})
        formats = {name: book.add_format({"num_format": pattern}) for name, pattern in FORMATS.items()}
        names: set[str] = set()

        def begin(sheet: Sheet) -> Worksheet:
            page = book.add_worksheet(_free(sheet.name, names))
            page.freeze_panes(1, 0)
            for at, column in enumerate(sheet.columns):
                page.set_column(at, at, WIDTHS[column.type], formats.get(column.type))
                page.write_string(0, at, column.title, heading)
            return page

        for sheet in sheets:
            page, row = begin(sheet), 1
            for chunk in sheet.chunks:
                for cells in zip(*chunk, strict=True):
                    if row == MOST_ROWS:
                        page, row = begin(sheet), 1
                    for at, cell in enumerate(cells):
                        if isinstance(cell, str):
                            page.write_string(row, at, cell)
                        elif cell is not None:
                            page.write_number(row, at, _number(cell), formats.get(sheet.columns[at].type))
                    row += 1


class _Written:
    """Takes what an archive writes, and hands it on."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """Nor to close."""

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def _lines(rows: Iterable[Iterable[object]], delimiter: str) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _written(column: Column, values: Values) -> Sequence[object]:
    if column.type == "time":
        return [None if value is None else f"{value:%H:%M}" for value in values]
    if column.type == "text" and any(str(text)[:1] in GUARDED for text in set(values)):
        return [f"'{text}" if str(text)[:1] in GUARDED else text for text in values]
    return values


def _free(wanted: str, names: set[str]) -> str:
    """A name that no sheet of the book has yet, and that a spreadsheet takes."""
    plain = wanted.translate(FORBIDDEN)
    name, number = plain[:LONGEST_NAME], 1
    while name.casefold() in names:
        number += 1
        name = f"{plain[: LONGEST_NAME - 5]} {number}"
    names.add(name.casefold())
    return name


def _number(cell: int | date | time) -> float:
    """The cell as a spreadsheet counts: days since the end of 1899, and parts of a day."""
    if isinstance(cell, date):
        return cell.toordinal() - EPOCH
    if isinstance(cell, time):
        return (cell.hour * 60 + cell.minute) / 1440
    return cell
