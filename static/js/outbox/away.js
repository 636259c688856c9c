// What was refused and put away on this phone: the server is told, so that it asks nobody to mend it any more.

/** @import { Tx } from "./types.js" */

/** @param {number} account */
const place = (account) => `away-${account}`;

/** @param {Tx} tx @param {number} account @returns {Promise<string[]>} */
export const away = async (tx, account) => (await tx.get("state", place(account)))?.value ?? [];

/** @param {Tx} tx @param {number} account @param {string} id */
export const putAway = async (tx, account, id) =>
  tx.put("state", { key: place(account), value: [...(await away(tx, account)), id] });

/** The server knows. @param {Tx} tx @param {number} account @param {string[]} told */
export const settleAway = async (tx, account, told) =>
  tx.put("state", { key: place(account), value: (await away(tx, account)).filter((id) => !told.includes(id)) });
