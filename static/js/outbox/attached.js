// The photos that go with a row of the outbox, as one transaction sees them.

/** @import { NewPhoto, Row, Tx } from "./types.js" */

/** @param {Tx} tx @param {string} entry */
export async function photosOf(tx, entry) {
  return (await tx.all("photos")).filter((photo) => photo.entry === entry);
}

/**
 * Keep the photos that go with it, and none of those that went with it before and were not sent.
 * @param {Tx} tx @param {Row} row @param {NewPhoto[]} photos @param {string} [before] the version that the form was opened with
 */
export async function attach(tx, row, photos, before = row.id) {
  const kept = photos.map(({ id }) => id);
  for (const { id, epoch } of await photosOf(tx, before))
    if (!epoch && !kept.includes(id)) await tx.remove("photos", id);
  for (const { id, finding, picture } of photos)
    await tx.put("photos", { id, finding, picture, account: row.account, entry: row.id });
  return row;
}
