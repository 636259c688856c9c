import assert from "node:assert/strict";
import { test } from "node:test";
import { COLLEAGUE, DAY, item, NOW, OFFICER, Phone, WRONG } from "./kit.js";

const lost = new TypeError("no network");
const said = (phone) => phone.server.current().map(({ vehicles }) => vehicles);

/** A phone whose entry was tried, so that nobody knows whether the server has it. */
async function tried(arrived = false) {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  phone.server.instead = [arrived ? () => Promise.reject(lost) : lost];
  await phone.flush();
  return { phone, row };
}

/** A phone with an entry that was refused. */
async function refused(reasons = { vehicles: "too many" }) {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? reasons : undefined);
  await phone.flush();
  return { phone, row };
}

test("an entry that was never sent is edited in place", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  const changed = await phone.outbox.change(row.id, item({ vehicles: 2 }));
  assert.deepEqual([changed.id, changed.order, changed.item.id], [row.id, row.order, row.id]);
  await phone.flush();
  assert.deepEqual(said(phone), [2]);
  assert.equal(phone.server.kept.size, 1);
});

test("a time that was left as it was is still the earlier page's", async () => {
  const phone = new Phone();
  const row = await phone.save({}, { untouched_now: true });
  phone.open();
  const same = await phone.outbox.change(row.id, item({ vehicles: 1 }, { untouched_now: true }));
  assert.equal(same.page, row.page);
  const other = await phone.outbox.change(row.id, item({}, { happened_at: "2026-11-21T19:00:00Z" }));
  assert.equal(other.page, phone.outbox.page);
});

test("a correction's time is the earlier page's too when it stays as it was", async () => {
  const phone = new Phone();
  const row = await phone.save({}, { untouched_now: true });
  await phone.flush();
  phone.open();
  const same = await phone.outbox.change(row.id, item({ vehicles: 1 }, { untouched_now: true }), WRONG);
  assert.equal(same.page, row.page);
  const other = await phone.outbox.change(row.id, item({}, { happened_at: "2026-11-21T19:00:00Z" }), WRONG);
  assert.equal(other.page, phone.outbox.page);
});

test("what a refused entry takes over was said by the page that said it", async () => {
  const { phone, row } = await tried();
  const { page } = phone.open();
  await phone.outbox.change(row.id, item({ vehicles: 2 }, { happened_at: "2026-11-21T20:41:00Z" }), WRONG);
  phone.open();
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? { vehicles: "too many" } : undefined);
  await phone.flush({ urgent: true });
  assert.equal((await phone.outbox.find(row.id)).page, page);
});

test("an entry that was never sent is voided by leaving", async () => {
  const phone = new Phone();
  const row = await phone.save();
  assert.equal(await phone.outbox.void(row.id, WRONG), null);
  assert.deepEqual(await phone.outbox.list(OFFICER), []);
  assert.equal((await phone.flush()).status, "idle");
});

for (const arrived of [true, false]) {
  const how = arrived ? "arrived" : "did not arrive";
  test(`an entry that was tried and ${how} is corrected by a new version`, async () => {
    const { phone, row } = await tried(arrived);
    const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), {
      ...WRONG,
      explanation: "Räknade fel",
    });
    assert.notEqual(correction.id, row.id);
    assert.deepEqual(
      [correction.item.replaces, correction.item.reason, correction.item.explanation],
      [row.id, "wrong-count", "Räknade fel"],
    );
    await phone.flush({ urgent: true });
    assert.deepEqual(await phone.states(), ["sent", "sent"]);
    assert.deepEqual(said(phone), [2]);
  });

  test(`an entry that was tried and ${how} is voided by a new version`, async () => {
    const { phone, row } = await tried(arrived);
    const made = await phone.outbox.void(row.id, WRONG);
    assert.deepEqual([made.item.void, made.item.replaces, made.item.kind], [true, row.id, row.item.kind]);
    assert.equal((await phone.outbox.void(row.id, WRONG)).id, made.id);
    await phone.flush({ urgent: true });
    assert.deepEqual(await phone.states(), ["sent", "sent"]);
    assert.deepEqual(said(phone), []);
  });
}

