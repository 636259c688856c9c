// What was refused, on top with its reasons: mended, saved as a file, or taken away on purpose. Each once, as the phone has it.

import { saveFile } from "../file.js";
import { outbox } from "../here.js";
import { watch } from "../outbox-page.js";
import { copy, moment } from "../words.js";

/** @import { Row } from "../outbox/types.js" */

const section = document.querySelector("[data-refused]");
let shown = "";

/** @param {string} id */
const asListed = (id) => section?.querySelector(`[data-entry="${id}"]`);

/** @param {Row} row @param {Element} kind the row of its kind, which knows what everything is called */
function tell({ item, reasons = {} }, kind) {
  const article = /** @type {HTMLElement} */ (copy("[data-refused-row]").firstElementChild);
  const label = kind.querySelector("strong")?.textContent;
  const heading = article.querySelector("h3");
  if (heading) heading.textContent = `${label}, ${moment(item.happened_at)}`;
  const list = article.querySelector("ul");
  if (Object.keys(reasons).length) list?.replaceChildren();
  for (const [name, reason] of Object.entries(reasons)) {
    const line = document.createElement("li");
    const about = kind.querySelector(`[data-field="${CSS.escape(name)}"]`)?.getAttribute("data-label");
    const strong = document.createElement("strong");
    strong.textContent = about ? `${about}${about.endsWith("?") ? "" : ":"} ` : "";
    line.append(strong, reason);
    list?.append(line);
  }
  const link = article.querySelector("a");
  const form = kind.querySelector("a");
  if (link && form) link.href = `${form.pathname}?edit=${item.id}`;
  article.dataset.refusedRow = item.id;
  return article;
}

/** @param {Element} article */
async function save(article) {
  const id = article.getAttribute("data-refused-row") ?? "";
  const box = await outbox;
  const row = await box.find(id);
  const whole = row && (await box.file(row.account));
  const photos = whole?.photos.filter(({ entry }) => entry === id);
  if (whole) saveFile({ ...whole, entries: whole.entries.filter((entry) => entry.id === id), photos });
}

/** From the phone, which tells the server. @param {Element} article */
async function discard(article) {
  const id = article.getAttribute("data-refused-row") ?? "";
  asListed(id)?.remove();
  await (await outbox).discard(id);
}

section?.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button");
  const article = button?.closest("[data-refused-row]");
  if (article && button && "saveOne" in button.dataset) save(article);
  if (article && button && "discard" in button.dataset) discard(article);
});

watch(({ rows }) => {
  const refused = rows.filter(({ state }) => state === "refused");
  const now = JSON.stringify(refused);
  if (now === shown || !section) return;
  shown = now;
  for (const article of section.querySelectorAll("article[data-refused-row]")) article.remove();
  for (const article of section.querySelectorAll("[data-entry]")) article.removeAttribute("hidden");
  for (const row of refused.toReversed()) {
    asListed(row.id)?.setAttribute("hidden", "");
    const kind = copy(`[data-row="${CSS.escape(row.item.kind)}"]`).firstElementChild;
    if (kind) section.querySelector("h2")?.after(tell(row, kind));
  }
  section.toggleAttribute("hidden", !section.querySelector("article"));
});
