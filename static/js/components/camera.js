// Photos on a form: each made small here, which leaves out everything but what can be seen, and shown until it is saved.

import { newId } from "../outbox/rows.js";
import { copy } from "../words.js";

/** @import { Photo } from "../outbox/types.js" */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/** @param {Blob} file */
async function draw(file) {
  const image = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** @param {Element} row @param {{ id: string, picture: Blob }} photo @param {HTMLCanvasElement} canvas */
function show(row, photo, canvas) {
  const item = /** @type {any} */ (copy("[data-photo-shown]").firstElementChild);
  // Read when the form is saved.
  item.photo = photo;
  item.prepend(canvas);
  row.querySelector(".photos")?.append(item);
  return item;
}

/** What waits already, or why it was refused. @param {Element} own @param {Photo} photo */
export async function showKept(own, photo) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const keys = own.querySelectorAll("[data-key]");
  const row = [...keys].find(({ value }) => value === photo.finding)?.closest(".row-group");
  if (row) show(row, photo, await draw(photo.picture)).lastChild.replaceWith(...Object.values(photo.reasons ?? {}));
}

/** @param {HTMLInputElement} control @param {Element} row */
async function take(control, row) {
  let isKept = false;
  try {
    const canvas = await draw(/** @type {File} */ (control.files?.[0]));
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    isKept = picture && row.querySelectorAll(".photos li").length < Number(control.dataset.photo);
    if (isKept) show(row, { id: newId(Date.now()), picture }, canvas);
  } finally {
    row.querySelector("[data-unkept]")?.toggleAttribute("hidden", isKept);
    control.value = "";
  }
}

const form = document.querySelector("form[data-kept]");
form?.addEventListener("change", (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  const row = control.dataset.photo && control.closest(".row-group");
  if (row) take(control, row).catch(() => {});
});
form?.addEventListener("click", (event) => {
  const item = /** @type {Element} */ (event.target).closest(".photos button")?.parentElement;
  if (!item) return;
  /** @type {HTMLElement | null | undefined} */ (item.closest(".row-group")?.querySelector("[data-photo]"))?.focus();
  item.remove();
});
form?.addEventListener("reset", () => {
  for (const list of form.querySelectorAll(".photos")) list.replaceChildren();
});
