// One request to the server, and how long to wait before it is tried again.

/** @import { Means, Status } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @typedef {{ status: Status, until?: number }} End */

export const LEAST_MS = 2_000;
export const MOST_MS = 5 * 60_000;
export const ASKED_MOST_MS = 3_600_000;
const KEEPALIVE_BYTES = 30_000;
const PATIENCE_MS = 20_000;
const SLOWEST_BYTES_PER_MS = 10;

/**
 * @param {Means} means @param {string} address @param {string | Blob} body @param {number} size @param {string} type
 * @returns {Promise<{ status: number, wait?: number, answer?: any }>} with the answer when it is ours; the status is 0 for none
 */
export async function call(means, address, body, size, type) {
  try {
    const response = await means.fetch(address, {
      method: "POST",
      headers: { "Content-Type": type, Accept: "application/json" },
      body,
      cache: "no-store",
      redirect: "manual",
      keepalive: size < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout?.(PATIENCE_MS + Math.ceil(size / SLOWEST_BYTES_PER_MS)),
    });
    const { status, headers } = response;
    const isOurs = status === 200 && headers.get("Content-Type")?.startsWith("application/json");
    if (isOurs) return { status, answer: (await response.json()) ?? {} };
    // A redirect shows no status.
    return { status: status === 200 ? 502 : status || 502, wait: asked(headers, means.now()) };
  } catch {
    return { status: 0 };
  }
}

/** How long the server asks us to wait, by its own clock. @param {Headers} headers @param {number} now */
function asked(headers, now) {
  const said = headers.get("Retry-After") ?? "";
  const date = Date.parse(said) - (Date.parse(headers.get("Date") ?? "") || now);
  const wait = /^\d+$/.test(said) ? Number(said) * 1_000 : date;
  return wait > 0 ? Math.min(wait, ASKED_MOST_MS) : undefined;
}

/** Longer after each failure, and not as long as for every other phone. @param {Means} means @param {number} failures */
export const delay = ({ random }, failures) => Math.min(LEAST_MS * 2 ** failures, MOST_MS) * (0.5 + random() / 2);

/**
 * @param {Outbox} outbox @param {Means} means @param {"offline" | "trouble"} status @param {number} [wait] as the server asked
 * @returns {Promise<End>}
 */
export async function pause(outbox, means, status, wait) {
  const failures = ((await outbox.state("hold"))?.failures ?? 0) + 1;
  const since = means.now();
  const until = Math.ceil(since + (wait ?? delay(means, failures)));
  await outbox.setState("hold", { since, until, why: wait ? "asked" : status, failures });
  return { status, until };
}
