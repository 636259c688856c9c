// Dag, Natt, Auto without loading the page anew, so that a half-filled form stays as it is.

document.addEventListener("submit", (event) => {
  const form = event.target;
  const pressed = event.submitter;
  if (!(form instanceof HTMLFormElement) || !("themeForm" in form.dataset)) return;
  if (!(pressed instanceof HTMLButtonElement)) return;
  event.preventDefault();
  document.documentElement.dataset.theme = pressed.value;
  for (const button of document.querySelectorAll("[data-theme-form] button")) {
    button.setAttribute("aria-pressed", String(button instanceof HTMLButtonElement && button.value === pressed.value));
  }
  const icon = pressed.querySelector("use")?.getAttribute("href");
  const menu = form.closest("details");
  if (menu) {
    if (icon) menu.querySelector("summary use")?.setAttribute("href", icon);
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
  fetch(form.action, { method: "POST", body: new FormData(form, pressed), redirect: "manual" }).catch(() => {});
});

/** @param {Event} event */
function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const inside = event.target instanceof Node && menu.contains(event.target);
    if (event instanceof KeyboardEvent ? event.key === "Escape" : !inside) menu.removeAttribute("open");
  }
}

document.addEventListener("click", closeMenus);
document.addEventListener("keydown", closeMenus);
