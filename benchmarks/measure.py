"""What is measured, round after round: everything once in each round, so that a disturbed minute disturbs all alike."""

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median, quantiles

from benchmarks import empty, floor
from benchmarks.client import Load, Took, drive
from benchmarks.house import PEOPLE, House, Server

CONNECTIONS = (1, 8, 32)
ENTRIES = (1, 50)
REQUESTS = {0: 1_600, 1: 2_400, 50: 240}
"""How many a round has, by the entries in each: about two seconds' worth."""
ALONE = 3
"""One connection alone gets that much less done."""
WARMING = {1: 160, 50: 16}
SYNC = "/sync"

Cell = tuple[str, int, int, int]
"""Path, connections, entries in each request, entries stored before."""


@dataclass
class Measured:
    """Every round of one cell."""

    rates: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)

    def add(self, took: Took, processor: float) -> None:
        self.rates.append(len(took.each) / took.whole)
        self.processor.append(processor / len(took.each))
        self.each += took.each

    @property
    def rate(self) -> float:
        """Requests a second, in the round in the middle."""
        return median(self.rates)

    @property
    def middle(self) -> float:
        return median(self.each)

    @property
    def slow(self) -> float:
        """What 99 of 100 requests stay under, of all rounds together."""
        return quantiles(self.each, n=100)[98]


class Run:
    """Carries the rounds out and keeps what they took."""

    def __init__(self, clients: Pool, rounds: int) -> None:
        self.cells: dict[Cell, Measured] = defaultdict(Measured)
        self.commits: list[list[float]] = []
        self._clients = clients
        self._rounds = rounds

    def work(self, filled: dict[int, House], folder: Path) -> None:
        for number in range(self._rounds):
            self.commits.append(floor.commits(folder))
            for stored, house in filled.items():
                print(f"round {number + 1} of {self._rounds}, {stored} stored", file=sys.stderr, flush=True)
                self._round(house.copy_to(folder / f"{stored}-{number}"), stored, seed=1_000 * number)

    def _round(self, house: House, stored: int, seed: int) -> None:
        sent = 0
        with house.serving() as server, house.serving([sys.executable, "-m", "benchmarks.empty"]) as bare:
            sessions = tuple(server.sign_in(PEOPLE[number % len(PEOPLE)]) for number in range(max(CONNECTIONS)))
            load = Load(server.port, SYNC, sessions, house.areas(), requests=0, entries=0, seed=seed)
            nothing = replace(load, port=bare.port, path=empty.PATH)
            for entries, requests in WARMING.items():
                sent += entries * len(self._drive(replace(load, requests=requests, entries=entries)).each)
            self._drive(replace(nothing, requests=WARMING[1]))
            for connections in CONNECTIONS:
                some = sessions[:connections]
                for at, asked in ((bare, nothing), (server, load)):
                    self._measure(at, replace(asked, sessions=some), stored)
                for entries in ENTRIES:
                    took = self._measure(server, replace(load, sessions=some, entries=entries), stored)
                    sent += entries * len(took.each)
        found = house.entries()
        if found != stored + sent:
            raise SystemExit(f"{stored} were stored and {sent} acknowledged, but there are {found}")
        house.recount()

    def _measure(self, server: Server, load: Load, stored: int) -> Took:
        connections = len(load.sessions)
        requests = REQUESTS[load.entries] // (ALONE if connections == 1 else 1)
        before = server.processor_seconds()
        took = self._drive(replace(load, requests=requests))
        cell = self.cells[load.path, connections, load.entries, stored]
        cell.add(took, server.processor_seconds() - before)
        return took

    def _drive(self, load: Load) -> Took:
        return self._clients.apply(drive, (load,))
