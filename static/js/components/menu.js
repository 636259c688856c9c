// Dag, Natt, Auto, changed without loading the page anew, so that a half-filled form stays as it is; and its menu.

const YEAR_S = 31_536_000;
const root = document.documentElement;

function show() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("[data-theme-form] button");
  for (const button of buttons) {
    const chosen = button.value === root.dataset.theme;
    button.setAttribute("aria-pressed", String(chosen));
    const icon = chosen && button.querySelector("use")?.getAttribute("href");
    if (icon) button.closest("details")?.querySelector("summary use")?.setAttribute("href", icon);
  }
}

show();

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!pressed || !("themeForm" in form.dataset)) return;
  event.preventDefault();
  root.dataset.theme = pressed.value;
  document.dispatchEvent(new Event("theme"));
  show();
  const menu = form.closest("details");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  // Some browsers keep what a script sets for a week only: where somebody answers, the server sets it too.
  // biome-ignore lint/suspicious/noDocumentCookie: the other way to set one is missing where phones are old.
  document.cookie = `theme=${pressed.value}; path=/; max-age=${YEAR_S}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  if (form.elements.namedItem("csrf_token"))
    fetch(form.action, { method: "POST", body: new FormData(form, pressed), redirect: "manual" }).catch(() => {});
});

/** @param {Event} event */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const inside = menu.contains(/** @type {Node} */ (event.target));
    if ("key" in event ? event.key === "Escape" : !inside) menu.removeAttribute("open");
  }
}

document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
