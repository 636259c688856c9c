// Counts that may not exceed another (data-at-most names it) are told before sending; the words come from the server.

/** @param {HTMLFormElement} form */
function check(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const limited = form.querySelectorAll("input[data-at-most]");
  for (const input of limited) {
    const limit = form.elements.namedItem(input.dataset.atMost ?? "");
    const both = limit instanceof HTMLInputElement && input.value !== "" && limit.value !== "";
    const above = both && Number(input.value) > Number(limit.value);
    input.setCustomValidity(above ? (input.dataset.message ?? "") : "");
  }
}

for (const form of document.forms) {
  form.addEventListener("input", () => check(form));
  // A field in a fold could not show its message.
  form.addEventListener(
    "invalid",
    (event) => {
      if (event.target instanceof Element) event.target.closest("details")?.setAttribute("open", "");
    },
    true,
  );
  check(form);
}
