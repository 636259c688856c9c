import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbox } from "../../static/js/outbox/queue.js";
import { COLLEAGUE, item, MINUTE, NOW, OFFICER, Phone, Server, WRONG } from "./kit.js";
import { MemoryStore } from "./memory.js";

test("what was saved is there after the app was killed", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 3 });
  const [found] = await phone.open().list(OFFICER);
  assert.deepEqual(found, row);
  assert.equal(found.state, "waiting");
  assert.deepEqual(found.item, {
    id: row.id,
    saved_at: "2026-11-21T20:40:00.000Z",
    kind: "traffic-control",
    happened_at: "2026-11-21T20:40:00.000Z",
    area: "brunflo",
    answers: { vehicles: 3 },
  });
});

test("an id is a UUIDv7 that says when it was made", () => {
  const phone = new Phone();
  const ids = Array.from({ length: 200 }, () => phone.outbox.newId());
  assert.equal(new Set(ids).size, 200);
  for (const id of ids) {
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), NOW);
  }
});

test("a form's own id and time are kept", async () => {
  const phone = new Phone();
  const id = phone.outbox.newId();
  const row = await phone.save({}, { id, saved_at: "2026-11-21T20:39:00Z" });
  assert.deepEqual([row.id, row.item.id, row.item.saved_at], [id, id, "2026-11-21T20:39:00Z"]);
});

test("rows stand in the order they were saved in, though the clock was set back", async () => {
  const phone = new Phone();
  const first = await phone.save({ vehicles: 1 });
  phone.time -= 300 * MINUTE;
  const second = await phone.save({ vehicles: 2 });
  phone.open();
  phone.time += 900 * MINUTE;
  const third = await phone.save({ vehicles: 3 });
  phone.time -= 800 * MINUTE;
  const ids = (await phone.outbox.list(OFFICER)).map(({ id }) => id);
  assert.deepEqual(ids, [first.id, second.id, third.id]);
});

test("saving takes the draft along, of that person and form alone", async () => {
  const { outbox } = new Phone();
  for (const [account, key] of [
    [OFFICER, "a"],
    [OFFICER, "b"],
    [COLLEAGUE, "a"],
  ])
    await outbox.keepDraft(account, key, { key });
  await outbox.save(OFFICER, item(), { draft: "a" });
  assert.equal(await outbox.draft(OFFICER, "a"), undefined);
  assert.deepEqual(await outbox.draft(COLLEAGUE, "a"), { key: "a" });
  assert.deepEqual(await outbox.drafts(OFFICER), [{ account: OFFICER, key: "b", value: { key: "b" }, at: NOW }]);
  await outbox.dropDraft(OFFICER, "b");
  assert.deepEqual(await outbox.drafts(OFFICER), []);
});

test("a page that dies while it saves keeps the draft, or the entry and no draft", async () => {
  let kept = 0;
  for (let steps = 0; kept < 2; steps++) {
    const phone = new Phone();
    await phone.outbox.keepDraft(OFFICER, "a", {});
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
    await Promise.race([phone.save({}, {}, { draft: "a" }).then(() => kept++), death]);
    const [drafts, rows] = [await phone.open().drafts(OFFICER), await phone.outbox.list(OFFICER)];
    assert.equal(drafts.length + rows.length, 1, `after ${steps} steps`);
    assert.ok(steps < 50);
  }
});

test("a storage that has the work done over keeps it once", async () => {
  const phone = new Phone();
  const { write } = MemoryStore.prototype;
  const twice = Object.assign(new MemoryStore(phone.disk), {
    async write(names, work) {
      await write.call(this, names, work);
      return write.call(this, names, work);
    },
  });
  phone.outbox = new Outbox(twice, { now: () => phone.time });
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush();
  await phone.outbox.void(row.id, WRONG);
  await phone.flush();
  assert.equal(phone.server.kept.size, 3);
  assert.deepEqual(await phone.states(), ["sent", "sent", "sent"]);
});

test("only what replaces something says why", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 }, { reason: "other", explanation: "Ny", void: false });
  assert.ok(!("reason" in row.item || "explanation" in row.item || "void" in row.item));
  const changed = await phone.outbox.change(row.id, item({ vehicles: 2 }, WRONG), WRONG);
  assert.ok(!("reason" in changed.item || "explanation" in changed.item));
});

