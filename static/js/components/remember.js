// Keeps a person's settings of each kind on this phone from one entry to the next: never counts, never texts.

import { account } from "../here.js";

const AREA_KEPT_MS = 12 * 3_600_000;

/** @typedef {{ at: number, settings: Record<string, string[]> }} Kept */

/** @param {HTMLFormElement} form */
function controls(form) {
  const marked = form.querySelectorAll("input[data-remember], select[data-area]");
  return /** @type {(HTMLInputElement | HTMLSelectElement)[]} */ ([...marked]);
}

/** @param {string} key @returns {Kept | null} */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {HTMLFormElement} form @param {string} key */
function keep(form, key) {
  const answers = new FormData(form);
  /** @type {Kept["settings"]} */
  const settings = {};
  for (const { name } of controls(form)) settings[name] = answers.getAll(name).map(String);
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), settings }));
  } catch {
    // A full or forbidden storage costs the convenience only.
  }
}

/** @param {HTMLFormElement} form @param {Kept} kept */
function restore(form, kept) {
  const settings = kept.settings ?? {};
  for (const control of controls(form)) {
    const values = settings[control.name];
    if (!Array.isArray(values)) continue;
    if ("checked" in control) control.checked = values.includes(control.value);
    else if (
      Date.now() - kept.at < AREA_KEPT_MS &&
      control.querySelector(`[value="${CSS.escape(values[0] ?? "-")}"]`)
    ) {
      control.value = values[0] ?? "-";
      // Where the last entry was is a guess: where the phone is now goes before it.
      control.dataset.restored = "";
    }
  }
  form.dispatchEvent(new Event("change"));
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-kind]"));

/** @param {number | null} whose */
function begin(whose) {
  if (!form) return;
  const key = `fieldlog:${whose}:${form.dataset.kind}`;
  const kept = read(key);
  if (kept && "fresh" in form.dataset) restore(form, kept);
  form.addEventListener("submit", () => keep(form, key));
}

// Where the phone keeps nothing nobody is known, whose settings they could be.
account().then(begin, () => {});
