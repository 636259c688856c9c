// Beside each figure what waits in the phone, never one number with it; and the last figures that the phone was told.

import { isShell, watch } from "../outbox-page.js";
import { fill } from "../words.js";

/** @import { View } from "../outbox-page.js" */

const from = document.querySelector("[data-figures-from]");
const made = from?.getAttribute("data-made") ?? "";
const list = document.querySelector(".tiles");
const nobody = document.querySelector("[data-nobody]");

/** "31 av 50", with the first number large. @param {Element} place @param {string} words */
function write(place, words) {
  const [, number = "", rest = ""] = /^(\d[^ ]*)? ?(.*)$/su.exec(words) ?? [];
  const large = document.createElement("strong");
  const small = document.createElement("span");
  large.textContent = number;
  small.textContent = rest;
  place.replaceChildren(...(number ? [large, " "] : []), small);
}

/** Only what this person logs, the most used first; everything until that is known. @param {View} view */
function arrange({ account, kinds }) {
  nobody?.toggleAttribute("hidden", account !== null);
  for (const tile of list?.querySelectorAll("[data-kind]") ?? []) {
    const { kind = "" } = /** @type {HTMLElement} */ (tile).dataset;
    tile.toggleAttribute("hidden", account === null || kinds?.includes(kind) === false);
  }
  for (const kind of kinds ?? []) {
    const tile = list?.querySelector(`[data-kind="${CSS.escape(kind)}"]`);
    if (tile) list?.append(tile);
  }
  list?.setAttribute("data-ready", "");
}

watch((view) => {
  const { tallies } = view;
  if (isShell) arrange(view);
  for (const pill of document.querySelectorAll("[data-waits]")) {
    const kinds = pill.getAttribute("data-waits")?.split(" ") ?? [];
    const number = kinds.reduce((sum, kind) => sum + (view.byKind[kind] ?? 0), 0);
    pill.toggleAttribute("hidden", !number);
    fill(pill, { number });
  }
  const isNewer = tallies && view.account !== null && !(Date.parse(tallies.at) <= Date.parse(made));
  if (isNewer) {
    for (const place of document.querySelectorAll(
      "[data-kind] .figure, [data-commitment] .standing > .row-head > .figure",
    )) {
      /** @type {HTMLElement | null} */
      const about = place.closest("[data-kind], [data-commitment]");
      const { kind = "", commitment = "" } = about?.dataset ?? {};
      const words = tallies.kinds[kind] ?? tallies.commitments[commitment];
      if (words) write(place, words);
    }
  }
  const time = isNewer ? tallies.at : made;
  from?.toggleAttribute("hidden", !time || !(isShell || view.reach === "no"));
  if (from && time) fill(from, { time });
});
