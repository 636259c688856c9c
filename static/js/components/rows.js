// Adds a row of the same columns, cloned from the template that the server rendered, up to the number allowed.

import { newId } from "../outbox/rows.js";

/** What a row is known by, however it is corrected or moved; made when it is first asked for. @param {Element} row */
export function keyOf(row) {
  const kept = /** @type {HTMLInputElement} */ (row.querySelector("[data-key]"));
  kept.value ||= newId(Date.now());
  return kept.value;
}

const count = (/** @type {Element} */ group) => group.querySelectorAll(".row-group").length;

/** @param {Element} group @returns {Element | null} the new row */
export function addRow(group) {
  const button = group.querySelector("button[data-add-row]");
  const number = count(group);
  const holder = document.createElement("template");
  holder.innerHTML = (group.querySelector("template")?.innerHTML ?? "").replaceAll("__row__", String(number));
  const row = holder.content.firstElementChild;
  if (!row || !button) return null;
  for (const locked of row.querySelectorAll("button:disabled")) locked.removeAttribute("disabled");
  button.before(row);
  button.toggleAttribute("hidden", number + 1 >= Number(group.getAttribute("data-rows")));
  return row;
}

for (const group of document.querySelectorAll("[data-rows]")) {
  const button = group.querySelector("button[data-add-row]");
  for (const spare of group.querySelectorAll(".spare")) spare.remove();
  button?.removeAttribute("disabled");
  button?.addEventListener("click", () => {
    const first = addRow(group)?.querySelector("input, textarea, select");
    /** @type {HTMLElement | null | undefined} */ (first)?.focus();
  });
}
