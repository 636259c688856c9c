// Sends the outbox, and says when to try again. Only the server's own answer about an entry lets it go.

import { reject, settle, take } from "./answers.js";

const LEAST_MS = 2_000;
const MOST_MS = 5 * 60_000;
const ASKED_MOST_MS = 3_600_000;
const PATIENCE_MS = 20_000;
const SLOWEST_BYTES_PER_MS = 10;
const KEEPALIVE_BYTES = 30_000;
const REJECTED = [400, 413, 422];

/** @import { Answer, Batch, Hold, Result } from "./answers.js" */
/** @import { Outbox } from "./queue.js" */
/** @typedef {"idle" | "sent" | "busy" | "held" | "offline" | "signed-out" | "other-account" | "trouble"} Status */
/** @typedef {{ status: Status, results: Result[], until?: number }} Outcome */
/**
 * @typedef {object} Means
 * @property {typeof globalThis.fetch} fetch
 * @property {LockManager | undefined} locks
 * @property {() => number} now
 * @property {() => number} random
 * @property {string} version
 * @property {boolean} urgent a person asks, or the phone came online: the pause we chose ourselves is over
 */

/** @type {WeakSet<Outbox>} */
const busy = new WeakSet();

/**
 * Send whatever waits of whoever is signed in. Never throws because of the network.
 * @param {Outbox} outbox
 * @param {Partial<Means>} [options]
 * @returns {Promise<Outcome>}
 */
export async function flush(outbox, options = {}) {
  /** @type {Means} */
  const means = {
    fetch: (...request) => globalThis.fetch(...request),
    locks: globalThis.navigator?.locks,
    now: outbox.now,
    random: Math.random,
    version: "",
    urgent: false,
    ...options,
  };
  if (busy.has(outbox)) return { status: "busy", results: [] };
  busy.add(outbox);
  try {
    const outcome = await alone(means.locks, () => send(outbox, means));
    outbox.tell({ about: "sending", status: outcome.status, until: outcome.until });
    return outcome;
  } finally {
    busy.delete(outbox);
  }
}

/**
 * One tab at a time where the browser can tell; sending the same twice does no harm where it cannot.
 * @param {LockManager | undefined} locks
 * @param {() => Promise<Outcome>} work
 * @returns {Promise<Outcome>}
 */
async function alone(locks, work) {
  let started = false;
  const once = (/** @type {unknown} */ lock) => {
    started = true;
    return lock ? work() : Promise.resolve(/** @type {Outcome} */ ({ status: "busy", results: [] }));
  };
  if (!locks) return work();
  return locks.request("fieldlog-outbox", { ifAvailable: true }, once).catch((error) => {
    if (started) throw error;
    return work();
  });
}

/** @param {Outbox} outbox @param {Means} means @returns {Promise<Outcome>} */
async function send(outbox, means) {
  /** @type {Hold | undefined} */
  const hold = await outbox.state("hold");
  const held = isHeld(hold, means.now()) && !(means.urgent && hold?.why !== "asked");
  if (held) return { status: "held", until: hold?.until, results: [] };
  /** @type {Set<string>} */
  const done = new Set();
  /** @type {Result[]} */
  const results = [];
  // A line that did not carry many may carry a few.
  const most = Math.max(10, 200 >> (hold?.failures ?? 0));
  for (;;) {
    const batch = await take(outbox, done, most);
    if (!batch) return { status: "signed-out", results };
    if (!batch.rows.length) return { status: results.length ? "sent" : "idle", results };
    outbox.tell({ about: "sending", status: "sending" });
    for (const row of batch.rows) done.add(row.id);
    const failure = await deliver(outbox, means, batch, results);
    if (failure) return { ...failure, results };
  }
}

/** A clock that was set back ends a pause. @param {Hold | undefined} hold @param {number} now */
function isHeld(hold, now) {
  return hold !== undefined && hold.since <= now && now < hold.until;
}

/**
 * @param {Outbox} outbox
 * @param {Means} means
 * @param {Batch} batch
 * @param {Result[]} results
 * @returns {Promise<{ status: Status, until?: number } | undefined>} why to stop
 */
