import assert from "node:assert/strict";
import { test } from "node:test";
import { keepFlushing } from "../../static/js/outbox/send.js";
import { COLLEAGUE, item, json, MINUTE, OFFICER, Phone } from "./kit.js";

/** Hands out a lock to one at a time. */
function lockManager() {
  const taken = new Set();
  return {
    async request(name, { ifAvailable }, work) {
      assert.ok(ifAvailable, "nobody queues for the lock");
      if (taken.has(name)) return work(null);
      taken.add(name);
      try {
        return await work({ name });
      } finally {
        taken.delete(name);
      }
    },
  };
}

/** A server that answers when it is told to, and how many requests have come. */
function slow(phone) {
  const { fetch } = phone.server;
  const gates = [];
  phone.server.fetch = async (...request) => {
    await new Promise((open) => gates.push(open));
    return fetch(...request);
  };
  return gates;
}

/** Let everything that can happen happen. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Something like a window, whose time passes when it is told to. */
class Target extends EventTarget {
  timers = new Map();

  constructor(registered) {
    super();
    const sync = { register: async (tag) => registered.push(tag) };
    this.navigator = registered ? { serviceWorker: { ready: Promise.resolve({ sync }) } } : {};
  }

  setTimeout(work, wait, ...given) {
    this.timers.set(this.timers.size + 1, { work: () => work(...given), wait });
    return this.timers.size;
  }

  clearTimeout(timer) {
    this.timers.delete(timer);
  }

  get wait() {
    return [...this.timers.values()].at(-1)?.wait;
  }

  happen(name) {
    this.dispatchEvent(new Event(name));
    return settled();
  }
}

function kept(phone, target = new Target()) {
  const now = keepFlushing(phone.outbox, target, {
    fetch: (...request) => phone.server.fetch(...request),
    locks: undefined,
    random: () => 0.5,
  });
  return { target, now };
}

test("of two tabs one sends, and the other says that it is busy", async () => {
  const phone = new Phone();
  await phone.save();
  const locks = lockManager();
  const gates = slow(phone);
  const first = phone.flush({ locks });
  await settled();
  phone.open();
  assert.equal((await phone.flush({ locks })).status, "busy");
  gates[0]();
  assert.equal((await first).status, "sent");
  await phone.save();
  const next = phone.flush({ locks });
  await settled();
  gates[1]();
  assert.equal((await next).status, "sent", "the lock is given back");
});

test("a tab that the phone has frozen stops the others for two minutes, and one that gets on for as long as it likes", async () => {
  const phone = new Phone();
  await phone.save();
  const locks = lockManager();
  locks.request("fieldlog-outbox", { ifAvailable: true }, () => new Promise(() => {}));
  const after = async (minutes) => {
    phone.time += minutes * MINUTE;
    return (await phone.flush({ locks })).status;
  };
  assert.equal(await after(0), "busy");
  assert.equal(await after(1), "busy");
  await phone.outbox.take(new Set(), 1);
  assert.equal(await after(1.5), "busy", "it got on meanwhile");
  assert.equal(await after(-60), "busy", "a clock that was set back says nothing");
  assert.equal(await after(2), "busy");
  assert.equal(await after(0.1), "sent");
});

test("one tab never sends twice at a time, locks or none", async () => {
  for (const locks of [undefined, lockManager()]) {
    const phone = new Phone();
    await phone.save();
    const gates = slow(phone);
    const first = phone.flush({ locks });
    await settled();
    assert.equal((await phone.flush({ locks })).status, "busy");
    gates[0]();
    await first;
    assert.equal((await phone.flush({ locks })).status, "idle");
  }
});

test("two tabs without locks send the same, and it counts once", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  const gates = slow(phone);
  const first = phone.flush();
  await settled();
  phone.open();
  const second = phone.flush();
  await settled();
  gates.map((open) => open());
  const outcomes = (await Promise.all([first, second])).map(({ results }) => results[0].outcome);
  assert.deepEqual(outcomes, ["accepted", "already"]);
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.equal(phone.server.kept.size, 1);
});

test("where locks are forbidden it sends without", async () => {
  const phone = new Phone();
  await phone.save();
  const locks = { request: () => Promise.reject(new DOMException("", "SecurityError")) };
  assert.equal((await phone.flush({ locks })).status, "sent");
});

test("a phone that fails while it sends says so, once, and is not busy for ever", async () => {
  for (const locks of [undefined, lockManager()]) {
    const phone = new Phone();
    await phone.save();
    const failing = {
      configurable: true,
      get() {
        delete phone.disk.fails;
        return "closed";
      },
    };
    Object.defineProperty(phone.disk, "fails", failing);
    await assert.rejects(phone.flush({ locks }), { reason: "closed" });
    assert.equal((await phone.flush({ locks })).status, "sent");
    assert.equal(phone.server.requests.length, 1);
  }
});

test("every tab hears when sending begins and how it ended", async () => {
  const phone = new Phone();
  const heard = [];
  phone.outbox.watch(({ about, status, until }) => about === "sending" && heard.push([status, until]));
  await phone.flush();
  await phone.save();
  phone.server.instead = [json({}, { status: 500 })];
  const { until } = await phone.flush();
  assert.deepEqual(heard, [
    ["idle", undefined],
    ["sending", undefined],
    ["trouble", until],
  ]);
});

test("every tab hears that sending ended when the phone's storage fails meanwhile", async () => {
  const phone = new Phone();
  await phone.save();
  const heard = [];
  phone.outbox.watch(({ about, status }) => about === "sending" && heard.push(status));
  phone.server.instead = [() => Object.assign(phone.disk, { fails: "closed" }) && undefined];
  await assert.rejects(phone.flush(), { reason: "closed" });
  assert.deepEqual(heard, ["sending", "trouble"]);
});

