import assert from "node:assert/strict";
import { test } from "node:test";
import { DAY, item, NOW, OFFICER, Phone, WRONG } from "./kit.js";

const WEEK = 7 * DAY;

/** A phone with a correction of what neither it nor the server has, and the server's days. */
async function lost() {
  const phone = new Phone();
  const original = phone.outbox.newId();
  const row = await phone.save({ vehicles: 2 }, { replaces: original, ...WRONG });
  let now = NOW;
  phone.server.now = () => now;
  const after = async (time) => {
    now = NOW + time;
    await phone.flush();
    return phone.states();
  };
  return { phone, original, row, after };
}

test("a correction of what nobody has waits for a week of the server's, and then asks to be mended", async () => {
  const { phone, row, after } = await lost();
  phone.time += 1_000 * DAY;
  assert.deepEqual(await after(0), ["waiting"]);
  assert.deepEqual(await after(WEEK), ["waiting"]);
  assert.deepEqual(await after(WEEK + 1), ["refused"]);
  assert.deepEqual((await phone.outbox.find(row.id)).reasons, { replaces: "gone" });
  assert.equal((await phone.outbox.file(OFFICER)).entries.length, 1);
  await phone.outbox.discard(row.id);
  assert.deepEqual(await phone.states(), []);
});

test("saved again it is sent again, says at once that it is still lacking, and counts once when it is not", async () => {
  const { phone, original, row, after } = await lost();
  await after(0);
  await after(WEEK + 1);
  await phone.outbox.change(row.id, item({ vehicles: 3 }));
  assert.deepEqual(await after(WEEK + 2), ["refused"]);
  phone.server.kept.set(original, { account: OFFICER, entry: { id: original, answers: { vehicles: 1 } } });
  await phone.outbox.change(row.id, item({ vehicles: 4 }));
  assert.deepEqual(await after(WEEK + 3), ["sent"]);
  assert.deepEqual(phone.server.current(), [{ vehicles: 4 }]);
  assert.equal((await phone.outbox.find(row.id)).lacks, undefined);
});

test("what it corrects may come within the week, however late that is", async () => {
  const { phone, original, after } = await lost();
  await after(0);
  await after(WEEK);
  phone.server.kept.set(original, { account: OFFICER, entry: { id: original, answers: {} } });
  assert.deepEqual(await after(2 * WEEK), ["sent"]);
});

test("what builds on an entry that lies in the phone to be mended waits as long as that does", async () => {
  const { phone, after } = await lost();
  const [{ id }] = await phone.outbox.list(OFFICER);
  await phone.save({ control: id, asked: "no" }, { kind: "help-offer" });
  const { take } = phone.server;
  phone.server.take = (account, entry) =>
    entry.answers.control ? { outcome: "waiting" } : take.call(phone.server, account, entry);
  await after(0);
  assert.deepEqual(await after(2 * WEEK), ["refused", "waiting"]);
  assert.deepEqual(await after(9 * WEEK), ["refused", "waiting"]);
});

test("what was said since of a correction that is lost is said in its place", async () => {
  const { phone, row, after } = await lost();
  await after(0);
  await phone.outbox.change(row.id, item({ vehicles: 3 }), WRONG);
  await after(WEEK);
  await after(WEEK + 1);
  await after(WEEK + 2);
  const [kept, ...more] = await phone.outbox.list(OFFICER);
  assert.deepEqual([kept.id, kept.state, kept.item.answers, more], [row.id, "refused", { vehicles: 3 }, []]);
});
