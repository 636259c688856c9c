// "Nu 21:40" keeps up with the time, by the server's clock: the phone only says how long the page has been open.

import { format, OTHER_DAY, TODAY } from "../words.js";
import { momentOf } from "./wall.js";

const MINUTE_MS = 60_000;
const opened = Date.now();

for (const box of document.querySelectorAll("[data-moment]")) {
  const now = box.querySelector("[data-now]");
  const chosen = box.querySelector("[data-chosen]");
  const shown = box.querySelector("time");
  const input = box.querySelector("input");
  if (!now || !chosen || !shown || !input) continue;

  // A page of the shell was rendered for no moment: there the phone's own clock has to do.
  const rendered = Date.parse(shown.dateTime) || opened;

  const keepUp = () => {
    shown.textContent = format(TODAY).format(rendered + Date.now() - opened);
  };
  const show = () => {
    const at = momentOf(input.value);
    input.setCustomValidity(input.value && !at ? (input.dataset.message ?? "") : "");
    now.toggleAttribute("hidden", input.value !== "");
    chosen.toggleAttribute("hidden", input.value === "");
    chosen.textContent = at ? format(OTHER_DAY).format(at) : "";
  };

  setInterval(keepUp, MINUTE_MS / 4);
  addEventListener("pageshow", keepUp);
  document.addEventListener("visibilitychange", keepUp);
  input.form?.addEventListener("input", show);
  if (!shown.dateTime) keepUp();
}
