// Photos go after their entries, rest when nobody of ours has answered, and stay until the server itself has spoken of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { COLLEAGUE, DAY, json, MINUTE, OFFICER, Phone, page } from "./kit.js";

/** A phone with one entry that the server has and so many photos of it; `answer` says what comes for each. */
async function photographed(answer, number = 1) {
  const phone = new Phone();
  const row = await phone.save();
  const { fetch } = phone.server;
  const sent = [];
  phone.server.fetch = async (address, options) => {
    if (address === "/sync") return fetch(address, options);
    const id = new URL(address, "http://phone").searchParams.get("id");
    sent.push(id);
    return answer(id);
  };
  for (let place = 0; place < number; place += 1) {
    const photo = { id: `photo ${place}`, account: OFFICER, entry: row.id, finding: "f", picture: new Blob(["jpeg"]) };
    phone.disk.stores.photos.set(photo.id, photo);
  }
  return { phone, row, sent };
}

const accepted = (id) => json({ id, outcome: "accepted" });
const left = async ({ outbox }) => (await outbox.photos(OFFICER)).filter(({ epoch }) => !epoch).map(({ id }) => id);

test("a photo goes after its entry, and once", async () => {
  const { phone, sent } = await photographed(accepted);
  assert.equal((await phone.flush()).status, "sent");
  await phone.flush();
  assert.deepEqual([sent, await left(phone)], [["photo 0"], []]);
});

for (const [what, answer] of [
  ["a proxy that takes nothing so large", () => page(413)],
  ["a server in trouble", () => page(502)],
  ["a captive portal", () => page(200)],
  ["another server's answer", () => json({ id: "another", outcome: "accepted" })],
  ["an answer that says nothing", (id) => json({ id, outcome: "perhaps" })],
]) {
  test(`${what} is no answer: the photo stays and rests, longer each time`, async () => {
    const { phone, sent } = await photographed(answer);
    assert.equal((await phone.flush()).status, "trouble", "nobody of ours has answered");
    for (let page = 0; page < 10; page += 1) await phone.flush();
    assert.equal(sent.length, 1);
    for (let minute = 0; minute < 60; minute += 1) {
      phone.time += MINUTE;
      await phone.flush();
    }
    assert.ok(sent.length > 5 && sent.length < 25, `${sent.length} times in an hour`);
    phone.time += 40 * DAY;
    await phone.save({ vehicles: 2 });
    await phone.flush();
    assert.deepEqual(await left(phone), ["photo 0"], "never after some days");
  });
}

test("what rests goes when a person asks, or when the clock was set back", async () => {
  const { phone, sent } = await photographed(() => page(413));
  await phone.flush();
  await phone.flush({ urgent: true });
  phone.time -= DAY;
  await phone.flush();
  assert.equal(sent.length, 3);
});

test("one that rests holds up no entry and no other photo", async () => {
  const { phone, sent } = await photographed((id) => (id === "photo 0" ? page(413) : accepted(id)), 2);
  assert.equal((await phone.flush()).status, "sent");
  assert.deepEqual([sent, await left(phone)], [["photo 0", "photo 1"], ["photo 0"]]);
  await phone.save({ vehicles: 2 });
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
});

test("one that is refused says why, and is not sent again", async () => {
  const { phone, sent } = await photographed((id) =>
    json({ id, outcome: "refused", reasons: { photo: "no picture" } }),
  );
  await phone.flush();
  await phone.flush({ urgent: true });
  assert.equal(sent.length, 1);
  assert.deepEqual((await phone.outbox.photos(OFFICER))[0].reasons, { photo: "no picture" });
});

test("whoever is asked to wait waits, and whoever is signed out asks nobody else's", async () => {
  const { phone, sent } = await photographed(() => page(429, { "Retry-After": "60" }));
  assert.equal((await phone.flush()).status, "trouble");
  assert.equal((await phone.flush({ urgent: true })).status, "held");
  await phone.outbox.setState("who", { account: COLLEAGUE });
  phone.time += 2 * MINUTE;
  phone.server.signedIn = COLLEAGUE;
  await phone.flush();
  assert.equal(sent.length, 1);
  const { waiting, others } = await phone.outbox.count(COLLEAGUE);
  assert.deepEqual([waiting, others], [0, 1], "what waits of somebody else is counted, photos too");
});

test("a restored server gets its photos back", async () => {
  const { phone, sent } = await photographed(accepted);
  await phone.flush();
  phone.server.restore([], "second");
  await phone.outbox.meet("second");
  await phone.flush();
  assert.deepEqual(sent, ["photo 0", "photo 0"]);
});