test("a correction that was never sent is edited in place, and one that was gets a correction of its own", async () => {
  const { phone, row } = await tried();
  const first = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  const second = await phone.outbox.change(row.id, item({ vehicles: 3 }), { reason: "other" });
  assert.deepEqual([second.id, second.item.replaces, second.item.reason], [first.id, row.id, "other"]);
  await phone.flush({ urgent: true });
  const third = await phone.outbox.change(row.id, item({ vehicles: 4 }), WRONG);
  assert.equal(third.item.replaces, first.id);
  await phone.flush();
  assert.deepEqual(said(phone), [4]);
});

test("a correction that is edited without a reason keeps the one it had", async () => {
  const { phone, row } = await tried();
  await phone.outbox.change(row.id, item({ vehicles: 2 }), { ...WRONG, explanation: "Räknade fel" });
  const { item: edited } = await phone.outbox.change(row.id, item({ vehicles: 3 }));
  assert.deepEqual([edited.reason, edited.explanation], ["wrong-count", "Räknade fel"]);
});

test("a void from a page that knew less takes back what the phone knows", async () => {
  const { phone, row } = await tried(true);
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush({ urgent: true });
  const made = await phone.save({}, { replaces: row.id, void: true, ...WRONG });
  assert.notEqual(made.item.replaces, row.id);
  await phone.flush();
  assert.deepEqual(said(phone), []);
});

test("changing any version changes the last one", async () => {
  const { phone, row } = await tried(true);
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush({ urgent: true });
  const [, correction] = await phone.outbox.list(OFFICER);
  await phone.outbox.change(row.id, item({ vehicles: 3 }), WRONG);
  await phone.outbox.change(correction.id, item({ vehicles: 4 }), WRONG);
  await phone.flush();
  assert.deepEqual(said(phone), [4]);
});

test("voiding takes a correction that was never sent along", async () => {
  const { phone, row } = await tried(true);
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  const made = await phone.outbox.void(row.id, WRONG);
  assert.equal(made.item.replaces, row.id);
  assert.equal((await phone.outbox.list(OFFICER)).length, 2);
});

test("a void that was never sent gives way to a correction; one that was tried stays", async () => {
  const { phone, row } = await tried(true);
  const made = await phone.outbox.void(row.id, WRONG);
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), { reason: "other" });
  assert.deepEqual([correction.id, correction.item.void, correction.item.replaces], [made.id, undefined, row.id]);
  const voided = await phone.outbox.void(row.id, WRONG);
  await phone.flush({ urgent: true });
  assert.ok(voided.item.void);
  await assert.rejects(phone.outbox.change(row.id, item({ vehicles: 3 }), WRONG), RangeError);
});

test("whether it was tried is asked in the same stroke: an edit never meets a request on its way", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  let changed;
  phone.server.instead = [
    async () => {
      changed = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
    },
  ];
  await phone.flush();
  assert.equal(changed.item.replaces, row.id);
  assert.deepEqual(said(phone), [2]);
});

test("what is not in the outbox cannot be changed", async () => {
  const { outbox } = new Phone();
  await assert.rejects(outbox.change("nothing", item()), RangeError);
  await assert.rejects(outbox.void("nothing", WRONG), RangeError);
});

test("a refused entry is mended under its own id", async () => {
  const { phone, row } = await refused();
  const [found] = await phone.outbox.list(OFFICER);
  assert.deepEqual([found.state, found.reasons], ["refused", { vehicles: "too many" }]);
  const mended = await phone.outbox.change(row.id, item({ vehicles: 3 }));
  assert.deepEqual([mended.id, mended.state, mended.reasons], [row.id, "waiting", undefined]);
  const again = await phone.outbox.change(row.id, item({ vehicles: 2 }));
  assert.equal(again.id, row.id, "and once more, before it was sent");
  await phone.flush();
  assert.deepEqual(said(phone), [2]);
});

test("a refused entry stays until somebody puts it away on purpose", async () => {
  const { phone, row } = await refused();
  await phone.flush();
  await phone.outbox.discard(row.id);
  assert.deepEqual(await phone.outbox.list(OFFICER), []);
});

test("only what was refused can be put away", async () => {
  const phone = new Phone();
  const row = await phone.save();
  await phone.outbox.discard(row.id);
  await phone.outbox.discard("nothing");
  await phone.flush();
  await phone.outbox.discard(row.id);
  assert.deepEqual(await phone.states(), ["sent"]);
});

