// What leaves and what comes back: the next batch, and what the server's answer to it means.

import { inOrder, isTaken, removeAfter, rewrite } from "./versions.js";

const KEPT_MS = 30 * 24 * 3_600_000;
const BATCH = 200;
const BATCH_BYTES = 400_000;

/** @import { Tx } from "./db.js" */
/** @import { Outbox } from "./queue.js" */
/** @import { Row } from "./versions.js" */
/** @typedef {Record<string, string>} Reasons */
/** @typedef {{ id: string, outcome: string, reasons?: Reasons }} Result */
/** @typedef {{ results: Result[], epoch: string, server_time: string, tallies?: unknown }} Answer */
/** @typedef {{ since: number, until: number, why: string, failures: number }} Hold */
/** @typedef {{ account: number, device: string, rows: Row[], more: number }} Batch */

/** @param {Row} row */
const bytes = (row) => new TextEncoder().encode(JSON.stringify(row.item)).length;

/**
 * The next rows to send of whoever is signed in, marked as tried before a byte leaves.
 * @param {Outbox} outbox
 * @param {Set<string>} done what had its turn in this round
 * @param {number} [most]
 * @returns {Promise<Batch | null>} null when nobody is signed in
 */
export function take(outbox, done, most = BATCH) {
  return outbox.write(
    ["entries", "state"],
    async (tx) => {
      const who = (await tx.get("state", "who"))?.value;
      if (!who) return null;
      const rows = (await inOrder(tx)).filter((row) => row.account === who.account);
      const epoch = (await tx.get("state", "epoch"))?.value;
      if (epoch) await recall(tx, rows, epoch);
      // What waits for something else goes last, so that it holds nobody up.
      const waiting = rows
        .filter((row) => row.state === "waiting" && !done.has(row.id))
        .sort((one, other) => (one.waits ?? 0) - (other.waits ?? 0));
      const batch = [];
      let size = 0;
      for (const row of waiting) {
        size += bytes(row);
        if (batch.length && (batch.length >= most || size > BATCH_BYTES)) break;
        batch.push(row);
        if (row.tried) continue;
        row.tried = true;
        await tx.put("entries", row);
      }
      const device = await outbox.device(tx);
      return { account: who.account, device, rows: batch, more: waiting.length - batch.length };
    },
    "sending",
  );
}

/** What a restored server may have lost goes again. @param {Tx} tx @param {Row[]} rows @param {string} epoch */
async function recall(tx, rows, epoch) {
  for (const row of rows) {
    if (row.state !== "sent" || row.epoch === epoch) continue;
    row.state = "waiting";
    await tx.put("entries", row);
  }
}

/**
 * Write down what the server said of a batch.
 * @param {Outbox} outbox
 * @param {Batch} batch
 * @param {Answer} answer
 */
export function settle(outbox, batch, answer) {
  return outbox.write(["entries", "state"], async (tx) => {
    const rows = (await inOrder(tx)).filter((row) => row.account === batch.account);
    for (const { id, outcome, reasons = {} } of answer.results) {
      const row = current(rows, batch, id);
      const refused = outcome === "refused" && row?.state === "waiting";
      if (!row) continue;
      if (outcome === "accepted" || outcome === "already" || (refused && row.acknowledged_at && "id" in reasons)) {
        await acknowledge(tx, row, answer);
        // Whoever takes a correction has what it corrects.
        const original = rows.find((one) => one.id === row.item.replaces);
        if (original?.state === "refused") await acknowledge(tx, original, answer);
      } else if (refused) {
        await refuse(tx, outbox, rows, row, reasons);
      } else if (outcome === "waiting" && row.state === "waiting") {
        row.waits = (row.waits ?? 0) + 1;
        await tx.put("entries", row);
      }
    }
    await recall(tx, rows, answer.epoch);
    await forget(tx, rows, Math.min(outbox.now(), Date.parse(answer.server_time)));
    await tx.put("state", { key: "epoch", value: answer.epoch });
    await tx.remove("state", "hold");
    const who = (await tx.get("state", "who"))?.value;
    if (answer.tallies && who?.account === batch.account) {
      await tx.put("state", { key: "tallies", value: answer.tallies });
    }
  });
}

/** The row as it is now, unless its content is no longer what was sent. @param {Row[]} rows @param {Batch} batch @param {string} id */
function current(rows, batch, id) {
  const sent = batch.rows.find((row) => row.id === id);
  return sent && rows.find((row) => row.id === id && row.edition === sent.edition);
}

/** @param {Tx} tx @param {Row} row @param {Answer} answer */
async function acknowledge(tx, row, { epoch, server_time }) {
  Object.assign(row, { state: "sent", epoch, acknowledged_at: server_time });
  delete row.reasons;
  delete row.waits;
  await tx.put("entries", row);
}

/**
 * @param {Outbox} outbox
 * @param {Batch} batch a single row that the server would not even look at
 */
export function reject(outbox, batch) {
  return outbox.write(["entries", "state"], async (tx) => {
    const rows = await inOrder(tx);
    const row = current(rows, batch, batch.rows[0]?.id ?? "");
    if (row?.state === "waiting") await refuse(tx, outbox, rows, row, {});
  });
}

/** @param {Tx} tx @param {Outbox} outbox @param {Row[]} rows @param {Row} row @param {Reasons} reasons */
async function refuse(tx, outbox, rows, row, reasons) {
  Object.assign(row, { state: "refused", reasons });
  // What was said since then about an entry that never came in is said in its place.
  const last = isTaken(row) ? undefined : await removeAfter(tx, rows, row.id);
  if (!last) return tx.put("entries", row);
  const { replaces: _, reason, explanation, ...content } = last.item;
  const { replaces } = row.item;
  if (content.void && !replaces) return tx.remove("entries", row.id);
  await rewrite(tx, outbox, row, { ...content, ...(replaces && { replaces, reason, explanation }) });
}

/** Forget what was acknowledged long ago, unless something newer builds on it. @param {Tx} tx @param {Row[]} rows @param {number} today the earlier of both clocks */
async function forget(tx, rows, today) {
  const needed = new Set();
  for (const { id, state, item, acknowledged_at } of rows.toReversed()) {
    const old = state === "sent" && today - Date.parse(acknowledged_at ?? "") > KEPT_MS;
    if (old && !needed.has(id)) await tx.remove("entries", id);
    else needed.add(item.replaces);
  }
}
