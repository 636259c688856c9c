// Copies of what the server has: what a restored one may lack waits again, and the others may go.

import { Rows } from "./rows.js";

/** @import { Maker, Row, Tx } from "./types.js" */

/** The rows as one transaction sees them. To have them sent again nothing is written: a full phone can. @param {Tx} tx @param {Maker} by */
export async function opened(tx, by) {
  const rows = new Rows(tx, await tx.all("entries"), by);
  rows.epoch = (await tx.get("state", "epoch"))?.value;
  for (const row of rows.all) if (row.state === "sent" && row.epoch !== rows.epoch) row.state = "waiting";
  return rows;
}

/** Forget copies, unless something newer builds on one or a photo of it is still to be sent. @param {Rows} rows @param {(row: Row) => boolean} isSpare */
export async function forget(rows, isSpare) {
  const photos = (await rows.tx.all("photos")).filter(({ epoch, reasons }) => epoch !== rows.epoch && !reasons);
  /** @type {Set<string | undefined>} */
  const needed = new Set(photos.map(({ entry }) => entry));
  for (const row of [...rows.all].reverse()) {
    if (row.state === "sent" && isSpare(row) && !needed.has(row.id)) await rows.remove(row);
    else needed.add(row.item.replaces);
  }
}

/** Make room with some of the oldest copies: of photos while there are any. @param {Rows} rows @returns {Promise<boolean>} whether there was one */
export async function giveUp(rows) {
  const { tx, epoch, all } = rows;
  const photos = (await tx.all("photos")).filter((photo) => photo.epoch && photo.epoch === epoch);
  for (const { id } of photos.slice(0, photos.length / 4 + 1)) await tx.remove("photos", id);
  const sent = photos.length ? [] : all.filter(({ state }) => state === "sent");
  for (const { order } of sent.slice((sent.length - 1) / 4)) {
    await forget(rows, (row) => row.order <= order);
    if (rows.all.length < all.length) return true;
  }
  return Boolean(photos.length);
}
