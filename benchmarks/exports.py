"""How fast rows are taken out: `make bench` measures it too, `python -m benchmarks.exports --show` only that."""

import argparse
import csv
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import report, work
from benchmarks.house import PLACE, House
from fieldlog.actors import Actor, Organisation, Role
from fieldlog.database import Database
from fieldlog.exports.actions import write_file
from fieldlog.exports.models import Format, Order
from fieldlog.kinds import KINDS
from fieldlog.periods import Span
from fieldlog.tables.queries import entries

ALONE = "Python's `csv.writer` alone: the same cells, already in memory"
ROWS, FEW, ROUNDS = 100_000, 2_000, 5
BY = Actor(0, PLACE, Organisation.POLICE, Role.SUPERVISOR)
SPAN = Span(date(2000, 1, 1), date(2100, 12, 31))
PEAK = """
import re, sys
from pathlib import Path
from benchmarks.exports import take_out
from benchmarks.house import House
with House(Path(sys.argv[1])).database() as database:
    take_out(database, sys.argv[2], Path(sys.argv[1]) / "export")
print(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])
"""


def main() -> None:
    options = argparse.ArgumentParser(prog="benchmarks.exports", description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--show", action="store_true", help="print the figures; docs/benchmarks.md stays as it is")
    chosen = options.parse_args()
    with TemporaryDirectory(prefix="fieldlog-bench-") as name:
        few = House(Path(name) / "few")
        few.set_up()
        few.fill(FEW)
        many = few.copy_to(Path(name) / "many")
        many.fill(chosen.rows)
        text = _figures(few, many, chosen.rows, chosen.rounds)
    print(text) if chosen.show else report.put("exports", text)


def take_out(database: Database, form: str, file: Path) -> None:
    """Write every control to a file."""
    order = Order(SPAN, (work.KIND,), format=Format(form))
    with database.snapshot() as session, file.open("wb") as written:
        write_file(session, order, BY, written)


def _figures(few: House, many: House, rows: int, rounds: int) -> str:
    file = many.folder / "export"
    with many.database() as database:
        ways: dict[str, Callable[[], object]] = {
            "CSV": lambda: take_out(database, "csv", file),
            "XLSX": lambda: take_out(database, "xlsx", file),
        }
        took = {words: [_seconds(way) for _ in range(rounds)] for words, way in ways.items()}
        # Only now: with two million cells in memory everything else is slower.
        cells = _cells(database)
        took[ALONE] = [_seconds(lambda: _write(cells)) for _ in range(rounds)]
    wanted = {"CSV": "≤ 2 s", "XLSX": "≤ 15 s"}
    lines = [
        (words, wanted.get(words, ""), f"{median(each):.2f} s", f"{max(each):.2f} s") for words, each in took.items()
    ]
    memory = [
        (form.upper(), *(f"{_peak(house, form):,} kB".replace(",", " ") for house in (few, many)))
        for form in ("csv", "xlsx")
    ]
    number = f"{rows:,}".replace(",", " ")
    head = f"Measured on {datetime.now(UTC):%-d %B %Y}: {report.machine()}. {number} controls, {rounds} rounds."
    return "\n\n".join(
        [
            head,
            report.table(("taking them out", "wanted", "median", "slowest"), lines),
            report.table(("most memory of the process", f"{FEW} rows", f"{number} rows"), memory),
        ]
    )


def _seconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return time.perf_counter() - begun


def _cells(database: Database) -> list[tuple[object, ...]]:
    with database.snapshot() as session:
        sheet = entries(session, KINDS[work.KIND], Order(SPAN, (work.KIND,)), BY)
        return [row for chunk in sheet.chunks for row in zip(*chunk, strict=True)]


def _write(rows: list[tuple[object, ...]]) -> None:
    csv.writer(StringIO(), delimiter=";").writerows(rows)


def _peak(house: House, form: str) -> int:
    """The most memory that a process of its own needs for it, in kB."""
    asked = [sys.executable, "-c", PEAK, str(house.folder), form]
    return int(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
