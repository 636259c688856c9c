// This page's outbox: one store and one page life for every script on it; and whose page it is.

import { openStore } from "./outbox/db.js";
import { Outbox } from "./outbox/queue.js";

/** Rejects where the phone keeps nothing. */
export const outbox = openStore().then((store) => new Outbox(store));
outbox.catch(() => {});

/**
 * The account that is signed in; on a page of the shell the last one that was known on this phone.
 * @returns {Promise<number | null>}
 */
export async function account() {
  const { account: number, shell } = document.documentElement.dataset;
  if (shell === undefined) return Number(number) || null;
  return (await (await outbox).state("who"))?.account ?? null;
}
