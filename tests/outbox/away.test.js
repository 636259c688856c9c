// What was refused and put away on the phone: the server is told of it, once, and asks nobody to mend it any more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COLLEAGUE, OFFICER, Phone, page } from "./kit.js";

const told = (phone) => phone.server.requests.map(({ sent }) => sent.discarded);

/** A phone with an entry that the server refused. */
async function refused() {
  const phone = new Phone();
  phone.server.check = () => ({ vehicles: "too many" });
  const { id } = await phone.save({ vehicles: 1 });
  await phone.flush();
  phone.server.check = () => undefined;
  return { phone, id };
}

test("it is told although nothing else waits, and once", async () => {
  const { phone, id } = await refused();
  await phone.outbox.discard(id);
  await phone.flush();
  await phone.flush();
  assert.deepEqual(told(phone), [[], [id]]);
  assert.deepEqual(phone.server.requests[1].sent.entries, []);
});

test("it is told until the server has answered, also after the phone died", async () => {
  const { phone, id } = await refused();
  await phone.outbox.discard(id);
  phone.server.instead = [page(), page(502)];
  for (const time of [1, 2, 3]) {
    phone.open();
    phone.time += time * 3_600_000;
    await phone.flush();
  }
  await phone.flush();
  assert.deepEqual(told(phone), [[], [id], [id], [id]]);
});

test("what is taken back instead of mended is put away too", async () => {
  const { phone, id } = await refused();
  assert.equal(await phone.outbox.void(id, {}), null);
  await phone.flush();
  assert.deepEqual(told(phone).at(-1), [id]);
});

test("what was mended, or never refused, is not", async () => {
  const { phone, id } = await refused();
  await phone.outbox.change(id, { kind: "traffic-control", happened_at: phone.outbox.moment(), answers: {} });
  const { id: other } = await phone.save({ vehicles: 2 });
  assert.equal(await phone.outbox.void(other, {}), null);
  await phone.flush();
  await phone.flush();
  assert.deepEqual(told(phone), [[], []]);
});

test("it is told by its own person alone", async () => {
  const { phone, id } = await refused();
  await phone.outbox.discard(id);
  phone.server.signedIn = COLLEAGUE;
  await phone.outbox.setState("who", { account: COLLEAGUE });
  await phone.outbox.save(COLLEAGUE, { kind: "patrol", happened_at: phone.outbox.moment(), answers: {} });
  await phone.flush();
  assert.deepEqual(told(phone).at(-1), []);
  phone.server.signedIn = OFFICER;
  await phone.outbox.setState("who", { account: OFFICER });
  await phone.flush();
  assert.deepEqual(told(phone).at(-1), [id]);
});

test("of very many each envelope tells as many as the server takes", async () => {
  const { phone, id } = await refused();
  const ids = Array.from({ length: 250 }, (_, place) => `${id}-${place}`);
  await phone.outbox.setState(`away-${OFFICER}`, ids);
  await phone.flush();
  assert.deepEqual(told(phone).slice(1), [ids.slice(0, 200), ids.slice(200)]);
});