async function deliver(outbox, means, batch, results) {
  const answer = await post(outbox, means, batch);
  if ("results" in answer) {
    await settle(outbox, batch, answer);
    results.push(...answer.results);
    const known = new Set(answer.results.map(({ id }) => id));
    return batch.rows.every(({ id }) => known.has(id)) ? undefined : pause(outbox, means, "trouble");
  }
  if (answer.status === 401) return { status: "signed-out" };
  if (answer.status === 409) return { status: "other-account" };
  if (!REJECTED.includes(answer.status))
    return pause(outbox, means, answer.status ? "trouble" : "offline", answer.wait);
  if (batch.rows.length > 1) {
    const half = batch.rows.length >> 1;
    const [first, second] = [batch.rows.slice(0, half), batch.rows.slice(half)];
    const failure = await deliver(outbox, means, { ...batch, rows: first, more: batch.more + second.length }, results);
    return failure ?? deliver(outbox, means, { ...batch, rows: second }, results);
  }
  // Only a server that takes an envelope without it may be believed that the entry is what is wrong.
  const empty = await post(outbox, means, { ...batch, rows: [] });
  if (!("results" in empty)) return pause(outbox, means, "trouble", empty.wait);
  await reject(outbox, batch);
  for (const { id } of batch.rows) results.push({ id, outcome: "refused", reasons: {} });
  return undefined;
}

/**
 * @param {Outbox} outbox
 * @param {Means} means
 * @param {Batch} batch
 * @returns {Promise<Answer | { status: number, wait?: number }>} the server's answer, or what came instead; 0 is nothing
 */
async function post(outbox, means, { account, device, rows, more }) {
  const entries = rows.map(({ item: { untouched_now, ...item }, page }) =>
    untouched_now && page === outbox.page ? { ...item, untouched_now } : item,
  );
  const sent_at = new Date(means.now()).toISOString();
  const body = JSON.stringify({ account, device, app: means.version, sent_at, waiting: more, entries });
  const size = new TextEncoder().encode(body).length;
  try {
    const response = await means.fetch("/sync", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body,
      cache: "no-store",
      credentials: "same-origin",
      redirect: "manual",
      keepalive: size < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(PATIENCE_MS + Math.ceil(size / SLOWEST_BYTES_PER_MS)),
    });
    const ours = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.status !== 200 || !ours) {
      return { status: response.status || 502, wait: asked(response.headers, means.now()) };
    }
    return checked(await response.json()) ?? { status: 502 };
  } catch {
    return { status: 0 };
  }
}

/** What the server can have meant, nothing when it was not the server. @param {any} answer @returns {Answer | undefined} */
function checked(answer) {
  const { results, epoch, server_time } = answer ?? {};
  if (!Array.isArray(results) || typeof epoch !== "string" || Number.isNaN(Date.parse(server_time))) return undefined;
  const told = results.filter((result) => typeof result?.id === "string" && typeof result.outcome === "string");
  return { ...answer, results: told };
}

/** How long the server asks us to wait, by its own clock. @param {Headers} headers @param {number} now */
function asked(headers, now) {
  const said = headers.get("Retry-After");
  if (!said) return undefined;
  const wait = /^\d+$/.test(said)
    ? Number(said) * 1000
    : Date.parse(said) - (Date.parse(headers.get("Date") ?? "") || now);
  return wait > 0 ? Math.min(wait, ASKED_MOST_MS) : undefined;
}

/**
 * Pause longer after each failure, not at the same moment as every other phone.
 * @param {Outbox} outbox
 * @param {Means} means
 * @param {"offline" | "trouble"} status
 * @param {number} [wait] what the server asked for
 */
async function pause(outbox, means, status, wait) {
  const failures = ((await outbox.state("hold"))?.failures ?? 0) + 1;
  const own = Math.min(LEAST_MS * 2 ** failures, MOST_MS) * (0.5 + means.random() / 2);
  const since = means.now();
  const until = Math.ceil(since + (wait ?? own));
  await outbox.setState("hold", { since, until, why: wait ? "asked" : status, failures });
  return { status, until };
}

/**
 * Send whenever there is reason to hope.
 * @param {Outbox} outbox
 * @param {Window & typeof globalThis} target
 * @param {Partial<Means>} [options]
 * @returns {() => Promise<void>} send now
 */
export function keepFlushing(outbox, target, options = {}) {
  let again = false;
  let running = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const go = async (urgent = false) => {
    again = running;
    if (running) return;
    running = true;
    target.clearTimeout(timer);
    const outcome = await flush(outbox, { ...options, urgent }).catch(() => undefined);
    running = false;
    if (again) return go();
    const { waiting } = await outbox.count((await outbox.state("who"))?.account).catch(() => ({ waiting: 1 }));
    const soon = outcome?.status === "busy" ? LEAST_MS : MOST_MS;
    const rest = outcome?.until ? outcome.until - outbox.now() : soon;
    if (waiting) timer = target.setTimeout(go, Math.max(rest, LEAST_MS));
  };
  outbox.watch(({ about }) => about === "rows" && go());
  for (const event of ["pageshow", "focus", "visibilitychange"]) target.addEventListener(event, () => go());
  target.addEventListener("online", () => go(true));
  go();
  return () => go(true);
}
