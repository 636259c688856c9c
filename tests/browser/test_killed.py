"""The server is killed in the middle of a batch, really, and started again."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import func, select

from fieldlog.config import Settings
from fieldlog.database import Database
from fieldlog.entries.models import Entry
from fieldlog.tallies.actions import recount
from tests.browser.road import sign_in_by_hand
from tests.browser.shell import KEPT
from tests.browser.waiting import keep, work
from tests.fixtures.browser import PHONE

COMMAND = [sys.executable, "-c", "from fieldlog.cli import main; main()", "serve"]
MOST_PRESSES = 1_000
TODAY = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


class Server:
    """A server in a process of its own."""

    def __init__(self, instance: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = os.environ | {"FIELDLOG_INSTANCE": str(instance), "PORT": str(self.port)}
        self.start()

    def start(self) -> None:
        self._process = subprocess.Popen(COMMAND, env=self._environment, stdout=subprocess.DEVNULL)
        while not self._answers():
            assert self._process.poll() is None, "the server ended"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=5) as answer:
                status: int = answer.status
                return status == HTTPStatus.OK
        except (URLError, ConnectionError):
            return False

    def kill(self) -> None:
        self._process.kill()
        self._process.wait(10)


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    started = Server(settings.instance)
    yield started
    started.kill()


@pytest.fixture
def phone(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, viewport=PHONE)
    page = context.new_page()
    page.goto("/log")
    sign_in_by_hand(page, "officer")
    page.evaluate(KEPT)
    yield page
    context.close()


def test_a_server_that_is_killed_in_the_middle_of_batches_has_every_entry_once(
    phone: Page, server: Server, settings: Settings
) -> None:
    killed: list[Request] = []

    def kill(request: Request) -> None:
        """Somewhere between the batch's first byte and its answer: a little later each time."""
        if request.url.endswith("/sync") and len(killed) < 5:
            time.sleep(0.01 * len(killed))
            server.kill()
            killed.append(request)
            server.start()

    phone.context.set_offline(True)
    keep(phone, *(work(at=TODAY, vehicles=1) for _ in range(150)))
    phone.context.on("request", kill)
    phone.context.set_offline(False)
    phone.goto("/phone", timeout=120_000)  # five starts of a server come between
    waiting = phone.locator("[data-fact=waiting]")
    expect(waiting).to_have_text("150")
    for _ in range(MOST_PRESSES):
        if waiting.inner_text() == "0":
            break
        phone.evaluate("document.querySelector('[data-send]').click()")  # does nothing while it is being sent
        phone.wait_for_timeout(50)
    expect(waiting).to_have_text("0")
    assert len(killed) == 5
    database = Database(settings.database)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 150
        assert recount(session) == []
    database.close()
