import assert from "node:assert/strict";
import { test } from "node:test";
import { json, MINUTE, NOW, OFFICER, Phone, page } from "./kit.js";

const HOUR = 60 * MINUTE;

/** A phone whose server answers so, and how the first attempt ended. */
async function failing(answer, options) {
  const phone = new Phone();
  await phone.save({ vehicles: 1 });
  phone.server.instead = [answer];
  return { phone, outcome: await phone.flush(options) };
}

const busy = (seconds, headers = {}) => json({}, { status: 503, headers: { "Retry-After": seconds, ...headers } });

const partly = ({ id }) =>
  json({ results: [{ id, outcome: "accepted" }], epoch: "first", server_time: new Date(NOW).toISOString() });

test("pauses grow from seconds to five minutes, and are not the same on every phone", async () => {
  const phone = new Phone();
  await phone.save();
  phone.server.instead = Array(12).fill(new TypeError("no network"));
  const [short, long] = [[], []];
  for (let time = 0; time < 12; time++) {
    const { until } = await phone.flush({ random: () => (time % 2 ? 1 : 0) });
    (time % 2 ? long : short).push(until - phone.time);
    phone.time = until;
  }
  assert.deepEqual(short, [2_000, 8_000, 32_000, 128_000, 150_000, 150_000]);
  assert.deepEqual(long, [8_000, 32_000, 128_000, 300_000, 300_000, 300_000]);
});

test("pauses grow too with a server that answers for a part only", async () => {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < 4; vehicles++) await phone.save({ vehicles });
  const pauses = [];
  for (let time = 0; time < 3; time++) {
    phone.server.instead = [(_, { sent }) => partly(sent.entries[0])];
    const { until } = await phone.flush();
    pauses.push(until - phone.time);
    phone.time = until;
  }
  assert.deepEqual(pauses, [3_000, 6_000, 12_000]);
});

test("nothing is sent during a pause, even by an app that was started again; then it is", async () => {
  const { phone, outcome } = await failing(new TypeError("no network"));
  phone.open();
  assert.deepEqual(await phone.flush(), { status: "held", until: outcome.until, results: [] });
  phone.time = outcome.until - 1;
  assert.equal((await phone.flush()).status, "held");
  phone.time = outcome.until;
  assert.equal((await phone.flush()).status, "sent");
  assert.equal(await phone.outbox.state("hold"), undefined);
});

test("somebody who asks need not wait for a pause of our own", async () => {
  const { phone } = await failing(page(502));
  assert.equal((await phone.flush({ urgent: true })).status, "sent");
});

for (const [what, answer, wait] of [
  ["seconds", busy("120"), 2 * MINUTE],
  ["a date", busy("Sat, 21 Nov 2026 20:45:00 GMT"), 5 * MINUTE],
  [
    "a date, by the server's clock",
    busy("Mon, 23 Nov 2026 20:45:00 GMT", { Date: "Mon, 23 Nov 2026 20:44:00 GMT" }),
    MINUTE,
  ],
  ["years", busy("999999999999"), HOUR],
  ["a date in years", busy("Sat, 21 Nov 2099 20:45:00 GMT"), HOUR],
  ["seconds with another status", json({}, { status: 429, headers: { "Retry-After": "60" } }), MINUTE],
]) {
  test(`a server that asks for ${what} is obeyed, by the button too`, async () => {
    const { phone, outcome } = await failing(answer);
    assert.deepEqual([outcome.status, outcome.until - NOW], ["trouble", wait]);
    phone.time = outcome.until - 1;
    assert.equal((await phone.flush({ urgent: true })).status, "held");
    phone.time = outcome.until;
    assert.equal((await phone.flush()).status, "sent");
  });
}

for (const nonsense of ["soon", "0", "-5", "Sat, 21 Nov 2016 20:45:00 GMT", ""]) {
  test(`a server that asks for ${nonsense || "nothing"} gets a pause of our own`, async () => {
    const { phone, outcome } = await failing(busy(nonsense));
    assert.equal(outcome.until - NOW, 3_000);
    assert.equal((await phone.flush({ urgent: true })).status, "sent");
  });
}

test("a clock that was set back does not make a pause of hours", async () => {
  const { phone } = await failing(busy("3600"));
  phone.time -= 1;
  assert.equal((await phone.flush()).status, "sent");
});

test("a pause that another app wrote, years long, does not hold for ever", async () => {
  const phone = new Phone();
  await phone.save();
  await phone.outbox.setState("hold", { since: NOW - 1, until: NOW + 1e12, why: "asked", failures: 1 });
  assert.equal((await phone.flush()).until, NOW - 1 + HOUR);
  phone.time += HOUR;
  assert.equal((await phone.flush()).status, "sent");
});

test("a line that failed with many is tried with fewer, and with many again when it carried", async () => {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < 220; vehicles++) await phone.save({ vehicles });
  phone.server.instead = Array(6).fill(new DOMException("", "TimeoutError"));
  for (let time = 0; time < 6; time++) await phone.flush({ urgent: true });
  assert.deepEqual(
    phone.server.requests.map(({ sent }) => sent.entries.length),
    [200, 100, 50, 25, 12, 10],
  );
  await phone.flush({ urgent: true });
  assert.deepEqual(await phone.outbox.count(OFFICER), { waiting: 0, untried: 0, refused: 0, others: 0 });
});

test("a line that has been failing for days is still tried with few", async () => {
  const phone = new Phone();
  for (let vehicles = 0; vehicles < 20; vehicles++) await phone.save({ vehicles });
  phone.server.instead = [new TypeError("no network")];
  await phone.outbox.setState("hold", { since: NOW, until: NOW, why: "offline", failures: 64 });
  await phone.flush();
  assert.equal(phone.server.requests[0].sent.entries.length, 10);
});

test("a server without an answer is given up, later for a long batch", async () => {
  const asked = [];
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (wait) => asked.push(wait) && timeout(wait);
  const phone = new Phone();
  await phone.save({ note: "x".repeat(300_000) });
  await phone.flush();
  await phone.save({});
  await phone.flush();
  AbortSignal.timeout = timeout;
  assert.ok(asked[0] > 50_000 && asked[0] < 60_000 && asked[1] > 20_000 && asked[1] < 21_000, `${asked}`);
  assert.ok(asked.every(Number.isInteger));
});

test("a browser that cannot give up by itself sends all the same", async () => {
  const { timeout } = AbortSignal;
  delete AbortSignal.timeout;
  const phone = new Phone();
  await phone.save();
  const { status } = await phone.flush();
  AbortSignal.timeout = timeout;
  assert.equal(status, "sent");
});

for (const status of [401, 409]) {
  test(`a ${status} is no reason to pause: whoever signs in need not wait`, async () => {
    const { phone, outcome } = await failing(json({}, { status }));
    assert.equal(outcome.until, undefined);
    assert.equal((await phone.flush()).status, "sent");
  });
}
