"""Runs the measurement: `make bench`."""

import argparse
import sys
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import report
from benchmarks.house import House
from benchmarks.measure import Run

STORED = (1_500, 150_000)
ROUNDS = 3


def main() -> None:
    options = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    options.add_argument("--stored", type=int, nargs="+", default=STORED, help="how many entries are there before")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--show", action="store_true", help="print the figures; docs/benchmarks.md stays as it is")
    chosen = options.parse_args()
    stored = sorted(chosen.stored)
    with TemporaryDirectory(prefix="fieldlog-bench-") as name, get_context("spawn").Pool(1) as clients:
        folder = Path(name)
        filled = {amount: _filled(folder, amount, stored) for amount in stored}
        run = Run(clients, chosen.rounds)
        run.work(filled, folder)
    if chosen.show:
        print(report.figures(run, stored, _today()))
    else:
        report.write(run, stored, _today())


def _filled(folder: Path, amount: int, stored: list[int]) -> House:
    """A house with so many entries; it grows from the next smaller one."""
    begun = time.monotonic()
    smaller = [other for other in stored if other < amount]
    house = House(folder / f"{smaller[-1]}").copy_to(folder / f"{amount}") if smaller else House(folder / f"{amount}")
    if not smaller:
        house.set_up()
    house.fill(amount)
    print(f"{amount} stored in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    return house


def _today() -> str:
    return datetime.now(UTC).strftime("%-d %B %Y")


if __name__ == "__main__":
    main()
