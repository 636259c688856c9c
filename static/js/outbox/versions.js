// What is known of an entry on the phone: its rows, how they build on each other, and what may still be changed in place.

/** @import { Tx } from "./db.js" */
/**
 * @typedef {object} Item An entry as the server takes it.
 * @property {string} id
 * @property {string} kind
 * @property {string} happened_at
 * @property {string} saved_at
 * @property {boolean} [untouched_now]
 * @property {string} [area]
 * @property {Record<string, unknown>} answers
 * @property {string} [replaces]
 * @property {boolean} [void]
 * @property {string} [reason]
 * @property {string} [explanation]
 */
/** @typedef {Omit<Item, "id" | "saved_at"> & { id?: string, saved_at?: string }} NewItem */
/** @typedef {{ reason?: string, explanation?: string }} Why */
/**
 * @typedef {object} Row
 * @property {string} id
 * @property {number} account whose it is, for good
 * @property {number} order the phone's own: clocks jump
 * @property {"waiting" | "sent" | "refused"} state
 * @property {boolean} tried whether any server may have seen it
 * @property {number} edition counts the contents: an answer to an earlier one says nothing about this one
 * @property {string} page the life of the page that said when it happened
 * @property {Item} item
 * @property {number} [waits] how often the server lacked what it builds on
 * @property {Record<string, string>} [reasons] by field; empty when the server would not even look at it
 * @property {string} [acknowledged_at] the server's time
 * @property {string} [epoch]
 */
/** @typedef {{ page: string, newId: () => string, moment: () => string }} Maker Who makes rows. */

/** Whether the server has another content under its id. @param {Row} row */
export const isTaken = (row) => row.state === "refused" && "id" in (row.reasons ?? {});

/** Whether no server can have it. @param {Row} row */
const isFree = (row) => (row.state === "waiting" && !row.tried) || (row.state === "refused" && !isTaken(row));

/** @param {Row[]} rows @param {string} id */
const correctionOf = (rows, id) => rows.find((row) => row.item.replaces === id);

/** The last version of an entry. @param {Row[]} rows @param {string} id the entry or any version of it */
export function latest(rows, id) {
  let last = rows.find((row) => row.id === id) ?? correctionOf(rows, id);
  for (let next = last; next; next = correctionOf(rows, next.id)) last = next;
  return last;
}

/** @param {Tx} tx @returns {Promise<Row[]>} */
export async function inOrder(tx) {
  return (await tx.all("entries")).sort((one, other) => one.order - other.order);
}

/**
 * Remove what builds on a version that is not on the server.
 * @param {Tx} tx
 * @param {Row[]} rows
 * @param {string} id
 * @returns {Promise<Row | undefined>} the last of them
 */
export async function removeAfter(tx, rows, id) {
  let last;
  for (let next = correctionOf(rows, id); next && next.state !== "sent"; next = correctionOf(rows, next.id)) {
    await tx.remove("entries", next.id);
    last = next;
  }
  return last;
}

/**
 * @param {Tx} tx
 * @param {Maker} by
 * @param {number} account
 * @param {NewItem} item
 * @returns {Promise<Row>}
 */
export async function add(tx, by, account, item) {
  const order = ((await tx.get("state", "order"))?.value ?? 0) + 1;
  await tx.put("state", { key: "order", value: order });
  const kept = { ...item, id: item.id ?? by.newId(), saved_at: item.saved_at ?? by.moment() };
  /** @type {Row} */
  const row = { id: kept.id, account, order, state: "waiting", tried: false, edition: 0, page: by.page, item: kept };
  await tx.put("entries", row);
  return row;
}

/**
 * Another content under the same id. A time that stays as it was is still the earlier page's.
 * @param {Tx} tx
 * @param {Maker} by
 * @param {Row} row
 * @param {NewItem} item
 */
export async function rewrite(tx, by, { reasons, waits, ...row }, item) {
  const page = item.happened_at === row.item.happened_at ? row.page : by.page;
  const kept = { ...item, id: row.id, saved_at: by.moment() };
  /** @type {Row} */
  const written = { ...row, state: "waiting", tried: false, edition: row.edition + 1, page, item: kept };
  await tx.put("entries", written);
  return written;
}

/**
 * Say something else of an entry: in place while no server can have its last version, as a correction otherwise.
 * @param {Tx} tx
 * @param {Maker} by
 * @param {Row[]} rows
 * @param {Row} last
 * @param {NewItem} item
 * @param {Why} why
 */
export async function correct(tx, by, rows, last, { void: _, ...item }, { reason, explanation }) {
  if (!isFree(last)) {
    if (last.item.void) throw new RangeError(`${last.id} is voided`);
    const { id, saved_at, ...content } = item;
    return add(tx, by, last.account, { ...content, replaces: last.id, reason, explanation });
  }
  await removeAfter(tx, rows, last.id);
  const { replaces, reason: given, explanation: explained } = last.item;
  const why = replaces && { replaces, reason: reason ?? given, explanation: explanation ?? explained };
  return rewrite(tx, by, last, { ...item, ...why });
}

/**
 * Take an entry back: what no server can have goes, the rest is voided.
 * @param {Tx} tx
 * @param {Maker} by
 * @param {Row[]} rows
 * @param {Row} last
 * @param {Why} why
 * @returns {Promise<Row | null>}
 */
export async function takeBack(tx, by, rows, last, { reason, explanation }) {
  const { kind, happened_at } = last.item;
  /** @type {Row | undefined} */
  let row = last;
  let replaces = last.id;
  while (row && isFree(row)) {
    await tx.remove("entries", row.id);
    if (!row.item.replaces) return null;
    replaces = row.item.replaces;
    row = rows.find((one) => one.id === replaces);
  }
  if (row?.item.void) return row;
  return add(tx, by, last.account, { kind, happened_at, answers: {}, replaces, void: true, reason, explanation });
}
