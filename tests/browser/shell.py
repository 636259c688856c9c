"""A phone that has kept the shell, and a server whose weather can change."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Response

from tests.fixtures.browser import Live

KEPT = """async () => {
  const { active } = await navigator.serviceWorker.ready;
  while (active.state !== "activated")
    await new Promise((changed) => active.addEventListener("statechange", changed, { once: true }));
  return navigator.serviceWorker.controller !== null;
}"""
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      const url = new URL(request.url);
      found.push([name, url.pathname + url.search, [...answer.headers].join("\\n"), await answer.text()]);
    }
  }
  return found;
}"""


NEED = """const { need } = await import(document.querySelector("script[type=module]").src);"""
KNOWN = """async () => {
  const { outbox, account } = need("here");
  const box = await outbox;
  while ((await box.state("who"))?.account !== (await account())) await new Promise(requestAnimationFrame);
}"""
TOLD = """async () => {
  const box = await need("here").outbox;
  while (!(await box.state("tallies"))) await new Promise(requestAnimationFrame);
}"""


class Weather:
    """Stands between browsers and the application: pages can be refused, held up, or let through.

    ``asked`` are the paths that came this far.
    """

    def __init__(self, live: Live) -> None:
        self._inside = live.app.wsgi_app
        self.refuses_pages_with = ""
        self.holds_pages_up = False
        self.asked: list[str] = []
        self._cleared = threading.Event()
        live.app.wsgi_app = self  # type: ignore[method-assign, assignment]

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        self.asked.append(environ["PATH_INFO"])
        if environ.get("HTTP_SEC_FETCH_MODE") == "navigate":
            if self.holds_pages_up:
                self._cleared.wait(30)
            if self.refuses_pages_with:
                start(self.refuses_pages_with, [("Content-Type", "text/html")])
                return [b"<h1>Somebody else's page</h1>"]
        return self._inside(environ, start)

    def clear(self) -> None:
        """Let go of what is held up."""
        self._cleared.set()


def visit(page: Page, live: Live, path: str = "/log", *, name: str = "officer") -> None:
    """Sign in, and stay until the phone has kept everything and knows whose it is."""
    live.sign_in(page, name)
    page.goto(path)
    if not page.evaluate(KEPT):
        page.reload()  # it was on its way when the worker took over the pages that were there
    in_outbox(page, KNOWN)


def in_outbox(page: Page, script: str, *given: Any) -> Any:
    """Run a script with the modules that the page itself runs, as soon as it names them."""
    page.locator("script[type=module]").first.wait_for(state="attached")
    return page.evaluate(script.replace("=> {", f"=> {{ {NEED}", 1), list(given))


def cached(page: Page) -> list[tuple[str, str, str, str]]:
    """Everything in the page's caches: (cache, address, headers, text)."""
    return [tuple(one) for one in page.evaluate(CACHED)]


def heading(page: Page) -> str:
    return page.locator("h1").inner_text().replace("\u00ad", "")


def is_from_shell(page: Page) -> bool:
    return page.locator("html[data-shell]").count() == 1


def answers(context: BrowserContext) -> list[Response]:
    """Every answer that the context's pages get from now on."""
    found: list[Response] = []

    def keep(answer: Response) -> None:
        found.append(answer)

    context.on("response", keep)
    return found
