"""The outbox's database is opened whatever made it or holds it, and a phone that keeps nothing says so."""

import re

import pytest
from playwright.sync_api import Page, Route

from tests.browser.outbox import opened
from tests.fixtures.browser import Live

REASON = """async () => {
  const { openStore } = await import("/static/js/outbox/db.js");
  return openStore().then(() => "it opened", (error) => `${error.name}: ${error.reason}`);
}"""


@pytest.mark.parametrize(
    "private",
    [
        "Object.defineProperty(window, 'indexedDB', {value: undefined})",
        "Object.defineProperty(window, 'indexedDB', {value: null})",
        "Object.defineProperty(window, 'indexedDB', {get() { throw new DOMException('', 'SecurityError'); }})",
        "IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); }",
        """IDBFactory.prototype.open = () => {
          const request = {error: new DOMException("", "InvalidStateError")};
          queueMicrotask(() => request.onerror());
          return request;
        }""",
    ],
    ids=["missing", "null", "forbidden", "not opened", "refused"],
)
def test_a_phone_that_keeps_nothing_says_so(page: Page, live: Live, private: str) -> None:
    page.add_init_script(private)
    page.goto("/healthz")
    assert page.evaluate(REASON) == "StorageError: unavailable"


def test_a_newer_apps_database_is_used_as_it_is(page: Page) -> None:
    """Also when the newer app opens it in another tab, which this one does not stop."""
    opened(page).evaluate("outbox.save(7, item(1))")
    newer = page.context.new_page()
    newer.goto(page.url)
    newer.evaluate("""new Promise((resolve, reject) => {
      const request = indexedDB.open("fieldlog", 9);
      request.onupgradeneeded = () => request.result.createObjectStore("codes");
      request.onsuccess = () => { request.result.close(); resolve(); };
      request.onerror = reject;
    })""")
    page.evaluate("outbox.save(7, item(2))")
    assert opened(newer).evaluate("numbers()") == [1, 2]


def test_an_older_apps_database_gets_what_it_lacks(page: Page) -> None:
    opened(page).evaluate("outbox.save(7, item(1))")
    newer = page.context.new_page()

    def one_more(route: Route) -> None:
        text = re.sub(r"VERSION ?= ?2", "VERSION = 3", route.fetch().text())
        text = re.sub(r'state: ?"key"', 'state: "key", codes: "code"', text)
        route.fulfill(body=text, content_type="text/javascript")

    newer.route("**/outbox/db.js", one_more)
    opened(newer).evaluate("store.write(['codes'], (tx) => tx.put('codes', {code: 'K7-RT4'}))")
    newer.evaluate("outbox.save(7, item(2))")
    assert page.evaluate("numbers()") == [1, 2]


def test_a_tab_that_does_not_let_go_holds_nobody_up(page: Page, live: Live) -> None:
    page.goto("/healthz")
    page.evaluate("""new Promise((resolve) => {
      const request = indexedDB.open("fieldlog", 1);
      request.onsuccess = () => {
        window.kept = request.result;
        indexedDB.deleteDatabase("fieldlog").onblocked = resolve;
      };
    })""")
    page.clock.install()
    page.evaluate(f"window.answer = ({REASON})()")
    page.clock.run_for(5_000)
    assert page.evaluate("answer") == "StorageError: closed"
    page.evaluate("kept.close()")
    assert page.evaluate(REASON) == "it opened"
