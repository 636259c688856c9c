// This page's outbox: one store and one page life for every script on it; and whose page it is.

import { openStore } from "./outbox/db.js";
import { Outbox } from "./outbox/queue.js";

/** Rejects where the phone keeps nothing. */
export const outbox = openStore().then((store) => new Outbox(store));
outbox.catch(() => {});

/**
 * The account that is signed in; on a page of the shell the last one that was known on this phone, or whoever signed
 * in since then without having seen a page of the server's.
 * @returns {Promise<number | null>}
 */
export async function account() {
  const { account: number, shell } = document.documentElement.dataset;
  if (shell === undefined) return Number(number) || null;
  const known = (await (await outbox).state("who"))?.account ?? null;
  return known && (Number(/\baccount=(\d+)/.exec(document.cookie)?.[1]) || known);
}
