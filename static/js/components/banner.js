// Says what waits, in lines that the server wrote. Nothing waits: nothing is said.

import { watch } from "../outbox-page.js";
import { copy, fill } from "../words.js";

const banner = document.querySelector("[data-banner]");
const announcements = document.getElementById("announcements");
let said = "";
let hadWaiting = false;

/** @param {import("../outbox-page.js").View} view */
function onItsWay({ sending, reach, until }) {
  if (reach === "signed-out") return reach;
  if (reach === "no") return "offline";
  if (sending) return "sending";
  return until ? "held" : "waiting";
}

/** @param {import("../outbox-page.js").View} view @returns {[string, number][]} */
function lines(view) {
  hadWaiting ||= view.waiting > 0;
  return [
    /** @type {[string, number]} */ (["unkept", Number(view.trouble !== "")]),
    /** @type {[string, number]} */ (["refused", document.querySelector("[data-refused]") ? 0 : view.refused]),
    /** @type {[string, number]} */ ([onItsWay(view), view.waiting]),
    /** @type {[string, number]} */ (["done", Number(hadWaiting && !view.waiting && !view.refused)]),
    /** @type {[string, number]} */ (["others", view.others]),
  ].filter(([, number]) => number);
}

watch((view) => {
  if (!banner) return;
  const told = lines(view);
  const now = JSON.stringify([told, view.until]);
  if (now === said) return;
  banner.replaceChildren(
    ...told.map(([name, number]) => {
      const line = copy(`[data-line=${name}]`);
      fill(line, { number, time: view.until });
      for (const link of line.querySelectorAll("a")) {
        if (link.dataset.next !== undefined) link.search = new URLSearchParams({ next: location.pathname }).toString();
        link.hidden = link.pathname === location.pathname;
      }
      return line;
    }),
  );
  // What was there when the page opened is read with it; what changes is said.
  if (said) announcements?.replaceChildren(...[...banner.querySelectorAll("p")].map((words) => words.cloneNode(true)));
  said = now;
  // The next page keeps the room from its first paint on, so that nothing jumps.
  const staying = told.filter(([name]) => name !== "done").length;
  try {
    if (staying) localStorage.setItem("outbox", String(Math.min(staying, 2)));
    else localStorage.removeItem("outbox");
  } catch {
    // Then it jumps.
  }
});
