// Says what waits, in lines that the server wrote. Nothing waits: nothing is said.

import { watch } from "../outbox-page.js";
import { copy, fill } from "../words.js";

/** What is sent within this time needs no word, and moves nothing on the page. */
const QUICK_MS = 800;

/** @import { View } from "../outbox-page.js" */
/** @typedef {[string, number]} Line its name and number */

const banner = document.querySelector("[data-banner]");
const spoken = document.querySelector("[data-spoken]");
const isOnPage = document.querySelector("[data-refused]") !== null;
let said = "";
let saidWaiting = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {View} view */
function onItsWay({ sending, reach, until }) {
  if (reach === "signed-out") return reach;
  if (reach === "no") return "offline";
  if (sending) return "sending";
  return until ? "held" : "waiting";
}

/** @param {View} view @returns {Line[]} */
function lines(view) {
  /** @type {Line[]} */
  const all = [
    ["unkept", Number(view.trouble !== "")],
    ["refused", isOnPage ? 0 : view.refused],
    [onItsWay(view), view.waiting],
    ["done", Number(saidWaiting && !view.waiting && !view.refused)],
    [view.account === null ? "somebodys" : "others", view.others],
  ];
  return all.filter(([, number]) => number);
}

/** @param {View} view */
function say(view) {
  const told = lines(view);
  const now = JSON.stringify([told, view.until]);
  saidWaiting ||= view.waiting > 0;
  if (now === said) return;
  banner?.replaceChildren(
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
  const words = banner?.querySelectorAll("p") ?? [];
  if (said) spoken?.replaceChildren(...[...words].map((line) => line.cloneNode(true)));
  said = now;
  keepRoom(told.filter(([name]) => name !== "done").length);
}

/** The next page keeps the room from its first paint on, so that nothing jumps. @param {number} number of lines */
function keepRoom(number) {
  try {
    if (number) localStorage.setItem("outbox", String(Math.min(number, 2)));
    else localStorage.removeItem("outbox");
  } catch {
    // Then it jumps.
  }
}

watch((view) => {
  clearTimeout(timer);
  const isSoonGone = said && !saidWaiting && ["sending", "waiting"].includes(onItsWay(view)) && view.waiting;
  if (isSoonGone) timer = setTimeout(say, QUICK_MS, view);
  else say(view);
});
