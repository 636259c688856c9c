"""Listening for requests: a body that is too large is heard out and forgotten, so that a page of ours can say so.

A server that answers in the middle of a body and hangs up is not heard: a browser says that the connection broke.
"""

from typing import Any

from flask import Flask
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer, create_server

HEARD_OUT = 1_000_000_000
"""Whoever sends as much as this is cut off."""
ROOM = 100_000
"""What a form may hold beside the largest that a view takes."""


class Forgetting(OverflowableBuffer):  # type: ignore[misc]
    """Keeps no more than ``most`` bytes, in memory or in a file, and counts them all."""

    def __init__(self, overflow: int, most: int) -> None:
        super().__init__(overflow)
        self.most, self.came = most, 0

    def append(self, data: bytes) -> None:
        self.came += len(data)
        if self.came <= self.most:
            super().append(data)

    def __len__(self) -> int:
        """How many came: a body that came in chunks gets its length from here."""
        return self.came


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    most = 0

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.body_rcv is not None:
            self.body_rcv.buf = Forgetting(self.adj.inbuf_overflow, self.most)


def listen(app: Flask, most: int, sockets: dict[int, Any] | None = None, **chosen: Any) -> Any:
    """A waitress server whose application may be handed bodies of ``most`` bytes; of larger ones only the length."""
    parser = type("Parser", (_Parser,), {"most": most + ROOM})
    channel = type("Channel", (HTTPChannel,), {"parser_class": parser})
    sockets = {} if sockets is None else sockets
    server = create_server(app, map=sockets, max_request_body_size=HEARD_OUT, ident=None, **chosen)
    for one in sockets.values():
        if isinstance(one, BaseWSGIServer):
            one.channel_class = channel
    return server
