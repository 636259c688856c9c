import assert from "node:assert/strict";
import { test } from "node:test";
import { COLLEAGUE, item, OFFICER, Phone, WRONG } from "./kit.js";
import { letters } from "./memory.js";

const LONG = "x".repeat(1_000);
const numbers = async (phone) => (await phone.outbox.list(OFFICER)).map(({ item: { answers } }) => answers.vehicles);
const sent = (phone) => phone.server.current().map(({ vehicles }) => vehicles);

/** A phone with so many copies of what the server has. */
async function copied(number) {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < number; vehicles++) await phone.save({ vehicles, note: LONG });
  await phone.flush();
  return phone;
}

/** From now on there is room for as much as there is. */
const fit = (phone) => Object.assign(phone.disk, { room: letters(phone.disk.stores) });

/** From now on nothing can be written, and what is taken away makes no room. */
const fill = (phone) => Object.assign(phone.disk, { room: 0 });

test("a full phone gives up copies of what the server has before it refuses anything, the oldest first", async () => {
  const phone = await copied(4);
  fit(phone);
  await phone.save({ vehicles: 4, note: LONG });
  assert.deepEqual(await numbers(phone), [1, 2, 3, 4], "no more than it had to");
  await phone.save({ vehicles: 5, note: LONG });
  assert.deepEqual(await numbers(phone), [2, 3, 4, 5]);
  for (const vehicles of [6, 7]) await phone.save({ vehicles, note: LONG });
  await assert.rejects(phone.save({ vehicles: 8, note: LONG }), { reason: "full" });
  assert.deepEqual(await numbers(phone), [4, 5, 6, 7], "what was not acknowledged is never given up");
});

test("people are told that the phone is full as soon as it gives up a copy", async () => {
  const phone = await copied(4);
  const told = [];
  phone.outbox.watch(({ trouble }) => trouble && told.push(trouble));
  await phone.save({ vehicles: 4, note: LONG });
  assert.deepEqual(told, []);
  fit(phone);
  await phone.save({ vehicles: 5, note: LONG });
  assert.deepEqual(told, ["full"]);
});

test("a full phone still sends", async () => {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  await phone.flush();
  await phone.save({ vehicles: 2 });
  phone.disk.room = 900;
  assert.equal((await phone.flush()).status, "sent");
  assert.equal(phone.server.kept.size, 2);
});

test("a copy is not given up before what builds on it", async () => {
  const phone = await copied(1);
  const [row] = await phone.outbox.list(OFFICER);
  await phone.save({ vehicles: 1, note: LONG });
  await phone.outbox.change(row.id, item({ vehicles: 2, note: LONG }), WRONG);
  await phone.flush();
  fit(phone);
  await phone.save({ vehicles: 3, note: LONG });
  assert.deepEqual(await numbers(phone), [0, 2, 3]);
  phone.disk.room = Number.POSITIVE_INFINITY;
  phone.server.restore([], "second");
  await phone.flush();
  assert.deepEqual(sent(phone).sort(), [2, 3]);
});

for (const [how, hear] of Object.entries({
  "from somebody who asked": (phone) => fill(phone) && phone.outbox.meet("second"),
  "with an answer": (phone) => phone.server.instead.push(() => void fill(phone)) && phone.flush(),
})) {
  test(`a phone that is full when it hears ${how} that the server was restored loses no copy`, async () => {
    const phone = await copied(3);
    await phone.outbox.save(COLLEAGUE, item({ vehicles: 3 }));
    await phone.save({ vehicles: 4 });
    phone.server.restore([], "second");
    await hear(phone).catch(({ reason }) => assert.equal(reason, "full"));
    await assert.rejects(phone.save({ vehicles: 5 }), { reason: "full" });
    await phone.outbox.keepDraft(OFFICER, "a", {}).catch(() => {});
    assert.deepEqual(await numbers(phone), [0, 1, 2, 4]);
    phone.disk.room = Number.POSITIVE_INFINITY;
    await phone.flush();
    assert.deepEqual(sent(phone).sort(), [0, 1, 2, 4]);
    assert.deepEqual(await phone.states(), Array(4).fill("sent"));
  });
}

test("a phone without any room sends again all that a restored server lost", async () => {
  const phone = await copied(450);
  await phone.save({ vehicles: 450 });
  phone.server.restore([], "second");
  await phone.outbox.meet("second");
  fill(phone);
  await assert.rejects(phone.flush(), { reason: "full" });
  assert.deepEqual(sent(phone), [...Array(450).keys()]);
  assert.equal((await phone.outbox.list(OFFICER)).length, 451, "and gives up none of it meanwhile");
  phone.disk.room = Number.POSITIVE_INFINITY;
  await phone.flush({ urgent: true });
  assert.deepEqual(await phone.states(), Array(451).fill("sent"));
  assert.equal(phone.server.kept.size, 451);
});

test("a phone that has no room to mark anything sends nothing new, and says so", async () => {
  const phone = new Phone();
  await phone.save();
  fill(phone);
  await assert.rejects(phone.flush(), { reason: "full" });
  assert.equal(phone.server.requests.length, 0);
});

test("what is sent again waits, in the figures too", async () => {
  const phone = await copied(2);
  await phone.outbox.meet("second");
  assert.deepEqual(await phone.states(), ["waiting", "waiting"]);
  assert.deepEqual(await phone.outbox.count(OFFICER), { waiting: 2, untried: 0, refused: 0, others: 0 });
});

/** A photo of each entry: copies of those that a server of that epoch has. */
async function photographed(phone, ...epochs) {
  for (const [place, { id }] of (await phone.outbox.list(OFFICER)).entries()) {
    const photo = { id: `photo ${place}`, entry: id, account: OFFICER, finding: "f", note: LONG, epoch: epochs[place] };
    phone.disk.stores.photos.set(photo.id, photo);
  }
}
const photos = async (phone) => (await phone.outbox.photos(OFFICER)).map(({ id }) => id);

test("copies of photos go before copies of entries, the oldest first", async () => {
  const phone = await copied(2);
  await photographed(phone, "first", "first");
  fit(phone);
  await phone.save({ vehicles: 2 });
  assert.deepEqual([await photos(phone), await numbers(phone)], [["photo 1"], [0, 1, 2]]);
});

test("no photo is given up that no server has, and none that a restored one may lack", async () => {
  const phone = await copied(3);
  await photographed(phone, undefined, "earlier", "first");
  fill(phone);
  await assert.rejects(phone.save(), { reason: "full" });
  assert.deepEqual(await photos(phone), ["photo 0", "photo 1"]);
  assert.deepEqual(await numbers(phone), [0, 1], "nor what they belong to");
  await assert.rejects(phone.outbox.meet("second"));
  await assert.rejects(phone.save(), { reason: "full" });
  assert.deepEqual(await photos(phone), ["photo 0", "photo 1"], "nor while it does not know which server it is");
});
