// Shows a field only while its condition holds, such as data-when="asked=no"; what is hidden is not sent.

/** @param {HTMLFormElement} form */
function update(form) {
  const answers = new FormData(form);
  for (const field of form.querySelectorAll(".field[data-when]")) {
    const [name = "", answer = ""] = field.getAttribute("data-when")?.split("=") ?? [];
    const asked = answers.getAll(name).includes(answer);
    field.classList.toggle("unasked", !asked);
    for (const control of field.querySelectorAll("input, select, textarea"))
      control.toggleAttribute("disabled", !asked);
  }
}

for (const form of document.forms) {
  if (!form.querySelector(".field[data-when]")) continue;
  form.addEventListener("change", () => update(form));
  addEventListener("pageshow", () => update(form));
  update(form);
}
