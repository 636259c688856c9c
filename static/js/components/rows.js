// Adds a row of the same columns, cloned from the template that the server rendered, up to the number allowed.

for (const group of document.querySelectorAll("[data-rows]")) {
  const button = group.querySelector("button[data-add-row]");
  const template = group.querySelector("template");
  if (!(button instanceof HTMLButtonElement) || !template) continue;
  const most = Number(group.getAttribute("data-rows"));
  const count = () => group.querySelectorAll(".row-group").length;

  for (const spare of group.querySelectorAll(".spare")) spare.remove();
  button.disabled = false;
  button.addEventListener("click", () => {
    const number = count();
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__row__", String(number));
    const row = holder.content.firstElementChild;
    if (!row) return;
    for (const locked of row.querySelectorAll("button:disabled")) locked.removeAttribute("disabled");
    button.before(row);
    const first = row.querySelector("input, textarea, select");
    if (first instanceof HTMLElement) first.focus();
    button.hidden = count() >= most;
  });
}
