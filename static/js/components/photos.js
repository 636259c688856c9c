// Photos on a form: each made small here, which leaves out everything but what can be seen, and shown until it is saved.

import { newId } from "../outbox/rows.js";
import { copy } from "../words.js";
import { keyOf } from "./rows.js";

/** @import { NewPhoto } from "../outbox/types.js" */

const LONGEST_SIDE = 1600;
const QUALITY = 0.8;

/** @type {WeakMap<Element, { id: string, picture: Blob }>} */
const shown = new WeakMap();

/** The photos of the form's rows. @param {HTMLFormElement} form @returns {NewPhoto[]} */
export function photos(form) {
  return [...form.querySelectorAll(".row-group .photos li")].flatMap((item) => {
    const row = item.closest(".row-group");
    const photo = shown.get(item);
    return row && photo ? [{ ...photo, finding: keyOf(row) }] : [];
  });
}

/** Show what was saved before. @param {HTMLFormElement} form @param {NewPhoto[]} saved */
export async function showPhotos(form, saved) {
  for (const { id, finding, picture } of saved) {
    const row = [...form.querySelectorAll(".row-group")].find((one) => keyOf(one) === finding);
    if (row) add(row, await draw(picture), { id, picture });
  }
}

/** @param {Blob} picture */
async function draw(picture) {
  const image = await createImageBitmap(picture);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const context = canvas.getContext("2d", { alpha: false });
  if (context) context.fillStyle = "white";
  context?.fillRect(0, 0, canvas.width, canvas.height);
  context?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas;
}

/** @param {Element} row @param {HTMLCanvasElement} canvas @param {{ id: string, picture: Blob }} photo */
function add(row, canvas, photo) {
  const item = /** @type {Element} */ (copy("[data-photo-shown]").firstElementChild);
  item.prepend(canvas);
  shown.set(item, photo);
  row.querySelector(".photos")?.append(item);
  count(row);
}

/** @param {Element | null} row */
function count(row) {
  const most = Number(row?.querySelector("[data-photo]")?.getAttribute("data-photo"));
  const isFull = (row?.querySelectorAll(".photos li").length ?? 0) >= most;
  row?.querySelector("label:has([data-photo])")?.toggleAttribute("hidden", isFull);
}

/** @param {HTMLInputElement} control @param {Element} row */
async function take(control, row) {
  const [file] = control.files ?? [];
  const unread = row.querySelector("[data-unread]");
  if (!file) return;
  unread?.setAttribute("hidden", "");
  try {
    const canvas = await draw(file);
    const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!picture) throw new Error("nothing was drawn");
    add(row, canvas, { id: newId(Date.now()), picture });
  } catch {
    unread?.removeAttribute("hidden");
  }
  control.value = "";
}

const form = document.querySelector("form[data-kept]");
form?.addEventListener("change", ({ target }) => {
  const row = target instanceof HTMLInputElement && "photo" in target.dataset && target.closest(".row-group");
  if (row) take(/** @type {HTMLInputElement} */ (target), row);
});
form?.addEventListener("click", ({ target }) => {
  const item = target instanceof Element && target.closest("button") && target.closest(".photos li");
  if (!item) return;
  const row = item.closest(".row-group");
  item.remove();
  count(row);
  /** @type {HTMLElement | null | undefined} */ (row?.querySelector("[data-photo]"))?.focus();
});
form?.addEventListener("reset", () => {
  for (const list of form.querySelectorAll(".photos")) list.replaceChildren();
  for (const row of form.querySelectorAll(".row-group")) count(row);
});
