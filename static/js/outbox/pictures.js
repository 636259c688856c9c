// Sends the photos of entries that the server has, one at a time. Only its own answer about a photo lets it go.

import { call, delay, pause } from "./call.js";

/** @import { Means, Photo } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @import { End } from "./call.js" */

/** Whether no server has said anything of it. @param {Photo} photo */
export const isWaiting = ({ epoch, reasons }) => !epoch && !reasons;

/** @param {Outbox} outbox @param {Means} means @returns {Promise<End | undefined>} why to stop; nothing when nothing was there */
export async function sendPhotos(outbox, means) {
  const done = new Set();
  // What is wrong with one may be wrong with it alone: it rests, and the others go.
  const isDue = (/** @type {Photo} */ { id, tried = 0, failures = 0 }) =>
    !done.has(id) && (means.urgent || Math.abs(means.now() - tried) > delay(means, failures));
  /** @type {End | undefined} */
  let end;
  for (;;) {
    const { photo, epoch } = await outbox.nextPhoto(isDue);
    if (!photo) return end;
    const { account, id, entry, finding, picture, failures = 0 } = photo;
    done.add(id);
    const about = new URLSearchParams({ account: String(account), id, entry, finding });
    const { status, wait, answer } = await call(means, `/photos?${about}`, picture, picture.size, "image/jpeg");
    if (status === 401) return { status: "signed-out" };
    if (status === 409) return { status: "other-account" };
    if (!status || wait) return pause(outbox, means, status ? "trouble" : "offline", wait);
    const { outcome, reasons = {} } = answer?.id === id ? answer : {};
    const isTaken = /accepted|already/.test(outcome);
    if (isTaken || outcome === "refused") {
      await outbox.settlePhoto(id, isTaken ? { epoch } : { reasons });
      end = { status: "sent" };
    } else {
      await outbox.settlePhoto(id, { tried: means.now(), failures: failures + 1 });
      end ??= { status: "trouble" };
    }
  }
}
