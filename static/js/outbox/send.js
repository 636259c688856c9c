// Sends the outbox, and says when to try again. Only the server's own answer about an entry lets it go.

import { ASKED_MOST_MS, call, LEAST_MS, MOST_MS, pause } from "./call.js";
import { sendPhotos } from "./pictures.js";
import { weigh } from "./rows.js";
import { alone } from "./turn.js";

/** @import { Answer, Batch, Hold, Means, Outcome, Result } from "./types.js" */
/** @import { Outbox } from "./queue.js" */

const BATCH = 200;
const SMALL_BATCH = 10;

/** @typedef {Omit<Outcome, "results">} End */

/**
 * Send what waits of whoever is signed in. Never throws because of the network.
 * @param {Outbox} outbox @param {Partial<Means>} [options] @returns {Promise<Outcome>}
 */
export async function flush(outbox, options) {
  /** @type {Means} */
  const means = {
    fetch: (...request) => globalThis.fetch(...request),
    locks: globalThis.navigator?.locks,
    now: outbox.now,
    random: Math.random,
    urgent: false,
    ...options,
  };
  /** @type {Result[]} */
  const results = [];
  /** @type {End} */
  let end = { status: "trouble" };
  try {
    end = await alone(outbox, means.locks, () => send(outbox, means, results));
    return { ...end, results };
  } finally {
    outbox.tell({ about: "sending", ...end });
  }
}

/** @param {Outbox} outbox @param {Means} means @param {Result[]} results @returns {Promise<End>} */
async function send(outbox, means, results) {
  // Nothing is tried without a network, so that what was just saved can be changed where it lies.
  if (globalThis.navigator?.onLine === false && !means.urgent) return { status: "offline" };
  /** @type {Hold | undefined} */
  const hold = await outbox.state("hold");
  const now = means.now();
  const until = hold && Math.min(hold.until, hold.since + ASKED_MOST_MS);
  // A clock that was set back ends the pause.
  const isHeld = until && hold.since <= now && now < until;
  if (isHeld && (hold.why === "asked" || !means.urgent)) return { status: "held", until };
  // A line that did not carry many may carry a few; a server may choke on a single one, which must hold nobody up.
  const least = hold?.why === "offline" ? SMALL_BATCH : 1;
  let most = Math.max(Math.trunc(BATCH / 2 ** (hold?.failures ?? 0)), least);
  const done = new Set();
  for (;;) {
    const batch = await outbox.take(done, most);
    if (!batch) return { status: "signed-out" };
    if (!batch.rows.length && !batch.discarded.length)
      return (await sendPhotos(outbox, means)) ?? { status: done.size ? "sent" : "idle" };
    outbox.tell({ about: "sending", status: "sending" });
    const failure = await deliver(outbox, means, batch, results);
    if (failure) return failure;
    for (const { id } of batch.rows) done.add(id);
    most = Math.min(most * 2, BATCH);
  }
}

/**
 * @param {Outbox} outbox @param {Means} means @param {Batch} batch @param {Result[]} results
 * @returns {Promise<End | undefined>} why to stop
 */
async function deliver(outbox, means, batch, results) {
  const { rows } = batch;
  let answer = await post(outbox, means, batch);
  if ("status" in answer && [400, 413, 422].includes(answer.status)) {
    if (rows.length > 1) {
      const half = rows.length >> 1;
      const first = { ...batch, rows: rows.slice(0, half), more: batch.more + rows.length - half };
      const failure = await deliver(outbox, means, first, results);
      return failure ?? deliver(outbox, means, { ...batch, rows: rows.slice(half) }, results);
    }
    // Only a server that takes the envelope without it may be believed that the entry is what is wrong.
    answer = await post(outbox, means, { ...batch, rows: [] });
    if ("results" in answer) answer.results = rows.map(({ id }) => ({ id, outcome: "refused" }));
  }
  if ("status" in answer) {
    if (answer.status === 401) return { status: "signed-out" };
    if (answer.status === 409) return { status: "other-account" };
    if (answer.status) await outbox.postpone(batch);
    return pause(outbox, means, answer.status ? "trouble" : "offline", answer.wait);
  }
  results.push(...answer.results);
  // Where there is no room to write it down the rest goes all the same: the server says it again.
  const isSaid = await outbox.settle(batch, answer).catch((error) => error.reason === "full" || Promise.reject(error));
  return isSaid ? undefined : pause(outbox, means, "trouble");
}

