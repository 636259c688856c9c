// The list of entries with what the phone holds put where it belongs: one list, each entry once.

import { outbox } from "../here.js";
import { isShell, watch } from "../outbox-page.js";
import { stateOf, threads } from "../threads.js";
import { copy, format, localDay, moment } from "../words.js";

/** @import { Item } from "../outbox/types.js" */
/** @import { Thread } from "../threads.js" */

const days = /** @type {HTMLElement} */ (document.querySelector("[data-days]"));
const drafts = document.querySelector("[data-drafts]");
const clock = format({ hour: "2-digit", minute: "2-digit" });
const heading = format({ weekday: "long", day: "numeric", month: "long" });
const empty = document.querySelector("[data-empty]");
const made = Date.parse(days.getAttribute("data-made") ?? "");
const names = new Map(
  [...copy("[data-names]").querySelectorAll("data")].map(({ value, textContent }) => [value, textContent]),
);

/** @type {Record<string, HTMLElement>} what the server listed, by the entry and by the version that is shown */
const known = {};
for (const line of days.querySelectorAll("li")) {
  for (const id of [line.dataset.entry, line.dataset.version]) known[id ?? ""] = line;
}

/**
 * A row of the kind, which leads to its form.
 * @param {string} kind @param {string} state @param {string} about @param {string} search
 */
function row(kind, state, about, search) {
  const line = copy(`[data-row="${CSS.escape(kind)}"]`).querySelector("li");
  const link = line?.querySelector("a");
  if (!line || !link) throw new Error(`no row for ${kind}`);
  line.dataset.queued = "";
  line.className = state.startsWith("void") ? "voided" : state;
  link.search = search;
  link.querySelector(".row-head")?.append(copy(`[data-pill=${state}]`));
  const small = link.querySelector("[data-about]");
  if (small) small.textContent = about;
  return line;
}

/** "Skola · 14 unga": the answers in a few words. @param {Element} line @param {Item["answers"]} answers */
function tell(line, answers) {
  for (const field of line.querySelectorAll("[data-field]")) {
    const answer = answers[field.getAttribute("data-field") ?? ""];
    const count = field.getAttribute(answer === 1 ? "data-one" : "data-several");
    const picked = [...field.querySelectorAll("data")].filter(({ value }) => [answer].flat().includes(value));
    field.textContent =
      count && answer ? `${answer} ${count}` : picked.map(({ textContent }) => textContent).join(", ");
    if (!field.textContent) field.remove();
  }
}

/** @param {string} day @returns {Element} the day's rows, in a section made for them if there is none */
function rowsOf(day) {
  const next = /** @type {any[]} */ ([...days.children]).find(({ dataset }) => dataset.day <= day);
  if (next?.dataset.day === day) return next.querySelector("ul");
  const section = /** @type {any} */ (copy("[data-day-of-rows]").firstElementChild);
  section.dataset.day = day;
  section.querySelector("h2").textContent = heading.format(new Date(`${day}T12:00Z`));
  days.insertBefore(section, next);
  return section.querySelector("ul");
}

/** @param {Thread} thread @param {boolean} sending */
function show(thread, sending) {
  const { ids, last, item } = thread;
  const listed = [...ids].map((id) => known[id]).find(Boolean);
  const isKnown = listed && (!last.item.replaces || listed.getAttribute("data-version") === last.id);
  const isOld = last.state === "sent" && !isShell && !(Date.parse(last.acknowledged_at ?? "") >= made);
  if (isKnown || isOld) return;
  const at = Date.parse(item.happened_at);
  const code = Date.now() - at < Number(days.getAttribute("data-shown-ms")) ? item.code : "";
  const about = [clock.format(at), item.answers.place, names.get(item.area ?? ""), code].filter(Boolean).join(" · ");
  const line = row(item.kind, stateOf(thread, sending), about, `edit=${last.id}`);
  const link = /** @type {HTMLAnchorElement} */ (line.querySelector("a"));
  tell(line, item.answers);
  if (last.item.void) {
    const own = listed?.querySelector("a")?.href;
    if (own) link.href = own;
    else link.removeAttribute("href");
  }
  line.dataset.at = item.happened_at;
  listed?.setAttribute("hidden", "");
  const rows = rowsOf(localDay(at));
  const earlier = [...rows.children].find((one) => Date.parse(one.getAttribute("data-at") ?? "") < at);
  rows.insertBefore(line, earlier ?? null);
}

/** Everything anew: what the server listed, then what the phone has put over it. @param {() => void} fillIn */
function anew(fillIn) {
  const focused = document.activeElement?.closest("[data-queued] a")?.getAttribute("href");
  for (const line of document.querySelectorAll("[data-queued]")) line.remove();
  for (const line of days.querySelectorAll("li[hidden]")) line.removeAttribute("hidden");
  fillIn();
  for (const section of days.querySelectorAll("[data-day]")) if (!section.querySelector("li")) section.remove();
  /** @type {HTMLElement | null} */ (focused && document.querySelector(`[data-queued] a[href="${focused}"]`))?.focus();
}

watch(async ({ account, rows, sending, refused }) => {
  const begun = account === null ? [] : await (await outbox).drafts(account).catch(() => []);
  anew(() => {
    for (const thread of threads(rows)) show(thread, sending);
    for (const { key, at } of begun) {
      const [kind = "", search = ""] = key.split("?");
      const line = row(kind, "draft", moment(at), search);
      tell(line, {});
      drafts?.querySelector("ul")?.append(line);
    }
  });
  drafts?.toggleAttribute("hidden", !begun.length);
  empty?.toggleAttribute(
    "hidden",
    Boolean(begun.length || refused || document.querySelector("[data-days] li, [data-entry]")),
  );
});
