"""Tables as files: what is read from them is what was put in, and nothing of it runs."""

import csv
import re
from collections.abc import Iterator
from datetime import date, time
from io import BytesIO, StringIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st

from fieldlog import sheets
from fieldlog.sheets import FORMULA, PROGRAM, SPREADSHEET, Cell, Column, Sheet, csv_file, csv_text, xlsx_file
from tests.kinds.answers import repeatable

COLUMNS = [Column("Text"), Column("Antal", "number"), Column("Dag", "date"), Column("Tid", "time")]
NAMESPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

HOSTILE = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    st.sampled_from(sorted(FORMULA)).flatmap(
        lambda mark: st.text("=1+1\"';,|!", max_size=8).map(lambda text: mark + text)
    ),
    st.sampled_from(["'=1", "''", '"', "a;b", "a,b", "rad\nrad", "=cmd|' /C calc'!A0", "\ufeffx", "_x0041_", "💥"]),
)
ROWS = st.lists(
    st.tuples(
        HOSTILE,
        st.one_of(st.none(), st.integers(0, 10**12)),
        st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 12, 31))),
        st.one_of(st.none(), st.times().map(lambda moment: time(moment.hour, moment.minute))),
    ),
    max_size=5,
)


def sheet(rows: list[tuple[Cell, ...]], name: str = "Blad") -> Sheet:
    return Sheet(name, COLUMNS, [list(zip(*[row], strict=True)) for row in rows])


def workbook(*made: Sheet) -> dict[str, list[list[Any]]]:
    file = BytesIO()
    xlsx_file(made, file)
    return workbook_of(file)


def workbook_of(file: BytesIO) -> dict[str, list[list[Any]]]:
    """The cells of each sheet: texts and numbers. Fails for a formula, and for headings that scroll away."""
    found = {}
    with ZipFile(file) as archive:
        pages = ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//x:sheet", NAMESPACE)
        for number, name in enumerate([page.get("name", "") for page in pages], 1):
            page = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(page.iterfind(".//x:f", NAMESPACE))
            assert page.find(".//x:pane", NAMESPACE) is not None
            found[name] = [list(_cells(row)) for row in page.iterfind(".//x:row", NAMESPACE)]
    return found


def _cells(row: ElementTree.Element) -> Iterator[Any]:
    for cell in row.iterfind("x:c", NAMESPACE):
        value = cell.find("x:v", NAMESPACE)
        if value is None:  # marks that XML does not take are written by their number
            yield re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), "".join(cell.itertext()))
        else:
            yield round(float(value.text or ""), 9)


@repeatable(60)
@given(rows=ROWS, delimiter=st.sampled_from([SPREADSHEET, PROGRAM]))
def test_csv_is_read_as_it_was_written_and_nothing_in_it_runs(rows: list[tuple[Cell, ...]], delimiter: str) -> None:
    text = b"".join(csv_file([sheet(rows)], delimiter)).decode("utf-8-sig" if delimiter == SPREADSHEET else "utf-8")
    heads, *found = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    assert heads == ["Text", "Antal", "Dag", "Tid"]
    assert not any(cell[:1] in FORMULA for row in found for cell in row if cell)
    back = [(row[0].removeprefix("'"), *row[1:]) for row in found]
    assert back == [(row[0] or "", *(_written(cell) for cell in row[1:])) for row in rows]


def _written(cell: Cell) -> str:
    return "" if cell is None else f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


@repeatable(30)
@given(rows=ROWS)
def test_a_workbook_has_texts_as_texts_and_the_rest_as_numbers(rows: list[tuple[Cell, ...]]) -> None:
    (_, *found) = workbook(sheet(rows))["Blad"]
    assert found == [[_counted(cell) for cell in row if cell is not None] for row in rows]


def _counted(cell: Cell) -> Any:
    if isinstance(cell, date):
        return float((cell - date(1899, 12, 30)).days)
    return round((cell.hour * 60 + cell.minute) / 1440, 9) if isinstance(cell, time) else cell


def test_semicolons_come_with_the_mark_that_excel_wants_and_commas_without() -> None:
    assert next(csv_text(sheet([]), SPREADSHEET)).startswith("\ufeffText;Antal")
    assert next(csv_text(sheet([]), PROGRAM)).startswith("Text,Antal")


def test_several_tables_as_csv_come_packed_each_as_a_file() -> None:
    packed = b"".join(csv_file([sheet([("ett", 1, None, None)], "Ett"), sheet([], "Två")], PROGRAM))
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["Ett.csv", "Två.csv"]
        assert archive.read("Ett.csv").decode().splitlines() == ["Text,Antal,Dag,Tid", "ett,1,,"]


def test_sheets_have_names_of_their_own_and_no_more_rows_than_a_spreadsheet_takes(monkeypatch: Any) -> None:
    monkeypatch.setattr(sheets, "MOST_ROWS", 3)
    long = "Ett blad med ett namn som är för långt"
    found = workbook(
        sheet([(str(number), 1, None, None) for number in range(5)], long), sheet([], long), sheet([], "Var/när?")
    )
    assert [len(rows) for rows in found.values()] == [3, 3, 2, 1, 1]
    assert all(len(name) <= 31 for name in found)
    assert "Var-när-" in found