/**
 * @param {Outbox} outbox @param {Means} means @param {Batch} batch
 * @returns {Promise<Answer | { status: number, wait?: number }>} the server's answer, or the status that came instead: 0 for none
 */
async function post(outbox, means, { account, device, rows, more, discarded }) {
  const now = means.now();
  // How wrong the clock was when a page said "now", only that page can tell.
  const entries = rows.map(({ item: { untouched_now, ...item }, page }) =>
    untouched_now && page === outbox.page ? { ...item, untouched_now } : item,
  );
  const envelope = {
    account,
    device,
    sent_at: new Date(now).toISOString(),
    waiting: more,
    discarded,
    entries,
  };
  const { answer, ...otherwise } = await call(
    means,
    "/sync",
    JSON.stringify(envelope),
    weigh(envelope),
    "application/json",
  );
  return answer ? checked(answer) : otherwise;
}

/** Whether it is our server that answered. @param {any} answer @returns {Answer | { status: number }} */
function checked(answer) {
  const { results, epoch, server_time } = answer;
  if (!Array.isArray(results) || typeof epoch !== "string" || !Date.parse(server_time)) return { status: 502 };
  // Of two words that contradict each other neither is believed.
  const contradicts = (/** @type {any} */ one) =>
    results.some((other) => other?.id === one.id && other.outcome !== one.outcome);
  return { ...answer, results: results.filter((result) => result?.id && !contradicts(result)) };
}

/**
 * Send whenever there is reason to hope.
 * @param {Outbox} outbox @param {Window & typeof globalThis} target @param {Partial<Means>} [options]
 * @returns {() => Promise<Outcome | undefined>} send now
 */
export function keepFlushing(outbox, target, options) {
  /** @type {Promise<Outcome | undefined> | undefined} */
  let running;
  let timer = 0;
  const go = (urgent = false) => {
    running ??= round(urgent).finally(() => {
      running = undefined;
    });
    return running;
  };
  const now = async () => {
    await running;
    return go(true);
  };
  const round = async (/** @type {boolean} */ urgent) => {
    target.clearTimeout(timer);
    const outcome = await flush(outbox, { ...options, urgent }).catch(() => undefined);
    // Storage that cannot be read may hold something.
    const { waiting, untried } = await left(outbox).catch(() => ({ waiting: 1, untried: 0 }));
    // Saved after the last look, or while another tab sends.
    const isLeft = untried && ["sent", "idle"].includes(outcome?.status ?? "");
    const soon = isLeft || outcome?.status === "busy" ? LEAST_MS : MOST_MS;
    const pause = outcome?.until ? Math.max(outcome.until - outbox.now(), LEAST_MS) : soon;
    if (waiting) {
      // Now and then it is tried whatever the browser says of the network.
      timer = target.setTimeout(go, pause, true);
      syncLater(target);
    }
    return outcome;
  };
  // Whoever saves elsewhere sends it there: two tabs that answer each other would never end.
  outbox.watch(({ about, elsewhere }) => about === "rows" && !elsewhere && go());
  for (const event of ["pageshow", "focus", "visibilitychange"]) target.addEventListener(event, () => go());
  target.addEventListener("online", now);
  go();
  return now;
}

/** How much waits of whoever is signed in. @param {Outbox} outbox */
const left = async (outbox) => outbox.count((await outbox.state("who"))?.account);

/** Where the browser can, it sends when the page is closed. @param {Window} target */
function syncLater({ navigator }) {
  const ready = navigator.serviceWorker?.ready;
  ready?.then((/** @type {any} */ registration) => registration.sync?.register("outbox")).catch(() => {});
}
