import assert from "node:assert/strict";
import { test } from "node:test";
import { item, json, NOW, OFFICER, Phone, page, Server, WRONG } from "./kit.js";

const at = new Date(NOW).toISOString();
const told = (results, rest = {}) =>
  json({ results, epoch: "first", server_time: at, tallies: null, codes: [], ...rest });
const broken = () => new Response('{"results": [{"id": ', { headers: { "Content-Type": "application/json" } });
const opaque = () => Object.defineProperty(Response.error(), "type", { value: "opaqueredirect" });

test("an entry leaves on the server's own word about it", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  const outcome = await phone.flush();
  assert.equal(outcome.status, "sent");
  assert.deepEqual(outcome.results, [{ id: row.id, outcome: "accepted" }]);
  const [sent] = await phone.outbox.list(OFFICER);
  assert.deepEqual([sent.state, sent.epoch, sent.acknowledged_at], ["sent", "first", at]);
  assert.equal((await phone.outbox.state("tallies")).kinds["traffic-control"], "1");
  assert.equal((await phone.flush()).status, "idle");
  assert.equal(phone.server.requests.length, 1);

  const [{ address, options, sent: envelope }] = phone.server.requests;
  assert.equal(address, "/sync");
  assert.deepEqual([options.method, options.redirect, options.cache], ["POST", "manual", "no-store"]);
  assert.equal(options.headers["Content-Type"], "application/json");
  assert.ok(options.signal instanceof AbortSignal && options.keepalive);
  const { device, ...rest } = envelope;
  assert.match(device, /^[0-9a-f-]{36}$/);
  assert.deepEqual(rest, { account: OFFICER, sent_at: at, waiting: 0, discarded: [], entries: [row.item] });
});

test("the phone has one name for good", async () => {
  const phone = new Phone();
  for (const vehicles of [1, 2]) {
    await phone.save({ vehicles });
    await phone.flush();
    phone.open();
  }
  const [first, second] = phone.server.requests.map(({ sent }) => sent.device);
  assert.equal(first, second);
});

test("an answer that was lost is asked for again, and told already", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.instead = Array(5).fill(() => Promise.reject(new TypeError("lost")));
  for (let time = 0; time < 5; time++) {
    assert.equal((await phone.flush({ urgent: true })).status, "offline");
    assert.deepEqual(await phone.states(), ["waiting"]);
  }
  const { results } = await phone.flush({ urgent: true });
  assert.deepEqual(
    results.map(({ outcome }) => outcome),
    ["already"],
  );
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.equal(phone.server.kept.size, 1);
});

const STAYS = {
  "a captive portal's page with 200": [page(), "trouble"],
  "a captive portal's redirect": [opaque(), "trouble"],
  "JSON of somebody else": [json({ ok: true }), "trouble"],
  "JSON that is no object": [json("fine"), "trouble"],
  "nothing as JSON": [json(null), "trouble"],
  "results that are no list": [json({ results: {}, epoch: "first", server_time: at }), "trouble"],
  "half an answer": [broken(), "offline"],
  "an empty answer": [new Response("", { headers: { "Content-Type": "application/json" } }), "offline"],
  "the network's absence": [new TypeError("Failed to fetch"), "offline"],
  silence: [new DOMException("", "TimeoutError"), "offline"],
  "a proxy's 502": [page(502), "trouble"],
  "a 201 with our own words": [json({ results: [], epoch: "first", server_time: at }, { status: 201 }), "trouble"],
  "a 403": [json({ error: "no" }, { status: 403 }), "trouble"],
  "a 404": [page(404), "trouble"],
  "a 415": [json({}, { status: 415 }), "trouble"],
  "a 429": [json({}, { status: 429 }), "trouble"],
  "a 500": [json({}, { status: 500 }), "trouble"],
  "a 503": [json({}, { status: 503 }), "trouble"],
  "a 401": [json({}, { status: 401 }), "signed-out"],
  "a 409": [json({}, { status: 409 }), "other-account"],
  "nothing about any entry": [told([]), "trouble"],
  "a word about another entry": [told([{ id: "another", outcome: "accepted" }]), "trouble"],
  "results that are none": [told([null, 1, "accepted", {}, { outcome: "accepted" }]), "trouble"],
};
for (const [what, [answer, status]] of Object.entries(STAYS)) {
  test(`everything stays on ${what}`, async () => {
    const phone = new Phone();
    await phone.save({ vehicles: 1 });
    await phone.save({ vehicles: 2 });
    phone.server.instead = [answer];
    assert.equal((await phone.flush()).status, status);
    assert.deepEqual(await phone.states(), ["waiting", "waiting"]);
    await phone.flush({ urgent: true });
    assert.deepEqual(await phone.states(), ["sent", "sent"]);
  });
}