test("a form that is sent twice is one entry", async () => {
  const phone = new Phone();
  const id = phone.outbox.newId();
  await phone.save({ vehicles: 3 }, { id, untouched_now: true });
  await phone.flush();
  phone.time += 2_000;
  const again = await phone.save({ vehicles: 3 }, { id, untouched_now: true, happened_at: "2026-11-21T20:40:02.000Z" });
  assert.equal(again.state, "sent");
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("a form that is sent twice with another time that somebody chose says something else", async () => {
  const phone = new Phone();
  const id = phone.outbox.newId();
  await phone.save({}, { id });
  const again = await phone.save({}, { id, happened_at: "2026-11-21T19:00:00.000Z" });
  assert.deepEqual([again.id, again.item.happened_at], [id, "2026-11-21T19:00:00.000Z"]);
});

test("the same form with other content changes the entry that it made", async () => {
  const phone = new Phone();
  const id = phone.outbox.newId();
  await phone.save({ vehicles: 3 }, { id });
  await phone.save({ vehicles: 4 }, { id });
  const rows = await phone.outbox.list(OFFICER);
  assert.deepEqual(
    rows.map((row) => [row.id, row.item.answers.vehicles]),
    [[id, 4]],
  );
});

test("saving fails aloud when the phone is full, and leaves everything as it was", async () => {
  const phone = new Phone();
  await phone.outbox.keepDraft(OFFICER, "a", {});
  phone.disk.fails = "full";
  await assert.rejects(phone.save({}, {}, { draft: "a" }), { name: "StorageError", reason: "full" });
  await assert.rejects(phone.outbox.probe(), { reason: "full" });
  phone.disk.fails = undefined;
  assert.equal((await phone.outbox.drafts(OFFICER)).length, 1);
  assert.deepEqual(await phone.outbox.list(OFFICER), []);
  await phone.outbox.probe();
  assert.equal(await phone.outbox.state("probe"), undefined);
});

test("people hear of every change, in every tab, until they stop listening", async () => {
  const phone = new Phone();
  const here = [];
  const stop = phone.outbox.watch(({ about }) => here.push(about));
  await phone.save();
  await phone.outbox.keepDraft(OFFICER, "a", {});
  await phone.outbox.setState("who", { account: COLLEAGUE });
  assert.deepEqual(here, ["rows", "drafts", "state"]);

  const other = new Phone().outbox;
  const heard = new Promise((resolve) => other.watch(resolve));
  await phone.save();
  const awake = setInterval(() => {}, MINUTE);
  assert.deepEqual(await heard, { about: "rows", elsewhere: true });
  clearInterval(awake);
  stop();
  await phone.save();
  assert.equal(here.length, 4);
});

test("what waits is counted by kind: new entries alone, and none that a void takes back", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  const voided = await phone.save({ vehicles: 2 });
  await phone.outbox.save(OFFICER, { ...item(), kind: "patrol" });
  await phone.outbox.save(COLLEAGUE, item());
  const sent = await phone.save({ vehicles: 3 });
  phone.server.instead = [new TypeError("no network")];
  await phone.flush();
  await phone.outbox.void(voided.id, WRONG);
  await phone.outbox.change(sent.id, item({ vehicles: 4 }), WRONG);
  assert.deepEqual(await phone.outbox.waitingByKind(OFFICER), { "traffic-control": 2, patrol: 1 });
  assert.deepEqual(await phone.outbox.count(OFFICER), { waiting: 6, untried: 2, refused: 0, others: 1 });
  assert.deepEqual(await phone.outbox.count(null), { waiting: 0, untried: 0, refused: 0, others: 7 });
});

test("the file holds what was not acknowledged, of that person alone, and what could not be kept", async () => {
  const phone = new Phone({ server: new Server() });
  await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.check = () => ({ vehicles: "too many" });
  await phone.save({ vehicles: 2 });
  await phone.flush();
  await phone.save({ vehicles: 3 }, { untouched_now: true });
  await phone.outbox.save(COLLEAGUE, item({ vehicles: 4 }));
  const file = await phone.outbox.file(OFFICER, [
    { ...item({ vehicles: 5 }), id: "x", saved_at: "y", untouched_now: true },
  ]);
  assert.deepEqual(
    file.entries.map(({ answers }) => answers.vehicles),
    [2, 3, 5],
  );
  assert.ok(file.entries.every((entry) => !("untouched_now" in entry)));
  const { entries: _, ...rest } = file;
  assert.deepEqual(rest, { account: OFFICER, exported_at: "2026-11-21T20:40:00.000Z", photos: [] });
});

test("a file that would lack what waits is none, entries and photos alike", async () => {
  const phone = new Phone();
  await phone.save();
  phone.outbox.photos = () => Promise.reject(new Error("unreadable"));
  await assert.rejects(phone.outbox.file(OFFICER), /unreadable/);
});

test("the file can be made even though the phone keeps nothing", async () => {
  const phone = new Phone();
  phone.disk.fails = "closed";
  await assert.rejects(phone.outbox.file(OFFICER), { reason: "closed" });
  const file = await phone.outbox.file(OFFICER, [{ ...item(), id: "x", saved_at: "y" }]);
  assert.equal(file.entries.length, 1);
});
