// The codes of handovers: a few that the server reserved for this phone's person, each for one yes to help.

/** @import { Item, NewItem, Row, Tx } from "./types.js" */

/** @param {number} account */
export const key = (account) => `codes-${account}`;

/**
 * What is said, as the server takes it: a yes has the code that it had before, or one of those in store, if there is one.
 * @param {Tx} tx @param {number} account @param {NewItem} said @param {Row} [before]
 * @returns {Promise<NewItem>}
 */
export async function withCode(tx, account, { handed_over, code: _, ...said }, before) {
  if (!handed_over) return said;
  // One that the server would not have is of no use.
  const kept = before?.reasons?.code ? undefined : before?.item.code;
  const [first, ...rest] = (await tx.get("state", key(account)))?.value ?? [];
  const code = kept ?? first;
  if (code && code === first) await tx.put("state", { key: key(account), value: rest });
  return code ? { ...said, code } : said;
}

/** Keep what the server reserved, without what waits to be sent. @param {Tx} tx @param {number} account @param {string[]} codes @param {Row[]} rows */
export async function keepCodes(tx, account, codes, rows) {
  const taken = new Set(rows.map(({ item }) => /** @type {Item} */ (item).code));
  await tx.put("state", { key: key(account), value: codes.filter((code) => !taken.has(code)) });
}
