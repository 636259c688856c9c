import assert from "node:assert/strict";
import { test } from "node:test";
import { stock } from "../../static/js/outbox/told.js";
import { COLLEAGUE, json, OFFICER, Phone } from "./kit.js";

const YES = { kind: "help-offer", handed_over: true };

/** A phone that has these in store. */
async function phoneWith(...codes) {
  const phone = new Phone();
  await stock(phone.outbox, OFFICER, codes);
  return phone;
}

test("a yes takes a code when it is kept, and no two take the same", async () => {
  const phone = await phoneWith("K7-RT4", "3F-WA9");
  const rows = [await phone.save({ wants_help: "yes" }, YES), await phone.save({ wants_help: "yes" }, YES)];
  assert.deepEqual(
    rows.map(({ item }) => item.code),
    ["K7-RT4", "3F-WA9"],
  );
  assert.ok(rows.every(({ item }) => !("handed_over" in item)));
  const third = await phone.save({ wants_help: "yes" }, YES);
  assert.equal(third.item.code, undefined, "the server gives one when it comes");
});

test("nothing else takes one, and nobody else's are taken", async () => {
  const phone = await phoneWith("K7-RT4");
  const no = await phone.save({ wants_help: "no" }, { kind: "help-offer", handed_over: false });
  assert.equal(no.item.code, undefined);
  const others = await phone.outbox.save(COLLEAGUE, { ...no.item, id: undefined, ...YES });
  assert.equal(others?.item.code, undefined);
});

test("a yes keeps its code when it is changed, and a form sent twice is one yes", async () => {
  const phone = await phoneWith("K7-RT4", "3F-WA9");
  const id = phone.outbox.newId();
  const row = await phone.save({ wants_help: "yes" }, { ...YES, id });
  await phone.save({ wants_help: "yes" }, { ...YES, id });
  const changed = await phone.outbox.change(row.id, { ...row.item, area: "lit", handed_over: true });
  assert.deepEqual([changed.item.code, changed.item.area], ["K7-RT4", "lit"]);
  assert.equal((await phone.outbox.list(OFFICER)).length, 1);
});

test("what the server reserved is kept without what waits, and its word on a code holds", async () => {
  const phone = await phoneWith("K7-RT4");
  const [one, other] = [await phone.save({}, YES), await phone.save({}, YES)];
  phone.server.instead = [
    async (answer) => {
      const told = await answer.json();
      told.results[1].code = "WJ-22R";
      return json({ ...told, codes: ["K7-RT4", "3F-WA9"] });
    },
  ];
  await phone.flush();
  assert.equal((await phone.outbox.find(one.id)).item.code, "K7-RT4");
  assert.equal((await phone.outbox.find(other.id)).item.code, "WJ-22R");
  assert.equal((await phone.save({}, YES)).item.code, "3F-WA9");
});

test("a code that the server would not have is not sent again", async () => {
  const phone = await phoneWith("K7-RT4", "3F-WA9");
  const row = await phone.save({}, YES);
  phone.server.check = ({ code }) => (code === "K7-RT4" ? { code: "another handover's" } : undefined);
  phone.server.instead = [async (answer) => json({ ...(await answer.json()), codes: ["K7-RT4", "3F-WA9"] })];
  await phone.flush();
  assert.equal((await phone.outbox.find(row.id)).state, "refused");
  const mended = await phone.outbox.change(row.id, { ...row.item, handed_over: true });
  assert.equal(mended.item.code, "3F-WA9");
});
