import assert from "node:assert/strict";
import { test } from "node:test";
import { COLLEAGUE, DAY, item, json, NOW, OFFICER, Phone, WRONG } from "./kit.js";

const vehicles = (phone) =>
  phone.server
    .current()
    .map((answers) => answers.vehicles)
    .sort();

async function signIn(phone, account) {
  phone.server.signedIn = account;
  await phone.outbox.setState("who", account && { account });
}

test("a session that ended keeps everything, and goes on when the same person is back", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.signedIn = null;
  assert.equal((await phone.flush()).status, "signed-out");
  await phone.outbox.setState("who", undefined);
  const requests = phone.server.requests.length;
  assert.deepEqual(await phone.flush(), { status: "signed-out", results: [] });
  assert.equal(phone.server.requests.length, requests, "nobody is signed in, so nothing is sent");
  await signIn(phone, OFFICER);
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("another person who signs in first sends their own alone", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  await signIn(phone, COLLEAGUE);
  await phone.outbox.save(COLLEAGUE, item({ vehicles: 2 }));
  await phone.flush();
  assert.deepEqual(vehicles(phone), [2]);
  assert.deepEqual(await phone.outbox.count(COLLEAGUE), { waiting: 0, untried: 0, refused: 0, others: 1 });
  assert.deepEqual([await phone.states(OFFICER), await phone.states(COLLEAGUE)], [["waiting"], ["sent"]]);
  assert.ok(phone.server.requests.every(({ sent }) => sent.account === COLLEAGUE && sent.waiting === 0));
  await signIn(phone, OFFICER);
  await phone.flush();
  assert.deepEqual(vehicles(phone), [1, 2]);
});

test("another person's session answers for nobody: the rows stay with their owner", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.signedIn = COLLEAGUE;
  assert.equal((await phone.flush()).status, "other-account");
  const [row] = await phone.outbox.list(OFFICER);
  assert.deepEqual([row.state, row.account], ["waiting", OFFICER]);
});

test("whoever signs in while an answer is on its way sees nothing of it", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.instead = [async () => void (await phone.outbox.setState("who", { account: COLLEAGUE }))];
  await phone.flush();
  assert.equal(await phone.outbox.state("tallies"), undefined);
  assert.deepEqual(await phone.states(OFFICER), ["sent"], "it was answered to the one who sent it");
});

test("an answer says nothing about the entries of somebody else", async () => {
  const phone = new Phone();
  const theirs = await phone.outbox.save(COLLEAGUE, item());
  await phone.save();
  const results = [{ id: theirs.id, outcome: "accepted" }];
  phone.server.instead = [json({ results, epoch: "first", server_time: new Date(NOW).toISOString() })];
  await phone.flush();
  assert.deepEqual(await phone.states(COLLEAGUE), ["waiting"]);
});

test("a restored server gets back what it lost, corrections and voids too", async () => {
  const phone = new Phone();
  const [first, second] = [await phone.save({ vehicles: 1 }), await phone.save({ vehicles: 2 })];
  await phone.flush();
  const backup = [...phone.server.kept].slice(0, 1);
  await phone.outbox.change(first.id, item({ vehicles: 3 }), WRONG);
  await phone.outbox.void(second.id, WRONG);
  await phone.save({ vehicles: 4 });
  await phone.flush();
  phone.server.restore(backup, "second");
  await phone.save({ vehicles: 5 });
  await phone.flush();
  assert.deepEqual(vehicles(phone), [3, 4, 5]);
  assert.equal(phone.server.kept.size, 6);
  assert.deepEqual(await phone.states(), Array(6).fill("sent"));
  assert.ok((await phone.outbox.list(OFFICER)).every(({ epoch }) => epoch === "second"));
  assert.equal((await phone.flush()).status, "idle");
});

test("a new epoch that was heard of elsewhere is enough", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.restore([], "second");
  await phone.outbox.setState("epoch", "second");
  await phone.flush();
  assert.deepEqual(vehicles(phone), [1]);
});

test("each person's entries go again when that person is back after a restore", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  await phone.flush();
  await signIn(phone, COLLEAGUE);
  await phone.outbox.save(COLLEAGUE, item({ vehicles: 2 }));
  await phone.flush();
  phone.server.restore([], "second");
  await phone.outbox.save(COLLEAGUE, item({ vehicles: 3 }));
  await phone.flush();
  assert.deepEqual(vehicles(phone), [2, 3]);
  assert.deepEqual(await phone.states(OFFICER), ["waiting"]);
  await signIn(phone, OFFICER);
  await phone.flush();
  assert.deepEqual(vehicles(phone), [1, 2, 3]);
});

