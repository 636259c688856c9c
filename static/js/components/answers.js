// What a form says, as the contract has it. How each control is read its declaration tells, in data-type.

import { addRow, keyOf } from "./rows.js";
import { momentOf, wall } from "./wall.js";

/** @import { Item, NewItem } from "../outbox/types.js" */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {Record<string, string[]>} Held What the controls hold, by name. */

/** @type {Record<string, (control: any, before: any) => unknown>} */
const READ = {
  count: ({ value }) => (!value.trim() ? null : Number.isInteger(Number(value)) ? Number(value) : value),
  flag: ({ checked }) => checked,
  choice: ({ checked, value }, before) => (checked ? value : (before ?? null)),
  choices: ({ checked, value }, before = []) => (checked ? [...before, value] : before),
  link: ({ value }) => value || null,
  text: ({ value }) => value || null,
};

/** @param {HTMLFormElement} form @param {string} which @returns {Control[]} */
const controls = (form, which) =>
  [...form.querySelectorAll(`:is(input, select, textarea)${which}`)].map((one) => /** @type {Control} */ (one));

/** A control's own choice, which may be none. @param {Control} control */
const isBox = (control) => /^(radio|checkbox)$/.test(control.type);

/** @param {HTMLFormElement} form */
export function answers(form) {
  /** @type {Record<string, any>} */
  const said = {};
  for (const row of form.querySelectorAll(".row-group")) keyOf(row);
  for (const control of controls(form, "[data-type]:enabled")) {
    const [name = "", row, column] = control.name.split("-");
    let [place, key] = [said, name];
    if (column) {
      said[name] ??= [];
      said[name][Number(row)] ??= {};
      [place, key] = [said[name][Number(row)], column];
    }
    place[key] = READ[control.dataset.type ?? ""]?.(control, place[key]);
  }
  return said;
}

/**
 * The form as an entry. An empty time is now; in one that was there before, it stays as it was.
 * @param {HTMLFormElement} form
 * @param {Item} [was]
 * @returns {NewItem}
 */
export function entry(form, was) {
  const { area, happened_at } = held(form);
  const typed = happened_at?.[0] ?? "";
  const now = new Date().toISOString();
  const time = { happened_at: now, saved_at: now, untouched_now: true };
  if (was && [undefined, "", wall(was.happened_at)].includes(typed)) {
    Object.assign(time, { happened_at: was.happened_at, saved_at: was.saved_at, untouched_now: was.untouched_now });
  } else if (typed) {
    Object.assign(time, { happened_at: new Date(momentOf(typed) ?? now).toISOString(), untouched_now: false });
  }
  const said = answers(form);
  const [asked = "", yes = null] = (form.dataset.handedOver ?? "").split("=");
  return { kind: form.dataset.logs ?? "", ...time, area: area?.[0], answers: said, handed_over: said[asked] === yes };
}

/**
 * Every entry that the form tells of: itself, or one for each row that is filled in where `data-apart` names rows.
 * Their ids are the form's, changed by their number as the server does it.
 * @param {HTMLFormElement} form @param {string} id @param {Item} [was] @returns {Item[]}
 */
export function entries(form, id, was) {
  const whole = { saved_at: "", ...entry(form, was), id };
  const name = form.dataset.apart;
  if (!name) return [whole];
  const { [name]: rows, ...shared } = /** @type {Record<string, any>} */ (whole.answers);
  const places = rows.map((/** @type {any} */ { key: _, ...row }) => row);
  const filled = places.filter((/** @type {object} */ row) => Object.values(row).some((one) => one !== null));
  return (filled.length ? filled : [{}]).map((/** @type {any} */ { area, ...own }, /** @type {number} */ at) => ({
    ...whole,
    id: id.slice(0, -2) + (Number.parseInt(id.slice(-2), 16) ^ at).toString(16).padStart(2, "0"),
    area: area ?? "-",
    answers: { ...shared, ...own },
  }));
}

/** @param {HTMLFormElement} form @returns {Held} */
export function held(form) {
  /** @type {Held} */
  const all = {};
  for (const control of controls(form, ":not([type=hidden])")) {
    all[control.name] ??= [];
    if (!isBox(control) || /** @type {HTMLInputElement} */ (control).checked) all[control.name]?.push(control.value);
  }
  return all;
}

/** An entry as the controls of its form would hold it. @param {NewItem} item @returns {Held} */
export function heldBy({ area, happened_at, answers: said, reason = "", explanation = "" }) {
  /** @type {Held} */
  const all = { area: [area ?? "-"], happened_at: [wall(happened_at)], reason: [reason], explanation: [explanation] };
  for (const [name, answer] of Object.entries(said)) {
    const parts = [answer ?? []].flat();
    all[name] = parts.map((part) => (part === true ? "yes" : String(part)));
    for (const [row, columns] of parts.entries()) {
      if (typeof columns !== "object") continue;
      for (const [column, part] of Object.entries(columns)) all[`${name}-${row}-${column}`] = [String(part ?? "")];
    }
  }
  return all;
}

/** @param {HTMLFormElement} form @param {Held} values a name that is not among them stays as it is */
export function fill(form, values) {
  const rows = Object.keys(values).map((name) => name.split("-"));
  for (const group of form.querySelectorAll("[data-rows]")) {
    const last = Math.max(...rows.map(([name, row]) => (name === group.id ? Number(row ?? -1) : -1)));
    while (group.querySelectorAll(".row-group").length <= last) if (!addRow(group)) break;
  }
  for (const control of controls(form, ":not([type=hidden])")) {
    const wanted = values[control.name];
    if (!wanted) continue;
    if (isBox(control)) /** @type {HTMLInputElement} */ (control).checked = wanted.includes(control.value);
    else if (wanted[0] !== undefined) control.value = wanted[0];
  }
  refresh(form);
}

/** What was left empty of what could have been remarked on is none. @param {HTMLFormElement} form */
export function fillRemarks(form) {
  for (const control of controls(form, "[data-remark]:enabled")) control.value = control.value.trim() || "0";
  refresh(form);
}

/** Keep where the work was and how it was done; what came of it is the next entry's. @param {HTMLFormElement} form */
export function again(form) {
  const before = held(form);
  form.reset();
  repeat(form, before);
}

/** @param {HTMLFormElement} form @param {Held} values */
export function repeat(form, values) {
  const kept = ["area", ...(form.dataset.again ?? "").split(" ")];
  fill(form, Object.fromEntries(Object.entries(values).filter(([name]) => kept.includes(name))));
}

/** Let every part of the form show what it now holds. @param {HTMLFormElement} form */
export function refresh(form) {
  for (const name of ["change", "input"]) form.dispatchEvent(new Event(name));
}
