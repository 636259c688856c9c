// Whose turn it is to send. One tab at a time, but a tab that does nothing with its turn stops nobody.

/** @import { Means, Outcome } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @typedef {Omit<Outcome, "results">} End */

const STUCK_MS = 2 * 60_000;

/** @type {WeakSet<Outbox>} */
const busy = new WeakSet();

/**
 * One tab at a time where the browser can tell; sending the same twice does no harm where it cannot.
 * @param {Outbox} outbox @param {Means["locks"]} locks @param {() => Promise<End>} work @returns {Promise<End>}
 */
export async function alone(outbox, locks, work) {
  if (busy.has(outbox)) return { status: "busy" };
  busy.add(outbox);
  let isAsked = false;
  try {
    const once = async (/** @type {unknown} */ lock) => {
      isAsked = true;
      return lock || (await isStuck(outbox)) ? work() : /** @type {End} */ ({ status: "busy" });
    };
    return await (locks ? locks.request("fieldlog-outbox", { ifAvailable: true }, once) : work());
  } catch (error) {
    if (isAsked || !locks) throw error;
    return await work();
  } finally {
    busy.delete(outbox);
  }
}

/**
 * Whether nothing left for long while another tab had the turn: a phone freezes tabs in the middle of a request.
 * @param {Outbox} outbox
 */
async function isStuck(outbox) {
  const now = outbox.now();
  const since = await outbox.state("blocked");
  if (!(since <= now)) await outbox.setState("blocked", now);
  return now - since > STUCK_MS;
}
