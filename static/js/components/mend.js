// An entry of the outbox, opened again: changed where it lies, corrected with a reason, mended after a refusal, or taken away.

import { isFree } from "../outbox/rows.js";
import { copy } from "../words.js";
import { fill, held, heldBy } from "./answers.js";
import { blame, hide, interrupt, show } from "./notices.js";

/** @import { Row, Why } from "../outbox/types.js" */

/** Whether it takes a reason: a server may have it, or it corrects what the server has. @param {Row} row */
export const needsReason = (row) => !isFree(row) || row.item.replaces !== undefined;

/**
 * Make the form that of this row.
 * @param {HTMLFormElement} form
 * @param {Row} row
 * @param {() => void} remove
 */
export function mend(form, row, remove) {
  const { heading = "", entries = "" } = form.dataset;
  history.replaceState(null, "", `?edit=${row.id}`);
  const title = document.querySelector("h1");
  document.title = document.title.replace(title?.textContent ?? "", heading);
  title?.replaceChildren(heading);
  document.querySelector(".top a")?.setAttribute("href", entries);
  for (const button of document.querySelectorAll(".bar .button:not(.main), form [value=again]")) button.remove();
  if (needsReason(row)) askReason(form);
  fill(form, heldBy(row.item));
  const bar = copy(needsReason(row) ? "#bar-void" : "#bar-remove");
  bar.firstElementChild?.addEventListener("click", () => confirm(form, row, remove));
  document.querySelector(".bar-inner")?.prepend(bar);
  for (const name of ["queued", "tried"]) hide(form, name);
  if (row.state === "refused") blame(form, row.reasons ?? {});
  else show(form, isFree(row) ? "queued" : "tried");
}

/** @param {HTMLFormElement} form @returns {boolean} whether it had to be added */
export function askReason(form) {
  if (form.querySelector("[name=reason]")) return false;
  form.querySelector(".parts > :last-child > .hint")?.before(copy("#part-reason"));
  return true;
}

/** @param {HTMLFormElement} form @returns {Why} */
export function why(form) {
  const { reason, explanation } = held(form);
  return { reason: reason?.[0], explanation: explanation?.[0] || undefined };
}

/** Asked once. @param {HTMLFormElement} form @param {Row} row @param {() => void} remove */
function confirm(form, row, remove) {
  const reason = /** @type {HTMLInputElement | null} */ (form.querySelector("[name=reason]"));
  if (reason?.reportValidity() === false) return;
  const notice = interrupt(form, needsReason(row) ? "void" : "remove");
  notice.querySelector("[data-yes]")?.addEventListener("click", remove);
}
