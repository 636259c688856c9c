// Signing out with a full outbox says so first, and keeps it. The phone forgets who it was.

import { forget, sendNow, watch } from "../outbox-page.js";
import { fill } from "../words.js";

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sign-out]"));
const warning = /** @type {HTMLDialogElement | null} */ (document.querySelector("dialog[data-leaving]"));
let held = 0;

async function leave() {
  await forget().catch(() => {});
  form?.submit();
}

if (form && warning) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (held) warning.showModal();
    else leave();
  });
  warning.querySelector("[data-leave]")?.addEventListener("click", leave);
  warning.querySelector("[data-send]")?.addEventListener("click", () => sendNow());
  watch(({ waiting, refused }) => {
    held = waiting + refused;
    for (const part of warning.querySelectorAll("[data-held]")) {
      const number = part.getAttribute("data-held") === "waiting" ? waiting : refused;
      fill(part, { number });
      part.toggleAttribute("hidden", !number);
    }
    for (const part of warning.querySelectorAll("[data-gone]")) part.toggleAttribute("hidden", held > 0);
  });
}
