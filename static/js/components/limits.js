// Counts that may not exceed another (data-at-most names it) are told before sending; the words come from the server.

/** @param {HTMLFormElement} form */
function check(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const limited = form.querySelectorAll("input[data-at-most]");
  for (const input of limited) {
    const limit = /** @type {HTMLInputElement | null} */ (form.elements.namedItem(input.dataset.atMost ?? ""));
    const above = input.value && limit?.value && Number(input.value) > Number(limit.value);
    input.setCustomValidity(above ? (input.dataset.message ?? "") : "");
  }
}

for (const form of document.forms) {
  form.addEventListener("input", () => check(form));
  // A field in a fold could not show its message.
  form.addEventListener(
    "invalid",
    (event) => {
      /** @type {Element} */ (event.target).closest("details")?.setAttribute("open", "");
    },
    true,
  );
  check(form);
}
