// The toast is read out, and leaves after ten seconds unless it is being used.

import { announce } from "./words.js";

const STAY_MS = 10_000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Show it in the place of any other. @param {Element} toast */
export function show(toast) {
  document.querySelector("[data-toast]")?.remove();
  document.querySelector(".page")?.append(toast);
  announce((toast.querySelector("[data-announce]")?.textContent ?? "").replaceAll(/\s+/g, " ").trim());

  const leave = () => {
    if (toast.matches(":hover, :focus-within")) timer = setTimeout(leave, STAY_MS / 5);
    else toast.remove();
  };
  clearTimeout(timer);
  timer = setTimeout(leave, STAY_MS);
}

const toast = document.querySelector("[data-toast]");
if (toast) show(toast);
