// Minus and plus beside a number field. Holding repeats; minus on an empty field says zero.

import { announce } from "../words.js";

const WAIT_MS = 450;
const REPEAT_MS = 90;

let timer = 0;
let held = false;

/** @param {HTMLButtonElement} button */
function step(button) {
  const input = button.closest("[data-stepper]")?.querySelector("input");
  if (!input) return;
  const most = Number(input.getAttribute("max")) || Infinity;
  const amount = (Math.trunc(Number(input.value)) || 0) + Number(button.dataset.step);
  input.value = String(Math.min(Math.max(amount, 0), most));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  announce(input.value);
}

/** @param {Event} event @returns {HTMLButtonElement | null} */
const stepOf = (event) => /** @type {Element} */ (event.target).closest(".step, [data-fill]");

function release() {
  clearTimeout(timer);
}

document.addEventListener("pointerdown", (event) => {
  const button = stepOf(event);
  held = false;
  if (!button?.dataset.step || event.button !== 0) return;
  const again = () => {
    held = true;
    step(button);
    timer = setTimeout(again, REPEAT_MS);
  };
  timer = setTimeout(again, WAIT_MS);
});

for (const name of ["pointerup", "pointercancel", "blur", "contextmenu"]) addEventListener(name, release);
document.addEventListener("pointerout", (event) => stepOf(event) && release());

document.addEventListener("click", (event) => {
  const button = stepOf(event);
  if (!button) return;
  const filled = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.fill ?? ""));
  if (filled) {
    filled.value = button.value;
    filled.dispatchEvent(new Event("input", { bubbles: true }));
  } else if (!held || event.detail === 0) {
    step(button);
  }
  held = false;
});

for (const button of document.querySelectorAll("button.step, button[data-fill]")) button.removeAttribute("disabled");
