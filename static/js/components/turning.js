// The arrow keys turn the page where it says what comes before and after it.

const RELATIONS = { ArrowLeft: "prev", ArrowRight: "next" };

document.addEventListener("keydown", (event) => {
  const relation = RELATIONS[/** @type {keyof typeof RELATIONS} */ (event.key)];
  if (!relation || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target instanceof Element && event.target.closest("input, select, textarea, dialog")) return;
  /** @type {HTMLAnchorElement | null} */ (document.querySelector(`a[rel="${relation}"]`))?.click();
});
