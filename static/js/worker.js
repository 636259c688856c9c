// The worker: keeps the shell on the phone and answers with it where there is no coverage. It touches nothing but GET,
// and keeps nothing but what it was told: pages that are the same for everybody, and files by their content's hash.

import { openStore } from "./outbox/db.js";
import { Outbox } from "./outbox/queue.js";
import { flush } from "./outbox/send.js";

const PREFIX = "fieldlog-";
const PATIENCE_MS = 3_000;
/** The page that a push message is about. */
const WAITING = "/handovers";
const DONE = new Set(["sent", "idle"]);

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));

/**
 * Every page's address by language and path, and every file's.
 * @typedef {{ version: string, pages: Record<string, Record<string, string>>, files: string[] }} Shell
 */

/** @param {Shell} shell */
export function serve(shell) {
  const name = PREFIX + shell.version;
  const addresses = [...shell.files, ...Object.values(shell.pages).flatMap((pages) => Object.values(pages))];

  worker.addEventListener("install", (event) => event.waitUntil(keep(name, addresses)));
  worker.addEventListener("activate", (event) => event.waitUntil(takeOver(name)));
  worker.addEventListener("message", (event) => {
    if (event.data === "update") event.waitUntil(worker.skipWaiting());
  });
  worker.addEventListener("sync", (/** @type {any} */ event) => {
    if (event.tag === "outbox") event.waitUntil(send());
  });
  worker.addEventListener("push", (event) => {
    const { title, body } = event.data?.json() ?? {};
    event.waitUntil(worker.registration.showNotification(title, { body, tag: WAITING }));
  });
  worker.addEventListener("notificationclick", (event) => {
    event.notification.close();
    event.waitUntil(worker.clients.openWindow(WAITING));
  });
  worker.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== worker.location.origin) return;
    if (request.mode === "navigate") event.respondWith(open(event, url.pathname, shell, name));
    else if (url.pathname.startsWith("/static/") && url.searchParams.has("v"))
      event.respondWith(kept(name, request.url).then((file) => file ?? fetch(request)));
  });
}

/**
 * All or nothing: an address that does not give the very content that its hash names ends the installation.
 * @param {string} name @param {string[]} addresses
 */
async function keep(name, addresses) {
  const cache = await caches.open(name);
  try {
    await Promise.all(
      addresses.map(async (address) => {
        const answer = await fetch(address, { credentials: "omit" });
        const immutable = answer.headers.get("Cache-Control")?.includes("immutable");
        if (!answer.ok || !immutable) throw new Error(`${address} is not there`);
        await cache.put(address, answer);
      }),
    );
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
}

/** @param {string} name */
async function takeOver(name) {
  const old = (await caches.keys()).filter((one) => one.startsWith(PREFIX) && one !== name);
  await Promise.all(old.map((one) => caches.delete(one)));
  await worker.registration.navigationPreload?.enable();
  await worker.clients.claim();
}

/** @param {string} name @param {string} address */
async function kept(name, address) {
  return (await caches.open(name)).match(address);
}

/**
 * A page from the network. When that takes long or goes wrong, the shell's page of the same path; where it has none, the
 * network may take its time, and what comes instead of nothing is the offline page.
 * @param {FetchEvent} event @param {string} path @param {Shell} shell @param {string} name
 */
async function open(event, path, shell, name) {
  const answer = fetchPage(event);
  event.waitUntil(answer.catch(() => {}));
  const own = await ownPage(shell, name, path);
  try {
    const first = await (own ? Promise.race([answer, patience()]) : answer);
    if (!own || first.status < 500) return first;
  } catch {
    // No answer, or none in time.
  }
  return own ?? (await ownPage(shell, name, "/offline")) ?? Response.error();
}

/** What the browser began to fetch while this worker woke up, or else a fetch of our own. @param {FetchEvent} event */
async function fetchPage(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/** @returns {Promise<never>} */
function patience() {
  return new Promise((_resolve, reject) => setTimeout(reject, PATIENCE_MS));
}

/** @param {Shell} shell @param {string} name @param {string} path */
async function ownPage({ pages }, name, path) {
  const chosen = await worker.cookieStore?.get("language").catch(() => null);
  const address = (pages[chosen?.value ?? ""] ?? pages.sv)?.[path];
  return address && (await kept(name, address));
}

async function send() {
  const { status } = await flush(new Outbox(await openStore()));
  // The browser tries again, later and later, when this is said to have failed.
  if (!DONE.has(status)) throw new Error(status);
}
