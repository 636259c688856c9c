"""The phone's storage fails while it is used: the outbox says so, and what it said it kept is there."""

from playwright.sync_api import Page

from tests.browser.outbox import opened
from tests.fixtures.browser import Live

# A bucket whose quota the browser enforces as it does the whole phone's; a text that cannot be packed smaller.
LITTLE_ROOM = """async () => {
  const { openStore } = await import("/static/js/outbox/db.js");
  const bucket = await navigator.storageBuckets.open("small", { quota: 400_000 });
  window.outbox = new outbox.constructor(await openStore(bucket.indexedDB));
  window.long = (number, length) => item(number, crypto.getRandomValues(new Uint8Array(length)).join(""));
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
    assert counts == {"waiting": 0, "untried": 0, "refused": 0, "others": 0}
    assert 0 < left < 12


def test_a_full_phone_that_hears_of_a_restored_server_gives_up_none_of_its_copies(page: Page) -> None:
    told = opened(page).evaluate("""async () => {
      await outbox.setState("who", { account: 7 });
      for (let number = 0; number < 4; number++) await outbox.save(7, item(number));
      const server_time = new Date().toISOString();
      const answer = (epoch) => async (_, { body }) => {
        const results = JSON.parse(body).entries.map(({ id }) => ({ id, outcome: "accepted" }));
        return Response.json({ results, epoch, server_time });
      };
      await flush(outbox, { fetch: answer("first") });
      const before = (await outbox.list(7)).map(({ state }) => state);
      IDBObjectStore.prototype.put = () => { throw new DOMException("no room", "QuotaExceededError"); };
      const said = [await reason(outbox.meet("second")), await reason(outbox.save(7, item(4)))];
      return [before, said, (await outbox.list(7)).map(({ state }) => state), await outbox.state("epoch")];
    }""")
    before, said, after, epoch = told
    assert (before, said) == (["sent"] * 4, ["full", "full"])
    assert (after, epoch) == (["waiting"] * 4, None)


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


def test_a_database_that_cannot_be_opened_at_once_is_opened_once_more(page: Page) -> None:
    """As while it is being wiped."""
    told = opened(page).evaluate("""async () => {
      const { open } = IDBFactory.prototype;
      const { transaction } = IDBDatabase.prototype;
      const told = [];
      for (const failures of [1, 2]) {
        let left = failures;
        IDBFactory.prototype.open = function (...given) {
          if (left-- <= 0) return open.apply(this, given);
          const request = { error: new DOMException("", "AbortError") };
          queueMicrotask(() => request.onerror());
          return request;
        };
        IDBDatabase.prototype.transaction = function (...given) {
          IDBDatabase.prototype.transaction = transaction;
          this.close();
          return this.transaction(...given);
        };
        for (const _ of "ab") told.push(await reason(outbox.save(7, item(failures)).then(() => "kept")));
      }
      return told;
    }""")
    assert told == ["kept", "kept", "unavailable", "kept"]
    assert page.evaluate("numbers()") == [1, 1, 2]


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


def test_a_transaction_that_never_answers_is_given_up_and_done_over_once(page: Page) -> None:
    told = opened(page).evaluate("""async () => {
      const { transaction } = IDBDatabase.prototype;
      const silent = { objectStore: () => ({ get: () => ({}), getAll: () => ({}) }), abort: () => {} };
      let left = 3;
      let isSilent = false;
      IDBDatabase.prototype.transaction = function (...given) {
        isSilent = left-- > 0;
        return isSilent ? silent : transaction.apply(this, given);
      };
      const wait = window.setTimeout;
      window.setTimeout = (work, ms, ...given) => wait(work, isSilent && ms === 10_000 ? 0 : ms, ...given);
      const save = () => reason(outbox.save(7, item(1)).then(() => "kept"));
      return [await save(), await save()];
    }""")
    assert told == ["closed", "kept"]
    assert page.evaluate("numbers()") == [1]


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
