"""How fast the public page is answered: `make bench` measures it too, `--show` alone only prints the figures."""

import argparse
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from multiprocessing import get_context
from multiprocessing.pool import Pool
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from benchmarks import report
from benchmarks.client import Connection, Took, WrongAnswerError
from benchmarks.house import House, Server

STORED, ROUNDS, CONNECTIONS, REQUESTS, WANTED = 3_000, 3, 8, 4_000, 500
PAGE, PLEDGE = "/", "/programme/ostersund-{year}/traffic-safety"
KNOWN = {"": 200, "asked again with its `ETag`": 304}
HEAD = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br, gzip\r\n{more}\r\n"


@dataclass(frozen=True)
class Asking:
    """What is asked for, over and over, and the status that it has to be answered with."""

    port: int
    path: str
    etag: str
    status: int

    @property
    def request(self) -> bytes:
        more = f"If-None-Match: {self.etag}\r\n" if self.etag else ""
        return HEAD.format(path=self.path, more=more).encode()


def main() -> None:
    options = argparse.ArgumentParser(prog="benchmarks.public", description=__doc__)
    options.add_argument("--stored", type=int, default=STORED, help="how many entries are there")
    options.add_argument("--rounds", type=int, default=ROUNDS)
    options.add_argument("--show", action="store_true", help="print the figures; docs/benchmarks.md stays as it is")
    chosen = options.parse_args()
    with TemporaryDirectory(prefix="fieldlog-bench-") as name, get_context("spawn").Pool(1) as clients:
        house = House(Path(name) / "house")
        house.set_up()
        house.fill(chosen.stored)
        with house.serving() as server:
            text = _figures(server, clients, chosen.stored, chosen.rounds)
    print(text) if chosen.show else report.put("public", text)


def ask(asking: Asking) -> Took:
    """Ask on every connection, each time as soon as it was answered. Raises WrongAnswerError."""
    waiting, each = selectors.DefaultSelector(), list[float]()
    for _ in range(CONNECTIONS):
        opened = _connected(asking.port)
        waiting.register(opened, selectors.EVENT_READ, Connection(opened, [asking.request] * (REQUESTS // CONNECTIONS)))
    begun = time.perf_counter()
    for key in list(waiting.get_map().values()):
        key.data.send()
    while waiting.get_map():
        for key, _ in waiting.select():
            connection: Connection = key.data
            if not connection.is_answered():
                continue
            each.append(time.perf_counter() - connection.sent_at)
            if not connection.answer.startswith(f"HTTP/1.1 {asking.status} ".encode()):
                raise WrongAnswerError(connection.answer[:200].decode(errors="replace"))
            if b"\r\nConnection: close\r\n" in connection.answer or not connection.requests:
                waiting.unregister(connection.socket)
                connection.socket.close()
                if not connection.requests:
                    continue
                connection.socket = _connected(asking.port)
                waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
    return Took(time.perf_counter() - begun, each)


def _connected(port: int) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port))
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return opened


def _figures(server: Server, clients: Pool, stored: int, rounds: int) -> str:
    now = datetime.now(UTC)
    named = {
        "the page of all pledges": PAGE,
        "the page of one pledge": PLEDGE.format(year=now.year),
        "a static file, the icons": "/static/icons/sprite.svg",
    }
    asked = {(what, how): _asking(server, path, how) for what, path in named.items() for how in KNOWN}
    took: dict[tuple[str, str], list[Took]] = {key: [] for key in asked}
    for _ in range(rounds):
        for key, (asking, _) in asked.items():
            took[key].append(clients.apply(ask, (asking,)))
    rates = {key: median(len(one.each) / one.whole for one in some) for key, some in took.items()}
    page, file = (rates[what, ""] for what in (next(iter(named)), [*named][-1]))
    number = f"{stored:,}".replace(",", " ")
    head = f"Measured on {now:%-d %B %Y}: {report.machine()}. {number} entries stored, {CONNECTIONS} connections, "
    head += f"{rounds} rounds."
    goals = [("requests of the page a second", f"≥ {WANTED}", f"{page:.0f}")]
    goals += [("of those of a static file, by the same server", "", f"{page / file:.2f}")]
    columns = ("asked for", "", "bytes", "a second", "of the static file", "median", "p99")
    return "\n\n".join(
        [
            head,
            report.table(("goal", "wanted", "measured"), goals),
            report.table(columns, list(_lines(asked, took, rates, [*named][-1]))),
        ]
    )


def _lines(
    asked: dict[tuple[str, str], tuple[Asking, int]],
    took: dict[tuple[str, str], list[Took]],
    rates: dict[tuple[str, str], float],
    file: str,
) -> Iterator[tuple[str, ...]]:
    for (what, how), (_, size) in asked.items():
        each = [seconds for one in took[what, how] for seconds in one.each]
        ratio, slow = rates[what, how] / rates[file, how], quantiles(each, n=100)[98]
        times = f"{median(each) * 1000:.1f} ms", f"{slow * 1000:.1f} ms"
        yield what, how, f"{size}", f"{rates[what, how]:.0f}", f"{ratio:.2f}", *times


def _asking(server: Server, path: str, how: str) -> tuple[Asking, int]:
    """What to ask for, and how many bytes its body has; asking for it lets the server have it ready."""
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
    first = connection.getresponse()
    size, etag = len(first.read()), first.getheader("ETag") or ""
    connection.close()
    if first.status != 200:
        raise SystemExit(f"{path} answers {first.status}")
    asking = Asking(server.port, path, etag if how else "", KNOWN[how])
    return asking, 0 if how else size


if __name__ == "__main__":
    main()
