// Dag, Natt, Auto: shown before the first paint, and changed without loading the page anew, so that a half-filled form
// stays as it is. A page of the shell was made for nobody: there the reader's choice is known by the cookie alone.

const YEAR_S = 31_536_000;
const root = document.documentElement;

function showTheme() {
  const { theme } = root.dataset;
  /** @type {NodeListOf<HTMLMetaElement>} */
  const colours = document.querySelectorAll("meta[name=theme-color]");
  for (const colour of colours) {
    colour.dataset.media ??= colour.media;
    const dark = colour.dataset.media.includes("dark");
    colour.media =
      theme === "day" || theme === "night" ? (dark === (theme === "night") ? "all" : "not all") : colour.dataset.media;
  }
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("[data-theme-form] button");
  for (const button of buttons) {
    const chosen = button.value === theme;
    button.setAttribute("aria-pressed", String(chosen));
    const icon = chosen && button.querySelector("use")?.getAttribute("href");
    if (icon) button.closest("details")?.querySelector("summary use")?.setAttribute("href", icon);
  }
}

if ("shell" in root.dataset) root.dataset.theme = /\btheme=(day|night)/.exec(document.cookie)?.[1] ?? "auto";
try {
  // Room for what the outbox is going to say, so that nothing jumps.
  const lines = localStorage.getItem("outbox");
  if (lines) root.dataset.room = lines;
} catch {
  // Nothing can wait where nothing can be kept.
}
showTheme();
document.addEventListener("DOMContentLoaded", showTheme);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const pressed = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (!pressed || !("themeForm" in form.dataset)) return;
  event.preventDefault();
  root.dataset.theme = pressed.value;
  showTheme();
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
