// What a form takes from the entries on the phone: the settings of one to repeat, and the one that it belongs to.

import { Rows } from "../outbox/rows.js";
import { moment } from "../words.js";
import { heldBy, repeat } from "./answers.js";
import { show } from "./notices.js";

/** @import { Outbox } from "../outbox/queue.js" */
/** @import { Item, Row } from "../outbox/types.js" */

/** The current version of an entry on the phone, unless it is voided. @param {Row[]} rows @param {string | null} id */
export function latest(rows, id) {
  const last = id
    ? new Rows(/** @type {any} */ (undefined), [...rows], /** @type {any} */ (undefined)).latest(id)
    : undefined;
  return last?.item.void ? undefined : last;
}

/** How many forms the entry opens, by the counts that open them. @param {Item} item @param {string} counts */
const wanted = (item, counts = "") => counts.split(" ").reduce((sum, name) => sum + Number(item.answers[name] ?? 0), 0);

/** @param {HTMLFormElement} form @param {Outbox} outbox @param {number} account */
export async function prefill(form, outbox, account) {
  const query = new URLSearchParams(location.search);
  const rows = await outbox.list(account);
  const like = latest(rows, query.get("like"));
  if (like && like.item.kind === form.dataset.kind) repeat(form, heldBy(like.item));
  const select = /** @type {HTMLSelectElement | null} */ (form.querySelector("select[data-type=link]"));
  if (!select) return;
  const { to, openedBy } = select.dataset;
  for (const { id, item } of rows.filter((row) => row.item.kind === to && !row.item.replaces)) {
    const now = latest(rows, id)?.item;
    const asked = rows.filter((row) => row.item.answers[select.name] === id && latest(rows, row.id) === row).length;
    const all = now ? wanted(now, openedBy) : 0;
    const isNamed = query.get(select.name) === id;
    if (!now || !(isNamed || all > asked) || select.querySelector(`[value="${id}"]`)) continue;
    const area = form.querySelector(`[data-area] [value="${CSS.escape(now.area ?? "-")}"]`);
    const where = [now.answers.place, now.area === "-" ? "" : area?.textContent, moment(item.happened_at)];
    const words = where.filter(Boolean).join(", ");
    const option = new Option(words, id, false, isNamed);
    option.dataset.missing = String(all - asked);
    select.options[0]?.after(option);
    if (!isNamed) continue;
    repeat(form, { area: [now.area ?? "-"] });
    select.closest(".field")?.setAttribute("hidden", "");
    const notice = show(form, "linked", { number: asked + 1 });
    notice.querySelector("[data-all]")?.append(String(Math.max(all, asked + 1)));
    notice.querySelector("[data-where]")?.append(words);
  }
}

/** Where the next question is answered that an entry opens or leaves open, if there is one. @param {HTMLFormElement} form @param {Item} item */
export function question(form, item) {
  const { opens, openedBy } = form.dataset;
  if (opens && wanted(item, openedBy) > 0) return opens + item.id;
  const link = form.querySelector("[data-type=link]");
  const chosen = link instanceof HTMLSelectElement ? link.selectedOptions[0] : /** @type {HTMLElement | null} */ (link);
  if (!(Number(chosen?.dataset.missing) > 1)) return "";
  const { name, value } = /** @type {HTMLInputElement} */ (link);
  return `${location.pathname}?${name}=${value}`;
}
