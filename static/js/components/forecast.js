// Tells at each choice what the rule on the form would make of what has been logged; nothing while it is no rule yet.

const place = document.getElementById("forecast");
const form = /** @type {HTMLFormElement} */ (document.getElementById("edit"));
let asked = 0;

form.addEventListener("change", async () => {
  asked += 1;
  const mine = asked;
  const body = new FormData(form);
  body.set("action", "preview");
  const answer = await fetch(location.href, { method: "POST", body });
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("forecast");
  if (!place || !told || mine !== asked) return;
  place.replaceChildren(...told.childNodes);
  place.hidden = told.hidden;
});
