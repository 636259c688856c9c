// Sends the photos of entries that the server has, one at a time. Only its own answer about a photo lets it go.

import { asked, patience, pause } from "./pause.js";

/** @import { Means, Photo } from "./types.js" */
/** @import { Outbox } from "./queue.js" */
/** @import { End } from "./pause.js" */

/** Whether no server has said anything of it. @param {Photo} photo */
export const isWaiting = ({ epoch, reasons }) => !epoch && !reasons;

/** @param {Blob} picture @returns {Promise<string>} */
export function base64(picture) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(picture);
  });
}

/** @param {Outbox} outbox @param {Means} means @returns {Promise<End | undefined>} why to stop; nothing when nothing was there */
export async function sendPhotos(outbox, means) {
  const done = new Set();
  for (;;) {
    const { photo, epoch } = await outbox.nextPhoto(done);
    if (!photo) return done.size ? { status: "sent" } : undefined;
    done.add(photo.id);
    const { status, wait, told } = await post(photo, means);
    if (told?.id === photo.id && ["accepted", "already"].includes(told.outcome))
      await outbox.settlePhoto(photo.id, { epoch });
    else if (told?.id === photo.id && told.outcome === "refused")
      await outbox.settlePhoto(photo.id, { reasons: told.reasons ?? {} });
    else if (status === 401) return { status: "signed-out" };
    else if (status === 409) return { status: "other-account" };
    else if (!status || wait) return pause(outbox, means, status ? "trouble" : "offline", wait);
  }
}

/** @param {Photo} photo @param {Means} means @returns {Promise<{ status: number, wait?: number, told?: any }>} status: 0 for no answer */
async function post({ id, account, entry, finding, picture }, means) {
  const about = new URLSearchParams({ account: String(account), id, entry, finding });
  try {
    const response = await means.fetch(`/photos?${about}`, {
      method: "POST",
      headers: { "Content-Type": "image/jpeg", Accept: "application/json" },
      body: picture,
      cache: "no-store",
      redirect: "manual",
      signal: patience(picture.size),
    });
    const { status, headers } = response;
    const told = status === 200 ? await response.json() : undefined;
    return { status: status || 502, wait: asked(headers, means.now()), told };
  } catch {
    return { status: 0 };
  }
}
