// The one place on a page that sends the outbox, learns who is signed in, and tells the other parts what the phone holds.

import { account, outbox } from "./here.js";
import { keepFlushing } from "./outbox/send.js";
import { stock } from "./outbox/told.js";

const KNOWN_MS = 30 * 60_000;
const PATIENCE_MS = 10_000;

/**
 * @typedef {object} View What the phone holds, and what it knows of the server.
 * @property {number | null} account whose page this is
 * @property {string[] | undefined} kinds what that person logs, the most used first, once the server has told
 * @property {import("./outbox/types.js").Row[]} rows
 * @property {Record<string, number>} byKind
 * @property {number} waiting
 * @property {number} refused
 * @property {number} others what waits for somebody else
 * @property {import("./outbox/types.js").Tallies | undefined} tallies
 * @property {number | undefined} until when it is tried again, where the server asked for a pause or answers wrongly
 * @property {"" | "yes" | "no" | "signed-out" | "trouble"} reach
 * @property {boolean} sending
 * @property {number | undefined} contact
 * @property {"" | "full" | "closed" | "unavailable"} trouble why the phone keeps nothing
 */

const page = document.documentElement.dataset;
export const isShell = page.shell !== undefined;

/** @type {Set<(view: View) => void>} */
const listeners = new Set();
/** @type {View} */
let view = {
  ...{ account: null, kinds: undefined, rows: [], byKind: {}, waiting: 0, refused: 0, others: 0, tallies: undefined },
  ...{ until: undefined, reach: navigator.onLine ? "" : "no", sending: false, contact: undefined, trouble: "" },
};
/** @type {(() => Promise<unknown>) | undefined} */
let send;

/**
 * Hear what the phone holds, once it is known and whenever it changes.
 * @param {(view: View) => void} listener
 */
export function watch(listener) {
  listeners.add(listener);
  if (known) listener(view);
}

/** Send what waits, because somebody asks for it. */
export async function sendNow() {
  await opened;
  await send?.();
}

let hasLeft = false;

/** Whoever signs out is known here no more, whatever answer is still on its way. */
export async function forget() {
  hasLeft = true;
  await (await outbox).setState("who", undefined);
}

/** @param {object} who */
const meet = async (who) => hasLeft || (await outbox).setState("who", who);

let known = false;
let turn = Promise.resolve();

/** Look again, one at a time. @param {Partial<View>} [news] */
function look(news = {}) {
  turn = turn.then(async () => {
    view = { ...view, ...news };
    view = { ...view, ...(await read().catch(meaning)) };
    known = true;
    for (const listener of listeners) listener(view);
  });
  return turn;
}

/** Why the phone keeps nothing; what was known before stands. @param {any} error @returns {Partial<View>} */
function meaning(error) {
  if (!error.reason) reportError(error);
  return { trouble: error.reason ?? "unavailable" };
}

async function read() {
  const box = await outbox;
  const mine = await account();
  const [who, tallies, hold, contact] = await Promise.all(
    ["who", "tallies", "hold", "contact"].map((key) => box.state(key)),
  );
  const rows = mine === null ? [] : await box.list(mine);
  return {
    account: mine,
    kinds: who?.kinds,
    rows,
    byKind: mine === null ? {} : await box.waitingByKind(mine),
    ...(await box.count(mine ?? 0)),
    tallies,
    reach: view.reach === "" && hold?.why === "offline" ? /** @type {const} */ ("no") : view.reach,
    until: hold?.until > Date.now() && hold.why !== "offline" ? hold.until : undefined,
    contact,
  };
}

/** Ask the server who is signed in, which also tells the figures and whether it was restored. */
async function ask() {
  const box = await outbox;
  const told = await fetch("/whoami", {
    cache: "no-store",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
    .then(async (answer) => (answer.ok ? answer.json() : {}))
    .catch((error) => (error instanceof SyntaxError ? {} : null));
  if (!told) return look({ reach: "no" });
  if (typeof told.epoch !== "string" || told.account === undefined) return look({ reach: "trouble" });
  await box.setState("contact", Date.now());
  if (await box.meet(told.epoch)) send?.();
  if (told.account === null) return look({ reach: "signed-out" });
  const { account: signedIn, name, organisation, kinds, tallies, codes } = told;
  await meet({ account: signedIn, name, organisation, kinds, asked: Date.now() });
  if (tallies) await box.setState("tallies", tallies);
  if (codes) await stock(box, signedIn, codes);
  return look({ reach: "yes" });
}

/** Whether somebody else, or nobody, was the last one known here, or long ago. */
async function isUnknown() {
  const who = await (await outbox).state("who");
  return isShell || who?.account !== (await account()) || !(Date.now() - who.asked < KNOWN_MS);
}

async function open() {
  const box = await outbox;
  await box.probe().catch((error) => look(meaning(error)));
  box.watch(({ about, status = "", trouble = view.trouble }) => {
    if (about === "drafts" || (about === "sending" && !status)) return;
    /** @type {Record<string, View["reach"]>} */
    const reaches = { sent: "yes", offline: "no", "signed-out": "signed-out", trouble: "trouble" };
    const reach = reaches[status] ?? view.reach;
    look(about === "sending" ? { sending: status === "sending", reach } : { trouble });
    if (status === "sent") box.setState("contact", Date.now());
    if (status === "other-account") ask();
  });
  await look();
  // Where nobody has signed in there is nobody to send for.
  if (view.account === null && !isShell) return;
  // The page itself says who is signed in, should there be no coverage from here on.
  if (view.account !== null && (await box.state("who"))?.account !== view.account)
    await meet({ account: view.account });
  // The page itself came from the server: a pause that the phone chose is over.
  if (!isShell && (await box.state("hold"))?.why !== "asked") await box.setState("hold", undefined);
  send = keepFlushing(box, window);
  addEventListener("online", ask);
  addEventListener("offline", () => look({ reach: "no" }));
  if (await isUnknown()) await ask();
}

/** @type {Promise<void>} */
const opened = open().catch((error) => look(meaning(error)));
