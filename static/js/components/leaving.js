// Signing out with a full outbox says so first, and keeps it. The phone forgets who it was.

import { forget, sendNow, watch } from "../outbox-page.js";
import { fill } from "../words.js";

const PATIENCE_MS = 10_000;
/** @type {HTMLFormElement | null} */
const form = document.querySelector("form[data-sign-out]");
/** @type {HTMLDialogElement | null} */
const warning = document.querySelector("dialog[data-leaving]");

if (form && warning) {
  let held = 0;
  const told = new Promise((resolve) => {
    watch(({ waiting, refused }) => {
      held = waiting + refused;
      for (const part of warning.querySelectorAll("[data-held]")) {
        const number = part.getAttribute("data-held") === "waiting" ? waiting : refused;
        fill(part, { number });
        part.toggleAttribute("hidden", !number);
      }
      for (const part of warning.querySelectorAll("[data-gone]")) part.toggleAttribute("hidden", held > 0);
      resolve(held);
    });
  });

  const leave = async (/** @type {boolean} */ isWarned) => {
    await told;
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // Only the server ends a session: the phone does not forget who is still signed in.
    const isThere = await fetch("/whoami", { cache: "no-store", signal }).catch(() => {});
    warning.querySelector("[data-stays]")?.toggleAttribute("hidden", Boolean(isThere));
    warning.querySelector("[data-leave]")?.toggleAttribute("hidden", !isThere);
    if (!isThere || (held && !isWarned)) return warning.open || warning.showModal();
    await forget().catch(() => {});
    form.submit();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(false);
  });
  warning.querySelector("[data-leave]")?.addEventListener("click", () => leave(true));
  warning.querySelector("[data-send]")?.addEventListener("click", () => sendNow());
}