for (const [what, rest] of [
  ["an epoch", { epoch: undefined }],
  ["a time", { server_time: "soon" }],
]) {
  test(`an answer without ${what} is not the server's`, async () => {
    const phone = new Phone();
    const row = await phone.save();
    phone.server.instead = [told([{ id: row.id, outcome: "accepted" }], rest)];
    assert.equal((await phone.flush()).status, "trouble");
    assert.deepEqual(await phone.states(), ["waiting"]);
  });
}

test("an outcome that this app does not know lets nothing go", async () => {
  const phone = new Phone();
  const row = await phone.save();
  phone.server.instead = [told([{ id: row.id, outcome: "archived" }])];
  assert.equal((await phone.flush()).status, "trouble");
  assert.deepEqual(await phone.states(), ["waiting"]);
});

test("two words about one entry that contradict each other let nothing go", async () => {
  for (const outcomes of [
    ["accepted", "refused"],
    ["refused", "accepted"],
  ]) {
    const phone = new Phone();
    const row = await phone.save();
    phone.server.instead = [told(outcomes.map((outcome) => ({ id: row.id, outcome })))];
    await phone.flush();
    assert.deepEqual(await phone.states(), ["waiting"]);
  }
});

test("half the batch answered is half the batch gone", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.save({ vehicles: 2 });
  phone.server.instead = [told([{ id: row.id, outcome: "accepted" }])];
  assert.equal((await phone.flush()).status, "trouble");
  assert.deepEqual(await phone.states(), ["sent", "waiting"]);
});

test("a page that dies at any moment of sending loses nothing and counts nothing twice", async () => {
  let finished = false;
  for (let steps = 0; !finished; steps++) {
    const phone = new Phone();
    const row = await phone.save({ vehicles: 1 });
    let left = steps;
    let died;
    const death = new Promise((resolve) => {
      died = resolve;
    });
    phone.open((release) => {
      if (left-- > 0) return Promise.resolve();
      release?.();
      died();
      return new Promise(() => {});
    });
    finished = await Promise.race([phone.flush().then(() => true), death]);
    phone.open();
    const tried = phone.server.requests.length > 0;
    assert.ok((await phone.outbox.find(row.id)).tried || !tried, `unmarked though a byte left, after ${steps} steps`);
    await phone.flush();
    assert.deepEqual([await phone.states(), phone.server.kept.size], [["sent"], 1], `after ${steps} steps`);
    assert.ok(steps < 200);
  }
});

test("two hundred at most go at once, and the server hears how many more there are", async () => {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < 450; vehicles++) await phone.save({ vehicles });
  assert.equal((await phone.flush()).results.length, 450);
  const batches = phone.server.requests.map(({ sent }) => [sent.entries.length, sent.waiting]);
  assert.deepEqual(batches, [
    [200, 250],
    [200, 50],
    [50, 0],
  ]);
  const order = phone.server.requests.flatMap(({ sent }) => sent.entries.map(({ answers }) => answers.vehicles));
  assert.deepEqual(order, [...Array(450).keys()]);
});

test("long texts make smaller batches, and one that is too long goes alone", async () => {
  const phone = new Phone();
  for (const length of [60_000, 60_000, 60_000, 500_000, 10]) await phone.save({ note: "å".repeat(length) });
  await phone.flush();
  assert.deepEqual(
    phone.server.requests.map(({ sent }) => sent.entries.length),
    [3, 1, 1],
  );
  const keeps = phone.server.requests.map(({ options }) => options.keepalive);
  assert.deepEqual(keeps, [false, false, true], "a browser carries only little on after the page was closed");
});

test("what waits for something that never comes holds nobody up", async () => {
  const phone = new Phone();
  for (let number = 0; number < 250; number++)
    await phone.save({ number }, { replaces: phone.outbox.newId(), ...WRONG });
  await phone.flush();
  const row = await phone.save({ vehicles: 1 });
  const before = phone.server.requests.length;
  await phone.flush();
  assert.equal(phone.server.requests[before].sent.entries[0].id, row.id, "it goes first");
  assert.equal(phone.server.requests.length, before + 3, "and the others have their turn once");
  assert.deepEqual(await phone.outbox.count(OFFICER), { waiting: 250, untried: 0, refused: 0, others: 0 });
});

test("a correction whose original comes later is taken then", async () => {
  const phone = new Phone();
  const original = phone.outbox.newId();
  await phone.save({ vehicles: 2 }, { replaces: original, ...WRONG });
  await phone.flush();
  assert.deepEqual(await phone.states(), ["waiting"]);
  phone.server.kept.set(original, { account: OFFICER, entry: { id: original } });
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.equal((await phone.outbox.list(OFFICER))[0].waits, undefined);
});

/** A server that takes no envelope in which there is such an entry. */
function picky(status, isBad, rest = () => false) {
  const server = new Server();
  const { fetch } = server;
  server.fetch = async (address, options) => {
    const { entries } = JSON.parse(options.body);
    if (entries.some(({ answers }) => isBad(answers)) || rest(entries)) return json({ error: "bad" }, { status });
    return fetch(address, options);
  };
  return server;
}

