// A button that copies what stands in the control it names; where that cannot be, the text is there to be selected.

import { announce } from "./words.js";

for (const button of document.querySelectorAll("[data-copy]")) {
  const source = /** @type {HTMLTextAreaElement} */ (document.getElementById(button.getAttribute("data-copy") ?? ""));
  button.toggleAttribute("hidden", !navigator.clipboard);
  button.addEventListener("click", async () => {
    source.select();
    await navigator.clipboard.writeText(source.value);
    button.textContent = button.getAttribute("data-done");
    announce(button.textContent ?? "");
  });
}
