// What became of an entry just now: an answer within an instant, or none yet.

import { flush } from "../outbox/send.js";

const PATIENCE_MS = 600;

/** @import { Outbox } from "../outbox/queue.js" */

/**
 * Send, and wait a little. A time left at "Nu" is believed only of the page that took it, which is about to go.
 * @param {Outbox} outbox
 * @param {string} id
 * @param {number} [patience]
 * @returns {Promise<"sent" | "refused" | undefined>}
 */
export function arrival(outbox, id, patience = PATIENCE_MS) {
  return new Promise((resolve) => {
    const look = async () => {
      const state = (await outbox.find(id).catch(() => undefined))?.state;
      if (state && state !== "waiting") resolve(state);
    };
    const stop = outbox.watch(look);
    const give = () => {
      stop();
      resolve(undefined);
    };
    setTimeout(give, patience);
    flush(outbox)
      .then(async ({ status }) => {
        await look();
        // Another tab is at it, or an earlier round of this one: its answer comes too.
        if (status !== "busy") give();
      })
      .catch(give);
  });
}