test("an entry that is refused takes over what was said of it since", async () => {
  const { phone, row } = await tried();
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? { vehicles: "too many" } : undefined);
  await phone.flush({ urgent: true });
  await phone.flush({ urgent: true });
  const rows = await phone.outbox.list(OFFICER);
  assert.deepEqual(
    rows.map(({ id, state }) => [id, state]),
    [[row.id, "sent"]],
  );
  assert.ok(!("replaces" in rows[0].item || "reason" in rows[0].item));
  assert.deepEqual(said(phone), [2]);
});

test("an entry that is refused leaves when it was voided since", async () => {
  const { phone, row } = await tried();
  await phone.outbox.void(row.id, WRONG);
  phone.server.check = () => ({ vehicles: "too many" });
  await phone.flush({ urgent: true });
  assert.deepEqual(await phone.outbox.list(OFFICER), []);
});

test("a correction that is refused takes over a later one, and still corrects the same version", async () => {
  const { phone, row } = await tried(true);
  const first = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  phone.server.instead = [lost];
  await phone.flush({ urgent: true });
  await phone.outbox.change(row.id, item({ vehicles: 3 }), { reason: "other", explanation: "Sista" });
  phone.server.check = ({ answers }) => (answers.vehicles === 2 ? { vehicles: "too many" } : undefined);
  await phone.flush({ urgent: true });
  const [, mended] = await phone.outbox.list(OFFICER);
  assert.deepEqual([mended.id, mended.item.replaces, mended.item.reason], [first.id, row.id, "other"]);
  await phone.flush();
  assert.deepEqual(said(phone), [3]);
});

test("an entry whose id the server has with other content is corrected, not sent for ever", async () => {
  const { phone, row } = await refused({ id: "taken" });
  phone.server.kept.set(row.id, { account: OFFICER, entry: { ...row.item, answers: { vehicles: 9 } } });
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  assert.equal(correction.item.replaces, row.id);
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent", "sent"], "who takes a correction has what it corrects");
  assert.equal((await phone.outbox.find(row.id)).reasons, undefined);
  assert.deepEqual(said(phone), [2]);
});

test("a correction that was queued goes on though the server has the entry with other content", async () => {
  const { phone, row } = await tried();
  phone.server.kept.set(row.id, { account: OFFICER, entry: { ...row.item, answers: { vehicles: 9 } } });
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush({ urgent: true });
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
  assert.ok(phone.server.kept.has(correction.id));
  assert.deepEqual(said(phone), [2]);
});

test("discarding an entry that the server has with other content keeps its correction", async () => {
  const { phone, row } = await refused({ id: "taken" });
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.outbox.discard(row.id);
  assert.deepEqual(
    (await phone.outbox.list(OFFICER)).map(({ id }) => id),
    [correction.id],
  );
});

test("a correction that was acknowledged is no matter of its original's refusal", async () => {
  const { phone, row } = await tried(true);
  const correction = await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  const answer = { epoch: "first", server_time: new Date(NOW).toISOString() };
  for (const [{ id, edition }, outcome] of [
    [correction, "accepted"],
    [row, "refused"],
  ]) {
    const batch = { account: OFFICER, device: "", more: 0, discarded: [], rows: [{ id, edition }] };
    await phone.outbox.settle(batch, { ...answer, results: [{ id, outcome, reasons: { vehicles: "no" } }] });
  }
  assert.deepEqual(await phone.states(), ["refused", "sent"]);
});

test("an answer to what was said before says nothing about what is said now", async () => {
  const { phone, row } = await refused();
  // Another tab sent the first content long ago, and its answer comes after the entry was mended.
  await phone.outbox.change(row.id, item({ vehicles: 2 }));
  const late = {
    results: [{ id: row.id, outcome: "accepted" }],
    epoch: "first",
    server_time: new Date(NOW).toISOString(),
  };
  await phone.outbox.settle({ account: OFFICER, device: "", more: 0, discarded: [], rows: [row] }, late);
  assert.deepEqual(await phone.states(), ["waiting"]);
  assert.equal((await phone.outbox.find(row.id)).item.answers.vehicles, 2);
});

test("a correction of what only the server has is queued as it is, and changed in place after", async () => {
  const phone = new Phone();
  const stored = phone.outbox.newId();
  phone.server.kept.set(stored, { account: OFFICER, entry: { id: stored, answers: { vehicles: 9 } } });
  const row = await phone.save({ vehicles: 1 }, { replaces: stored, ...WRONG });
  const again = await phone.save({ vehicles: 2 }, { replaces: stored, reason: "other" });
  assert.deepEqual([again.id, again.item.replaces, again.item.reason], [row.id, stored, "other"]);
  await phone.flush();
  assert.deepEqual(said(phone), [2]);
});

