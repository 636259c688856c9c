"""The figures as a page: docs/benchmarks.md, of which the part between two marks is written anew by every run."""

import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from benchmarks import empty
from benchmarks.measure import CONNECTIONS, ENTRIES, SYNC, Measured, Run

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- {what}: written by `make bench` -->", "<!-- end of {what} -->"
MILLI = 1_000


def write(run: Run, stored: Sequence[int], day: str) -> None:
    """Put the figures of the run into the page."""
    put("figures", figures(run, stored, day))


def put(what: str, text: str) -> None:
    """Write one part of the page anew."""
    begin, end = BEGIN.format(what=what), END.format(what=what)
    before, found, rest = PAGE.read_text(encoding="utf-8").partition(begin)
    _, ends, after = rest.partition(end)
    if not (found and ends):
        raise SystemExit(f"{PAGE.name} has no place for the {what}: {begin} … {end}")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def figures(run: Run, stored: Sequence[int], day: str) -> str:
    """The figures of the run, as Markdown."""
    parts = (f"Measured on {day}: {machine()}.", _targets(run, stored), _door(run, stored), _beside(run, stored))
    return "\n\n".join(parts)


def machine() -> str:
    """What it was measured on, without a name of anything."""
    processors = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    model = re.search(r"^model name\s*: (.*)$", processors, re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(encoding="utf-8"), re.MULTILINE)
    words = [
        f"{os.cpu_count()} processors ({model[1] if model else platform.machine()})",
        f"{round(int(memory[1]) / 2**20)} GB" if memory else "",
        f"{platform.system()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
    ]
    return ", ".join(word for word in words if word)


def _targets(run: Run, stored: Sequence[int]) -> str:
    few, many = stored[0], stored[-1]
    single, fifty = run.cells[SYNC, 8, 1, few], run.cells[SYNC, 8, 50, few]
    ratio = min(
        run.cells[SYNC, connections, entries, many].rate / run.cells[SYNC, connections, entries, few].rate
        for connections in CONNECTIONS
        for entries in ENTRIES
    )
    rows = [
        ("entries a second, one in each request, 8 connections", "≥ 1 000", _number(single.rate)),
        ("of those requests, 99 in 100 answered within", "≤ 25 ms", f"{single.slow * MILLI:.1f} ms"),
        ("entries a second, fifty in each request, 8 connections", "≥ 5 000", _number(50 * fifty.rate)),
        (f"speed at {_number(many)} stored, of that at {_number(few)}", "≥ 1", f"{ratio:.2f} at the least"),
    ]
    return table(("goal", "wanted", "measured"), rows)


def _door(run: Run, stored: Sequence[int]) -> str:
    heads = ["connections", "entries a request"]
    for amount in stored:
        heads += [f"entries/s at {_number(amount)}", "median", "p99", "of empty", "processor"]
    rows = []
    for entries in ENTRIES:
        for connections in CONNECTIONS:
            row = [str(connections), str(entries)]
            for amount in stored:
                cell, bare = (
                    run.cells[SYNC, connections, entries, amount],
                    run.cells[empty.PATH, connections, 0, amount],
                )
                row += [_number(entries * cell.rate), *_times(cell), f"{cell.rate / bare.rate:.2f}"]
                row += [f"{median(cell.processor) / entries * MILLI:.2f} ms"]
            rows.append(row)
    return table(heads, rows)


def _beside(run: Run, stored: Sequence[int]) -> str:
    rows = list(_floors(run, stored[0]))
    commits = [sum(each) / len(each) for each in run.commits]
    every = [one for each in run.commits for one in each]
    slow = quantiles(every, n=100)[98]
    rows.append(
        ("SQLite alone: commits of one small row, FULL", "1", _number(1 / median(commits)), *_ms(median(every), slow))
    )
    return table(("beside it", "connections", "a second", "median", "p99"), rows)


def _floors(run: Run, stored: int) -> Iterator[tuple[str, ...]]:
    named = {empty.PATH: "an empty JSON POST: no sign-in check, no database", SYNC: "`POST /sync` with no entry in it"}
    for path, words in named.items():
        for connections in CONNECTIONS:
            cell = run.cells[path, connections, 0, stored]
            yield words, str(connections), _number(cell.rate), *_times(cell)


def _times(cell: Measured) -> tuple[str, str]:
    return _ms(cell.middle, cell.slow)


def _ms(middle: float, slow: float) -> tuple[str, str]:
    return f"{middle * MILLI:.2f} ms", f"{slow * MILLI:.1f} ms"


def _number(amount: float) -> str:
    return f"{round(amount):,}".replace(",", " ")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, whose first column holds words and the others numbers."""
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