test("an answer of the old epoch that comes late is put right with the next one", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.restore([], "second");
  const old = {
    results: [{ id: row.id, outcome: "accepted" }],
    epoch: "first",
    server_time: new Date(NOW).toISOString(),
  };
  await phone.save({ vehicles: 2 });
  await phone.flush();
  await phone.outbox.settle({ account: OFFICER, device: "", more: 0, discarded: [], rows: [row] }, old);
  await phone.save({ vehicles: 3 });
  await phone.flush();
  assert.deepEqual(vehicles(phone), [1, 2, 3]);
  assert.deepEqual(await phone.states(), Array(3).fill("sent"));
});

test("an entry that was counted and is there with other words after a restore stays counted", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.restore([[row.id, { account: OFFICER, entry: { ...row.item }, content: "redacted" }]], "second");
  await phone.outbox.setState("epoch", "second");
  await phone.flush();
  const [kept] = await phone.outbox.list(OFFICER);
  assert.deepEqual([kept.state, kept.epoch, kept.reasons], ["sent", "second", undefined]);
});

test("an entry that a restored server does not take any more asks to be mended", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush();
  phone.server.restore([], "second");
  phone.server.check = () => ({ area: "gone" });
  await phone.outbox.setState("epoch", "second");
  await phone.flush();
  await phone.flush();
  const rows = await phone.outbox.list(OFFICER);
  assert.deepEqual(
    rows.map(({ id, state, item: { answers } }) => [id, state, answers.vehicles]),
    [[row.id, "refused", 2]],
  );
  const mended = await phone.outbox.change(row.id, item({ vehicles: 3 }));
  assert.equal(mended.acknowledged_at, undefined, "nobody acknowledged this content");
});

test("a correction that was counted is said in place of an original that is refused after a restore", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush();
  phone.server.restore([], "second");
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? { vehicles: "too many" } : undefined);
  const batch = { account: OFFICER, device: "", more: 0, discarded: [], rows: [row] };
  phone.disk.stores.entries.get(row.id).state = "waiting";
  const refused = { id: row.id, outcome: "refused", reasons: { vehicles: "too many" } };
  await phone.outbox.settle(batch, { results: [refused], epoch: "second", server_time: new Date(NOW).toISOString() });
  assert.equal(await phone.outbox.find(correction.id), undefined);
  await phone.flush();
  assert.deepEqual(vehicles(phone), [2]);
});

test("what was acknowledged is forgotten after thirty days, and what was not never is", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.check = ({ answers }) => answers.vehicles === 2 && { vehicles: "too many" };
  await phone.save({ vehicles: 2 });
  await phone.save({ vehicles: 3 }, { replaces: phone.outbox.newId(), ...WRONG });
  await phone.flush();
  phone.server.now = () => phone.time;
  phone.time = NOW + 30 * DAY;
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent", "refused", "refused"]);
  for (const days of [1 / DAY, 3_000]) {
    phone.time += days * DAY;
    await phone.save({ vehicles: 4 });
    await phone.flush();
    assert.deepEqual(await phone.states(), ["refused", "refused", "sent"]);
  }
});

for (const [whose, phoneDays, serverDays] of [
  ["phone's", 9_000, 0],
  ["server's", 0, 9_000],
]) {
  test(`a ${whose} clock that jumps makes the phone forget nothing`, async () => {
    const phone = new Phone();
    await phone.save({ vehicles: 1 });
    await phone.flush();
    phone.time = NOW + phoneDays * DAY;
    phone.server.now = () => NOW + serverDays * DAY;
    await phone.save({ vehicles: 2 });
    await phone.flush();
    assert.deepEqual(await phone.states(), ["sent", "sent"]);
  });
}

test("an old entry is kept as long as what corrects it", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.now = () => phone.time;
  phone.time = NOW + 20 * DAY;
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush();
  phone.time = NOW + 40 * DAY;
  await phone.save({ vehicles: 3 });
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent", "sent", "sent"]);
  phone.server.restore([], "second");
  await phone.save({ vehicles: 4 });
  await phone.flush();
  assert.deepEqual(vehicles(phone), [2, 3, 4]);
  phone.time = NOW + 71 * DAY;
  await phone.save({ vehicles: 5 });
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("what goes again after a restore is not forgotten, however long ago it was acknowledged", async () => {
  const phone = new Phone();
  const { id } = await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.time = NOW + 40 * DAY;
  phone.server.now = () => phone.time;
  phone.server.restore([], "second");
  await phone.save({ vehicles: 2 });
  const server_time = new Date(phone.time).toISOString();
  phone.server.instead = [json({ results: [{ id, outcome: "waiting" }], epoch: "second", server_time })];
  await phone.outbox.setState("epoch", "second");
  await phone.flush();
  assert.deepEqual(await phone.states(), ["waiting", "sent"]);
});
