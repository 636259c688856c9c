// The photos that go with a row of the outbox, as one transaction sees them.

/** @import { NewPhoto, Row, Tx } from "./types.js" */

/** @param {Tx} tx @param {string} entry */
export async function photosOf(tx, entry) {
  return (await tx.all("photos")).filter((photo) => photo.entry === entry);
}

/** Keep what was photographed with it. @param {Tx} tx @param {Row} row @param {NewPhoto[]} photos */
export async function attach(tx, row, photos) {
  for (const photo of photos) await tx.put("photos", { ...photo, account: row.account, entry: row.id });
  return row;
}
