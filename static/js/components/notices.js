// What the phone has to say about a form, on top of it and at its fields. The words are the server's, in templates.

import { copy, fill } from "../words.js";
import { entry } from "./answers.js";

const HOUR_MS = 3_600_000;

/** @typedef {{ number?: number, time?: string | number }} Values */

/**
 * Show the notice of that name on top of the form, in the place of any earlier one.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {Values} [values]
 * @returns {HTMLElement}
 */
export function show(form, name, values = {}) {
  const part = copy(`#part-${name}`);
  fill(part, values);
  const notice = /** @type {HTMLElement} */ (part.firstElementChild);
  notice.dataset.notice = name;
  notice.tabIndex = -1;
  hide(form, name);
  form.querySelector(".boxes")?.before(notice);
  return notice;
}

/** Show it, and go there. @param {Parameters<typeof show>} what */
export function interrupt(...what) {
  const notice = show(...what);
  notice.scrollIntoView({ block: "center" });
  notice.focus();
  return notice;
}

/** @param {HTMLFormElement} form @param {string} name */
export const hide = (form, name) => form.querySelector(`[data-notice=${name}]`)?.remove();

/** What the field of that name is called on the form. @param {HTMLElement | null} field */
function nameOf(field) {
  const label = field?.querySelector("legend") ?? /** @type {HTMLInputElement | null} */ (field)?.labels?.[0];
  return label?.querySelector("small > span, span")?.textContent ?? label?.textContent ?? "";
}

/**
 * Add lines to a notice, each with a link to its field.
 * @param {HTMLElement} notice
 * @param {[string, string][]} lines names of fields, and what to say about each
 */
function list(notice, lines) {
  const all = notice.querySelector("ul");
  for (const [name, words] of lines) {
    const line = document.createElement("li");
    const field = document.getElementById(name);
    if (field) {
      const link = document.createElement("a");
      link.href = `#${name}`;
      link.textContent = nameOf(field).trim().replace(/\??$/, ": ");
      line.append(link);
      if (all?.className) link.append(words);
      else line.append(words);
    } else line.append(words);
    all?.append(line);
  }
}

/** Show why the server refused it: on top, and at each field. @param {HTMLFormElement} form @param {Record<string, string>} reasons */
export function blame(form, reasons) {
  forgive(form);
  const lines = Object.entries(reasons);
  list(interrupt(form, "errors", { number: lines.length || 1 }), lines);
  for (const [name, words] of lines) {
    const field = document.getElementById(name);
    if (!field) continue;
    const error = /** @type {HTMLElement} */ (copy("#part-error").firstElementChild);
    error.id = `${name}-error`;
    error.querySelector("span")?.append(words);
    (field.closest(".field, .box > div, .box") ?? form).append(error);
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", `${error.id} ${field.getAttribute("aria-describedby") ?? ""}`);
    field.closest("details")?.setAttribute("open", "");
  }
}

/** @param {HTMLFormElement} form */
export function forgive(form) {
  hide(form, "errors");
  for (const error of form.querySelectorAll("p.error")) error.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}

/**
 * Ask about doubtful answers, unless the person has said that they are right.
 * @param {HTMLFormElement} form
 * @returns {boolean} whether there was something to ask
 */
export function ask(form) {
  /** @type {Map<string, string>} */
  const doubts = new Map();
  for (const control of form.querySelectorAll("[data-question]:enabled")) {
    const { value, name, dataset } = /** @type {HTMLInputElement} */ (control);
    const wild = Number(value) > Number(dataset.askAbove ?? Infinity);
    const doubtful = dataset.doubt && new RegExp(dataset.doubt, "iu").test(value.normalize("NFKC"));
    if (wild || doubtful) doubts.set(name.split("-")[0] ?? "", (dataset.question ?? "").replace("{value}", value));
  }
  for (const one of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("li[data-double]"))) {
    const { near, at = "", double = "" } = one.dataset;
    const { area: here, happened_at: when } = entry(form);
    if (near === here && Math.abs(Date.parse(at) - Date.parse(when)) <= HOUR_MS) doubts.set("area", double);
  }
  if (!doubts.size || new FormData(form).has("confirmed")) return false;
  list(interrupt(form, "questions"), [...doubts]);
  return true;
}
