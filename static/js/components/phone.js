// "Telefonen": what lies here, whether it may stay, and what can be done about it.

import { saveFile } from "../file.js";
import { outbox } from "../here.js";
import { sendNow, watch } from "../outbox-page.js";
import { fill, format, moment } from "../words.js";

const MEGABYTE = 1_000_000;
const send = document.querySelector("[data-send]");
const file = document.querySelector("[data-save-file]");
const persist = document.querySelector("[data-persist]");
/** @type {number | null} */
let whose = null;

/** @param {string} name @param {string | number | undefined} words */
function say(name, words) {
  const place = document.querySelector(`[data-fact=${name}]`);
  if (place && words !== undefined) place.textContent = String(words);
}

/** One of the answers that the server wrote. @param {string} name @param {string} value */
function pick(name, value) {
  const [unknown, ...answers] = document.querySelectorAll(`[data-answer=${name}] > span`);
  for (const answer of answers) answer.toggleAttribute("hidden", answer.getAttribute("data-is") !== value);
  unknown?.toggleAttribute(
    "hidden",
    answers.some((answer) => !answer.hasAttribute("hidden")),
  );
}

watch(async (view) => {
  whose = view.account;
  const begun = whose === null ? [] : await (await outbox).drafts(whose).catch(() => []);
  say("waiting", view.waiting);
  say("refused", view.refused);
  say("drafts", begun.length);
  say("sent", view.rows.filter(({ state }) => state === "sent").length);
  say("others", view.others);
  say("contact", view.contact && moment(view.contact));
  say("figures", view.tallies && moment(view.tallies.at));
  pick("reach", view.reach);
  pick("keeps", view.trouble === "full" ? "full" : view.trouble ? "no" : "yes");
  const hold = document.querySelector("[data-hold]");
  hold?.toggleAttribute("hidden", !view.until);
  if (hold) fill(hold, { time: view.until });
  send?.toggleAttribute("disabled", !view.waiting || view.sending);
  file?.toggleAttribute("disabled", !view.waiting && !view.refused);
});

send?.addEventListener("click", () => sendNow());
file?.addEventListener("click", async () => whose !== null && saveFile(await (await outbox).file(whose)));

async function room() {
  const persisted = await navigator.storage.persisted();
  const { usage = 0, quota = 0 } = await navigator.storage.estimate();
  pick("persisted", persisted ? "yes" : "no");
  persist?.toggleAttribute("hidden", persisted);
  const { locale } = format({}).resolvedOptions();
  const megabytes = new Intl.NumberFormat(locale, { style: "unit", unit: "megabyte", maximumFractionDigits: 1 });
  say("used", `${megabytes.format(usage / MEGABYTE)} / ${megabytes.format(quota / MEGABYTE)}`);
}

if (navigator.storage) {
  room();
  persist?.addEventListener("click", () => navigator.storage.persist().then(room));
}

const isInstalled =
  matchMedia("(display-mode: standalone)").matches || ("standalone" in navigator && navigator.standalone === true);
pick("installed", isInstalled ? "yes" : "no");
document.querySelector("[data-install]")?.toggleAttribute("hidden", isInstalled);
