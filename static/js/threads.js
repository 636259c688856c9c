// Rows that speak of the same entry, told as one: what it says now, and where that stands.

/** @import { Item, Row } from "./outbox/types.js" */
/** @typedef {{ ids: Set<string>, last: Row, item: Item }} Thread */

/** @param {Row[]} rows in order @returns {Thread[]} */
export function threads(rows) {
  /** @type {Map<string, Thread>} */
  const found = new Map();
  for (const row of rows.filter(({ state }) => state !== "refused")) {
    const { replaces = row.id } = row.item;
    const thread = found.get(replaces) ?? { ids: new Set([replaces]), last: row, item: row.item };
    thread.ids.add(row.id);
    thread.last = row;
    // A void says nothing but that.
    if (!row.item.void) thread.item = row.item;
    found.set(replaces, thread).set(row.id, thread);
  }
  return [...new Set(found.values())];
}

/** @param {Thread} thread @param {boolean} sending */
export function stateOf({ last: { state, item } }, sending) {
  const change = item.void ? "void" : item.replaces ? "correct" : "";
  if (state === "sent") return change ? `${change}ed` : state;
  if (sending) return "sending";
  return change ? `${change}ing` : state;
}
