"""A phone in whose outbox something waits."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.shell import TOLD, in_outbox, visit
from tests.fixtures.browser import Live
from tests.fixtures.work import NOW

KEEP = """async (items) => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  const rows = [];
  for (const item of items) rows.push(await box.save(who, item));
  return rows.map((row) => row.id);
}"""
SENT = """async () => {
  const { outbox, account } = need("here");
  const [box, who] = [await outbox, await account()];
  await new Promise((resolve) => {
    const look = async () => (await box.count(who)).waiting || resolve();
    box.watch(look);
    look();
  });
}"""
DRAFT = """async ([key, value]) => {
  const { outbox, account } = need("here");
  await (await outbox).keepDraft(await account(), key, value);
}"""
CHANGE = """async ([what, id, content, why]) => {
  const { outbox } = need("here");
  const box = await outbox;
  await (what === "void" ? box.void(id, why) : box.change(id, content, why));
}"""


class Door:
    """Stands before the outbox's door at the server: answers in its place, or lets nobody through for a while."""

    def __init__(self, live: Live) -> None:
        self._inside = live.app.wsgi_app
        self._open = threading.Event()
        self._open.set()
        self._says: tuple[str, list[tuple[str, str]], bytes] | None = None
        live.app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/sync":
            self._open.wait(30)
            if self._says:
                status, headers, body = self._says
                start(status, headers)
                return [body]
        return self._inside(environ, start)

    def say(self, status: str, body: str = "", **headers: str) -> None:
        """Answer so from now on; no status lets everybody through again."""
        told = [(name.replace("_", "-"), value) for name, value in headers.items()]
        self._says = (status, [("Content-Type", "text/html"), *told], body.encode()) if status else None

    def close(self) -> None:
        self._open.clear()

    def open(self) -> None:
        self._open.set()


def work(kind: str = "traffic-control", *, at: str = NOW.isoformat(), area: str = "brunflo", **answers: Any) -> Any:
    """Work as the form hands it to the outbox."""
    return {"kind": kind, "happened_at": at, "area": area, "answers": answers}


def visit_at_work(page: Page, live: Live, name: str = "officer", path: str = "/log") -> None:
    """Sign in at twenty to ten, and stay until the phone has kept everything, the figures too."""
    page.clock.install(time=NOW)
    visit(page, live, path, name=name)
    in_outbox(page, TOLD)


def keep(page: Page, *items: Any) -> list[str]:
    """Put work into the outbox of the page's person; the ids of what waits."""
    ids: list[str] = in_outbox(page, KEEP, *items)
    return ids


def send(page: Page, *items: Any) -> list[str]:
    """Put work into the outbox, and stay until nothing waits any more; the ids."""
    ids = keep(page, *items)
    in_outbox(page, SENT)
    return ids


def begin(page: Page, key: str, value: Any) -> None:
    """Leave a form half filled in."""
    in_outbox(page, DRAFT, key, value)


def correct(page: Page, entry: str, content: Any) -> None:
    in_outbox(page, CHANGE, "change", entry, content, {"reason": "wrong-count"})


def void(page: Page, entry: str) -> None:
    in_outbox(page, CHANGE, "void", entry, None, {"reason": "duplicate"})


def banner(page: Page) -> Locator:
    """What the page says of the outbox."""
    return page.locator("[data-banner]")


def row(page: Page, text: str) -> Locator:
    """The entries in the list that say so."""
    return page.locator(".rows li:visible", has_text=text)


def refused(page: Page) -> Locator:
    """What is listed as refused, as the phone has it: until the page's script ran, the server's list stands there."""
    return page.locator("[data-refused] [data-refused-row]:visible")


def fact(page: Page, words: str) -> Locator:
    """One answer on the page about the phone."""
    return page.locator(".pairs > div", has=page.locator("dt", has_text=words)).locator("dd")
