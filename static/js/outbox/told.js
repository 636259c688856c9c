// What the server tells beside what became of each entry: kept for when there is no coverage.

import { keepCodes, key } from "./codes.js";
import { remember } from "./rows.js";

/** @import { Answer } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @import { Rows } from "./rows.js" */

/** @param {Rows} rows @param {number} account whose they are @param {Pick<Answer, "tallies" | "codes">} told */
export async function hear({ tx, all }, account, { tallies, codes }) {
  if (codes) await keepCodes(tx, account, codes, all);
  const who = (await tx.get("state", "who"))?.value;
  if (tallies && who?.account === account) await remember(tx, "tallies", tallies);
}

/** A phone that has no codes in store gets its first ones. @param {Outbox} outbox @param {number} account @param {string[]} codes */
export async function stock(outbox, account, codes) {
  if ((await outbox.state(key(account)))?.length) return;
  const rows = await outbox.list(account);
  await outbox.write(["state"], (tx) => keepCodes(tx, account, codes, rows), "state");
}
