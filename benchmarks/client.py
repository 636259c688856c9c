"""A load client that costs little: kept-alive sockets, one thread, bodies made beforehand. Runs in its own process."""

import re
import selectors
import socket
import time
from dataclasses import dataclass

from benchmarks.work import Session, bodies

LENGTH = re.compile(rb"\r\nContent-Length: (\d+)\r\n", re.IGNORECASE)
HEAD = "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nCookie: fieldlog={cookie}\r\n"
HEAD += "Content-Length: {length}\r\n\r\n"
PATIENCE = 30
MOST_SECONDS = 8
"""However slow the server is, the load ends."""


class WrongAnswerError(Exception):
    """The server answered something else than that it took every entry in."""


@dataclass(frozen=True)
class Load:
    """What to send: every session on a connection of its own, each request when the one before it is answered."""

    port: int
    path: str
    sessions: tuple[Session, ...]
    areas: tuple[str, ...]
    requests: int
    entries: int
    seed: int


@dataclass(frozen=True)
class Took:
    """How long the whole took, and each of the requests, in seconds."""

    whole: float
    each: list[float]


@dataclass
class Connection:
    """A kept-alive connection, and what is still to be sent on it."""

    socket: socket.socket
    requests: list[bytes]
    answer: bytes = b""
    sent_at: float = 0

    def send(self) -> None:
        self.answer, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(self.requests.pop())

    def is_answered(self) -> bool:
        """Read what has come; whether that is the whole answer."""
        self.answer += self.socket.recv(1 << 18)
        head, found, body = self.answer.partition(b"\r\n\r\n")
        length = LENGTH.search(head + b"\r\n")
        # One that is not sent again has no body, whatever length it tells.
        return bool(found) and (b" 304 " in head[:15] or bool(length and len(body) >= int(length[1])))


def drive(load: Load) -> Took:
    """Send the load, and see to it that every entry is accepted. Raises WrongAnswerError."""
    share = max(1, load.requests // len(load.sessions))
    plans = [_requests(load, session, share, load.seed + number) for number, session in enumerate(load.sessions)]
    waiting = selectors.DefaultSelector()
    for plan in plans:
        opened = socket.create_connection(("127.0.0.1", load.port))
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        waiting.register(opened, selectors.EVENT_READ, Connection(opened, plan))
    each: list[float] = []
    begun = time.perf_counter()
    for key in list(waiting.get_map().values()):
        key.data.send()
    while waiting.get_map():
        if not (ready := waiting.select(PATIENCE)):
            raise WrongAnswerError(f"no answer within {PATIENCE} s")
        for key, _ in ready:
            connection: Connection = key.data
            if not connection.is_answered():
                continue
            now = time.perf_counter()
            each.append(now - connection.sent_at)
            _check(connection.answer, load.entries)
            if connection.requests and now - begun < MOST_SECONDS:
                connection.send()
            else:
                waiting.unregister(connection.socket)
                connection.socket.close()
    return Took(time.perf_counter() - begun, each)


def _requests(load: Load, session: Session, share: int, seed: int) -> list[bytes]:
    made = bodies(session, list(load.areas), share, load.entries, seed)
    return [HEAD.format(path=load.path, cookie=session.cookie, length=len(body)).encode() + body for body in made]


def _check(answer: bytes, entries: int) -> None:
    if not answer.startswith(b"HTTP/1.1 200 ") or answer.count(b'"accepted"') != entries:
        raise WrongAnswerError(answer[:2000].decode(errors="replace"))