test("what waits is sent when the page opens, and what is saved at once", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  const { target } = kept(phone);
  await settled();
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.equal(target.timers.size, 0, "nothing waits, so nothing is timed");
  await phone.save({ vehicles: 2 });
  await settled();
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
});

for (const name of ["pageshow", "focus", "visibilitychange", "online"]) {
  test(`what waits is sent on ${name}`, async () => {
    const phone = new Phone();
    const { target } = kept(phone);
    await settled();
    phone.server.instead = [new TypeError("no network")];
    await phone.save();
    await settled();
    if (name !== "online") phone.time += 60_000;
    await target.happen(name);
    assert.deepEqual(await phone.states(), ["sent"]);
  });
}

test("only 'online' and the button cut a pause short", async () => {
  const phone = new Phone();
  await phone.save();
  phone.server.instead = [new TypeError("no network"), new TypeError("no network")];
  const { target, now } = kept(phone);
  await settled();
  for (const name of ["pageshow", "focus", "visibilitychange"]) await target.happen(name);
  assert.equal(phone.server.requests.length, 1);
  await target.happen("online");
  assert.equal(phone.server.requests.length, 2);
  assert.equal((await now()).status, "sent");
});

test("after a failure it tries again when the pause is over, and asks the worker to when the page is closed", async () => {
  const phone = new Phone();
  await phone.save();
  phone.server.instead = [json({}, { status: 503, headers: { "Retry-After": "90" } })];
  const registered = [];
  const { target } = kept(phone, new Target(registered));
  await settled();
  assert.equal(target.wait, 90_000);
  assert.deepEqual(registered, ["outbox"]);
  phone.time += 90_000;
  const [{ work }] = target.timers.values();
  work();
  await settled();
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.equal(target.timers.size, 0);
});

test("without a network nothing is tried, but by somebody who asks, and now and then", async (context) => {
  Object.defineProperty(globalThis, "navigator", { value: { onLine: false }, configurable: true });
  context.after(() => delete globalThis.navigator);
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  const { target, now } = kept(phone);
  await settled();
  assert.deepEqual([phone.server.requests.length, target.wait], [0, 300_000]);
  await phone.outbox.change(row.id, item({ vehicles: 2 }));
  assert.equal((await phone.outbox.find(row.id)).tried, false);
  assert.equal((await now()).status, "sent");
  await phone.save({ vehicles: 3 });
  await settled();
  assert.equal(phone.server.requests.length, 1);
  const [{ work }] = target.timers.values();
  work();
  await settled();
  assert.deepEqual(phone.server.current(), [{ vehicles: 2 }, { vehicles: 3 }]);
});

test("a storage that fails does not end the trying", async () => {
  const phone = new Phone();
  await phone.save();
  const { target } = kept(phone);
  phone.disk.fails = "closed";
  await settled();
  phone.disk.fails = undefined;
  await target.happen("focus");
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("a storage that cannot even be read may hold something: it is tried again though nothing happens", async () => {
  const phone = new Phone();
  await phone.save();
  phone.disk.fails = "closed";
  const { target } = kept(phone);
  await settled();
  assert.equal(target.wait, 5 * MINUTE);
  phone.disk.fails = undefined;
  [...target.timers.values()].at(-1).work();
  await settled();
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("an entry that is saved while another tab sends goes soon", async () => {
  const phone = new Phone();
  const { fetch } = phone.server;
  await phone.save({ vehicles: 1 });
  const gates = slow(phone);
  const locks = lockManager();
  const other = phone.flush({ locks });
  await settled();
  phone.open();
  const target = new Target();
  keepFlushing(phone.outbox, target, { fetch, locks });
  await phone.save({ vehicles: 2 });
  await settled();
  assert.equal(target.wait, 2_000);
  gates[0]();
  await settled();
  gates[1]?.();
  await other;
  for (const { work } of target.timers.values()) work();
  await settled();
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
});

test("an entry that is saved in the last moment of a round goes soon", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  const stop = phone.outbox.watch(({ status }) => {
    if (status !== "sent") return;
    stop();
    phone.save({ vehicles: 2 });
  });
  const { target } = kept(phone);
  await settled();
  const [{ work, wait }] = target.timers.values();
  assert.equal(wait, 2_000);
  work();
  await settled();
  assert.deepEqual(phone.server.current(), [{ vehicles: 1 }, { vehicles: 2 }]);
});

test("what waits at the server for something else, or for a sign-in, is not asked about all the time", async () => {
  for (const prepare of [
    (phone) => phone.save({}, { replaces: phone.outbox.newId(), reason: "other" }),
    async (phone) => {
      await phone.save();
      phone.server.signedIn = COLLEAGUE;
    },
  ]) {
    const phone = new Phone();
    await prepare(phone);
    const { target } = kept(phone);
    await settled();
    assert.equal(phone.server.requests.length, 1);
    assert.equal(target.wait, 300_000);
  }
});

test("two tabs do not set each other off", async () => {
  const phone = new Phone();
  await phone.save({}, { replaces: phone.outbox.newId(), reason: "other" });
  kept(phone);
  await settled();
  phone.open();
  kept(phone);
  await settled();
  await settled();
  assert.equal(phone.server.requests.length, 2);
});

test("nobody's timer runs for somebody else's entries", async () => {
  const phone = new Phone();
  await phone.outbox.save(COLLEAGUE, item());
  const { target } = kept(phone);
  await settled();
  assert.equal(target.timers.size, 0);
  assert.equal(phone.server.requests.length, 0);
  assert.deepEqual(await phone.states(OFFICER), []);
});
