// Sends the photos of entries that the server has, one at a time. Only its own answer about a photo lets it go.

import { call, pause } from "./call.js";

/** @import { Means, Photo } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @import { End } from "./call.js" */

/** Whether no server has said anything of it. @param {Photo} photo */
export const isWaiting = ({ epoch, reasons }) => !epoch && !reasons;

/** @param {Outbox} outbox @param {Means} means @returns {Promise<End | undefined>} why to stop; nothing when nothing was there */
export async function sendPhotos(outbox, means) {
  const done = new Set();
  for (;;) {
    const { photo, epoch } = await outbox.nextPhoto(done);
    if (!photo) return done.size ? { status: "sent" } : undefined;
    done.add(photo.id);
    const { account, id, entry, finding, picture } = photo;
    const about = new URLSearchParams({ account: String(account), id, entry, finding });
    const { status, wait, answer } = await call(means, `/photos?${about}`, picture, picture.size, "image/jpeg");
    if (status === 401) return { status: "signed-out" };
    if (status === 409) return { status: "other-account" };
    if (!status || wait) return pause(outbox, means, status ? "trouble" : "offline", wait);
    if (answer?.id !== id) continue;
    if (/accepted|already/.test(answer.outcome)) await outbox.settlePhoto(id, { epoch });
    else if (answer.outcome === "refused") await outbox.settlePhoto(id, { reasons: answer.reasons ?? {} });
  }
}