test("voiding such a correction before it was sent voids what the server has", async () => {
  const phone = new Phone();
  const stored = phone.outbox.newId();
  phone.server.kept.set(stored, { account: OFFICER, entry: { id: stored, answers: { vehicles: 9 } } });
  const row = await phone.save({ vehicles: 1 }, { replaces: stored, ...WRONG });
  await phone.outbox.void(row.id, WRONG);
  await phone.flush();
  assert.deepEqual(said(phone), []);
});

test("a correction from a page that knew less builds on what the phone knows", async () => {
  const { phone, row } = await tried(true);
  await phone.outbox.change(row.id, item({ vehicles: 2 }), WRONG);
  await phone.flush({ urgent: true });
  await phone.save({ vehicles: 3 }, { replaces: row.id, ...WRONG });
  await phone.flush();
  assert.deepEqual(said(phone), [3]);
});

test("somebody else's correction of an entry stays theirs", async () => {
  const phone = new Phone();
  const row = await phone.save({ vehicles: 1 });
  await phone.flush();
  const theirs = await phone.outbox.save(COLLEAGUE, item({ vehicles: 2 }, { replaces: row.id, ...WRONG }));
  assert.deepEqual([theirs.account, theirs.item.replaces], [COLLEAGUE, row.id]);
  const own = await phone.outbox.change(row.id, item({ vehicles: 3 }), WRONG);
  assert.deepEqual([own.account, own.item.replaces], [OFFICER, row.id]);
});

/** A phone with a control and a question that is linked to it, at a server that takes no question without its control. */
async function linked() {
  const phone = new Phone();
  const { server } = phone;
  const take = server.take.bind(server);
  server.take = (account, entry) => {
    const { control } = entry.answers;
    return control && !server.kept.has(control) ? { outcome: "waiting" } : take(account, entry);
  };
  const control = await phone.save({ vehicles: 1 });
  const question = await phone.save({ control: control.id, asked: "yes" }, { kind: "help-offer" });
  return { phone, control, question };
}

test("what is linked to an entry that was taken back before it was sent asks to be mended, and waits no more", async () => {
  const { phone, control, question } = await linked();
  await phone.outbox.void(control.id, WRONG);
  assert.deepEqual(await phone.states(), ["refused"]);
  await phone.outbox.change(question.id, item({ asked: "yes" }, { kind: "help-offer" }));
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.deepEqual(phone.server.current(), [{ asked: "yes" }]);
});

test("what is linked to a refused entry waits for it to be mended, and no longer when it is put away", async () => {
  const { phone, control, question } = await linked();
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? { vehicles: "too many" } : undefined);
  await phone.flush();
  await phone.outbox.change(question.id, item({ control: control.id, asked: "no" }, { kind: "help-offer" }), WRONG);
  await phone.flush();
  assert.deepEqual(await phone.states(), ["refused", "waiting", "waiting"]);
  await phone.outbox.discard(control.id);
  const [row, ...more] = await phone.outbox.list(OFFICER);
  assert.deepEqual([row.id, row.state, row.item.answers.asked, more], [question.id, "refused", "no", []]);
});

test("a correction that links to nothing any more takes the entry's place", async () => {
  const { phone, control, question } = await linked();
  phone.server.check = ({ answers }) => (answers.vehicles === 1 ? { vehicles: "too many" } : undefined);
  await phone.flush();
  await phone.outbox.change(question.id, item({ asked: "no" }, { kind: "help-offer" }), WRONG);
  await phone.outbox.discard(control.id);
  await phone.flush();
  assert.deepEqual(await phone.states(), ["sent"]);
  assert.deepEqual(phone.server.current(), [{ asked: "no" }]);
});

test("what is linked to an entry that was acknowledged long ago is none of its leaving", async () => {
  const { phone, control } = await linked();
  await phone.flush();
  phone.time += 31 * DAY;
  phone.server.now = () => phone.time;
  await phone.save({ vehicles: 2 });
  phone.server.instead = [() => void phone.save({ control: control.id, asked: "no" }, { kind: "help-offer" })];
  await phone.flush();
  assert.equal(await phone.outbox.find(control.id), undefined);
  assert.deepEqual(await phone.states(), ["sent", "sent"]);
});
