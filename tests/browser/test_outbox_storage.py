"""The phone's storage fails in every way that it can: the outbox says so, and what it said it kept is there."""

import re

import pytest
from playwright.sync_api import Page, Route

from tests.browser.outbox import opened
from tests.fixtures.browser import Live

# A bucket whose quota the browser enforces as it does the whole phone's; a text that cannot be packed smaller.
LITTLE_ROOM = """async () => {
  const { openStore } = await import("/static/js/outbox/db.js");
  const bucket = await navigator.storageBuckets.open("small", { quota: 400_000 });
  window.outbox = new outbox.constructor(await openStore(bucket.indexedDB));
  window.long = (number, length) => item(number, crypto.getRandomValues(new Uint8Array(length)).join(""));
}"""
REASON = """async () => {
  const { openStore } = await import("/static/js/outbox/db.js");
  return openStore().then(() => "it opened", (error) => `${error.name}: ${error.reason}`);
}"""


def test_what_is_kept_survives_the_page(page: Page) -> None:
    opened(page).evaluate("outbox.save(7, item(1))")
    assert opened(page).evaluate("numbers()") == [1]


def test_every_write_is_asked_to_reach_the_disk(page: Page) -> None:
    asked = opened(page).evaluate("""async () => {
      const { transaction } = IDBDatabase.prototype;
      const asked = [];
      IDBDatabase.prototype.transaction = function (names, mode, options) {
        if (mode === "readwrite") asked.push(options?.durability);
        return transaction.call(this, names, mode, options);
      };
      await outbox.save(7, item(1));
      await outbox.keepDraft(7, "a", {});
      return asked;
    }""")
    assert asked == ["strict", "strict"]


def test_a_full_phone_says_so_and_keeps_what_it_has(page: Page) -> None:
    opened(page).evaluate(LITTLE_ROOM)
    page.evaluate("outbox.probe()")
    kept = page.evaluate("""async () => {
      const kept = [];
      for (const length of [60_000, 6_000, 1]) {
        let said = "kept";
        for (let number = kept.length; said === "kept"; number++) {
          said = await reason(outbox.save(7, long(number, length)).then(() => "kept"));
          if (said === "kept") kept.push(number);
        }
      }
      return kept;
    }""")
    assert kept
    assert page.evaluate("reason(outbox.probe())") == "full"
    assert page.evaluate("numbers()") == kept
    assert page.evaluate("outbox.file(7, [item(99)]).then((file) => file.entries.length)") == len(kept) + 1


def test_a_full_phone_gives_up_copies_of_what_was_acknowledged(page: Page) -> None:
    opened(page).evaluate(LITTLE_ROOM)
    counts, left = page.evaluate("""async () => {
      await outbox.setState("who", { account: 7 });
      const server_time = new Date().toISOString();
      const fetch = async (_, { body }) => {
        const results = JSON.parse(body).entries.map(({ id }) => ({ id, outcome: "accepted" }));
        return Response.json({ results, epoch: "first", server_time });
      };
      for (let number = 0; number < 12; number++) {
        await outbox.save(7, long(number, 60_000));
        await flush(outbox, { fetch });
      }
      return [await outbox.count(7), (await outbox.list(7)).length];
    }""")
    assert counts == {"waiting": 0, "refused": 0, "others": 0}
    assert 0 < left < 12


def test_a_database_that_is_closed_under_the_app_is_opened_again(page: Page) -> None:
    page.add_init_script("""
      const { open } = IDBFactory.prototype;
      IDBFactory.prototype.open = function (...given) {
        const request = open.apply(this, given);
        request.addEventListener("success", () => { window.connection = request.result; });
        return request;
      };
    """)
    opened(page).evaluate("outbox.save(7, item(1))")
    page.evaluate("connection.close()")
    page.evaluate("outbox.save(7, item(2))")
    page.evaluate("connection.close()")
    assert page.evaluate("numbers()") == [1, 2]


def test_a_transaction_that_is_cut_off_is_done_over_once(page: Page) -> None:
    cut = """async (times) => {
      const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = function (...given) {
        const made = transaction.apply(this, given);
        if (given[1] === "readwrite" && times-- > 0) queueMicrotask(() => made.abort());
        return made;
      };
      const said = await reason(outbox.save(7, item(times)).then(() => "kept"));
      IDBDatabase.prototype.transaction = transaction;
      return [said, await numbers()];
    }"""
    assert opened(page).evaluate(cut, 1) == ["kept", [1]]
    assert page.evaluate(cut, 2) == ["closed", [1]]


def test_work_that_goes_wrong_leaves_no_trace_and_is_not_done_over(page: Page) -> None:
    told = opened(page).evaluate("""async () => {
      let times = 0;
      const work = async (tx) => {
        times += 1;
        await tx.put("state", { key: "a", value: 1 });
        throw new RangeError("no");
      };
      return [await reason(store.write(["state"], work)), times, await outbox.state("a")];
    }""")
    assert told == ["RangeError: no", 1, None]


def test_after_all_was_wiped_it_goes_on(page: Page, live: Live) -> None:
    """By the browser, with the database open; and by another tab."""
    opened(page).evaluate("outbox.save(7, item(1))")
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": live.url, "storageTypes": "indexeddb"}
    )
    page.evaluate("outbox.save(7, item(2))")
    assert page.evaluate("numbers()") == [2]
    other = opened(page.context.new_page())
    other.evaluate("""new Promise((resolve, reject) => {
      const request = indexedDB.deleteDatabase("fieldlog");
      request.onsuccess = resolve;
      request.onerror = reject;
    })""")
    page.evaluate("outbox.save(7, item(3))")
    assert other.evaluate("numbers()") == [3]


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
        text = re.sub(r"VERSION ?= ?1", "VERSION = 2", route.fetch().text())
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