for (const status of [400, 413, 422]) {
  test(`one entry that makes a ${status} of the batch is found, and holds nobody up`, async () => {
    const phone = new Phone({ server: picky(status, ({ vehicles }) => vehicles === 5) });
    for (let vehicles = 0; vehicles < 9; vehicles++) await phone.save({ vehicles });
    const { status: end, results } = await phone.flush();
    assert.equal(end, "sent");
    assert.equal(results.length, 9);
    const rows = await phone.outbox.list(OFFICER);
    assert.deepEqual(
      rows.map(({ state }) => state),
      Array.from({ length: 9 }, (_, number) => (number === 5 ? "refused" : "sent")),
    );
    assert.deepEqual(rows[5].reasons, {});
  });
}

for (const status of [403, 500, 502]) {
  test(`one entry that a server answers with ${status} for ever holds nobody up for ever`, async () => {
    const phone = new Phone({ server: picky(status, ({ vehicles }) => vehicles === 5) });
    const waiting = async () =>
      (await phone.outbox.list(OFFICER)).flatMap(({ state, item }) => (state === "sent" ? [] : item.answers.vehicles));
    for (let vehicles = 0; vehicles < 30; vehicles++) await phone.save({ vehicles });
    for (let round = 0; round < 50; round++) phone.time = (await phone.flush()).until;
    assert.deepEqual(await waiting(), [5]);
    await phone.save({ vehicles: 30 });
    await phone.flush();
    assert.deepEqual(await waiting(), [5], "and nobody at all who comes later");
    const { status: end } = await phone.flush({ urgent: true });
    assert.equal(end, "trouble", "it is kept, and not said to be at fault");
  });
}

test("a correction does not overtake what it corrects, however often that was held up", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  phone.server.instead = [page(502)];
  await phone.flush();
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush({ urgent: true });
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
});

test("a batch in halves ends with the half that fails", async () => {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < 4; vehicles++) await phone.save({ vehicles });
  phone.server.instead = [json({}, { status: 413 }), new TypeError("no network")];
  assert.equal((await phone.flush()).status, "offline");
  assert.deepEqual(
    phone.server.requests.map(({ sent }) => [sent.entries.length, sent.waiting]),
    [
      [4, 0],
      [2, 2],
    ],
  );
});

test("a server that refuses even an empty envelope refuses no entry", async () => {
  const phone = new Phone({
    server: picky(
      400,
      () => false,
      () => true,
    ),
  });
  for (let vehicles = 0; vehicles < 4; vehicles++) await phone.save({ vehicles });
  assert.equal((await phone.flush()).status, "trouble");
  assert.deepEqual(await phone.states(), Array(4).fill("waiting"));
});

test("'now' is claimed by the page that said it, and by no later one", async () => {
  const phone = new Phone();
  await phone.save({}, { untouched_now: true });
  phone.server.instead = [new TypeError("no network")];
  await phone.flush();
  phone.open();
  await phone.flush({ urgent: true });
  const [here, later] = phone.server.requests.map(({ sent }) => sent.entries[0].untouched_now);
  assert.deepEqual([here, later], [true, undefined]);
});

test("a late refusal takes nothing back that another tab heard accepted", async () => {
  const phone = new Phone();
  const row = await phone.save();
  await phone.flush();
  const batch = { account: OFFICER, device: "", more: 0, discarded: [], rows: [row] };
  for (const outcome of ["refused", "waiting"]) {
    await phone.outbox.settle(batch, {
      results: [{ id: row.id, outcome, reasons: {} }],
      epoch: "first",
      server_time: at,
    });
    assert.deepEqual(await phone.states(), ["sent"]);
  }
});

test("a refusal gives way to another tab's word that the same is stored", async () => {
  const phone = new Phone();
  const row = await phone.save();
  phone.server.check = () => ({ happened_at: "ahead" });
  await phone.flush();
  const batch = { account: OFFICER, device: "", more: 0, discarded: [], rows: [row] };
  await phone.outbox.settle(batch, { results: [{ id: row.id, outcome: "already" }], epoch: "first", server_time: at });
  const [kept] = await phone.outbox.list(OFFICER);
  assert.deepEqual([kept.state, kept.reasons], ["sent", undefined]);
});

test("an entry that was put away meanwhile does not come back with its answer", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  phone.server.check = () => ({ vehicles: "too many" });
  await phone.flush();
  await phone.outbox.discard(row.id);
  const batch = { account: OFFICER, device: "", more: 0, discarded: [], rows: [row] };
  await phone.outbox.settle(batch, { results: [{ id: row.id, outcome: "accepted" }], epoch: "first", server_time: at });
  assert.deepEqual(await phone.outbox.list(OFFICER), []);
});

test("what is saved while a batch is under way goes with the next", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.instead = [async () => void (await phone.outbox.save(OFFICER, item({ vehicles: 2 })))];
  await phone.flush();
  assert.deepEqual(phone.server.current(), [{ vehicles: 1 }, { vehicles: 2 }]);
});
