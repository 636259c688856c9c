// Saves into the phone first, then tells what the server said of it. Where the phone keeps nothing, the plain form does it.

import { saveFile } from "../file.js";
import { account, outbox } from "../here.js";
import { isShell } from "../outbox-page.js";
import { again, entries, fillRemarks } from "./answers.js";
import { arrival } from "./arrival.js";
import { showKept } from "./camera.js";
import { DraftKeeper } from "./draft.js";
import { tell } from "./kept.js";
import { latest, prefill, question } from "./linked.js";
import { askReason, mend, needsReason, why } from "./mend.js";
import { ask, forgive, hide, interrupt, show } from "./notices.js";

/** @import { Outbox } from "../outbox/queue.js" */
/** @import { Row } from "../outbox/types.js" */
/** @typedef {{ box: Outbox, who: number, drafts: DraftKeeper, isSound: boolean }} Desk */

/** @param {HTMLFormElement} form */
function takeOver(form) {
  const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("id"));
  /** The id of the next entry: each is made once, however often it is sent. */
  let id = field.value;
  /** @type {Row | undefined} the entry of the outbox that is open here */
  let open;
  /** @type {import("../outbox/types.js").Item[]} what could not be kept */
  let unsaved = [];
  let isTyped = false;
  let isBusy = false;
  let isPlain = false;
  /** Why nothing is kept here, as the notice of that name says it. */
  let hindrance = "nobody";
  let leaving = "";
  const desk = prepare();
  // Decided before anybody saves: while a form tells of one submit, it takes no other.
  desk.catch(() => {
    isPlain = !isShell;
  });

  /** @returns {Promise<Desk | undefined>} nothing where nobody is known, or somebody who does not log this */
  async function prepare() {
    const box = await outbox;
    const who = await account();
    const known = isShell && (await box.state("who"));
    const isOthers = known?.account === who && known.kinds?.includes(form.dataset.logs) === false;
    if (isOthers) hindrance = "not-yours";
    if (isOthers || who === null) return void show(form, hindrance);
    const isSound = await box.probe().then(
      () => true,
      () => false,
    );
    id ||= box.newId();
    const drafts = new DraftKeeper(form, box, who);
    const asked = new URLSearchParams(location.search).get("edit");
    open = latest(await box.list(who), asked);
    if (open) {
      mend(form, open, remove);
      for (const photo of await box.photos(who)) if (photo.entry === open.id) showKept(form, photo);
    } else if (asked) show(form, "gone");
    await prefill(form, box, who);
    await drafts.start(() => isTyped);
    return { box, who, drafts, isSound };
  }

  /** What was photographed, of which row. @returns {import("../outbox/types.js").NewPhoto[]} */
  function photos() {
    return [...form.querySelectorAll(".photos li")].map((/** @type {any} */ item) => ({
      ...item.photo,
      finding: item.closest(".row-group").querySelector("[data-key]").value,
    }));
  }

  /** @param {Desk} desk @returns {Promise<Row | null | undefined>} what was kept */
  async function keep({ box, who, drafts }) {
    drafts.pause();
    const items = entries(form, open?.id ?? id, open?.item);
    const [item] = items;
    try {
      if (!open || !item) {
        return (await box.saveAll(who, items, { draft: drafts.key, photos: photos() })).at(-1);
      }
      // It may have been sent since it was opened here.
      open = (await box.find(open.id)) ?? open;
      if (needsReason(open) && askReason(form)) {
        hide(form, "queued");
        show(form, "tried");
        return undefined;
      }
      const row = await box.change(open.id, item, why(form), photos());
      drafts.drop();
      return row;
    } catch (error) {
      drafts.keep();
      unsaved = items.map(({ handed_over: _, ...one }) => ({ ...one, saved_at: box.moment() }));
      fail(error);
      return undefined;
    }
  }

  /** @param {any} error */
  function fail(error) {
    const notice = interrupt(form, "failed");
    if (error?.reason !== "full") notice.querySelector("[data-full]")?.remove();
    if (isShell || open) notice.querySelector("[data-plain]")?.remove();
    return notice;
  }

  /** @param {HTMLElement | null} button */
  async function post(button) {
    await desk.then((found) => found?.drafts.drop()).catch(() => {});
    field.value = id;
    isPlain = true;
    form.requestSubmit(button);
  }

  /** @param {HTMLButtonElement | null} button */
  async function save(button) {
    if (leaving) return location.assign(leaving);
    /** @type {Desk | undefined} */
    let found;
    try {
      found = await desk;
    } catch (error) {
      if (isShell) return fail(error).querySelector("[data-file]")?.remove();
    }
    if (button?.value === "clean") fillRemarks(form);
    if (!isShell && (!found?.isSound || button?.dataset.plain === "")) return post(button);
    if (!found) return interrupt(form, hindrance);
    forgive(form);
    if (ask(form)) return;
    const row = await keep(found);
    if (row) await after(found, row, button?.value === "again");
  }

  /** @param {Desk} desk @param {Row} row @param {boolean} stays */
  async function after({ box, drafts }, row, stays) {
    for (const name of ["questions", "failed", "gone"]) hide(form, name);
    const next = open ? "" : question(form, row.item);
    const state = stays && !next ? undefined : await arrival(box, row.id);
    drafts.done();
    if (state === "refused" && !form.dataset.apart) {
      open = (await box.find(row.id)) ?? row;
      mend(form, open, remove);
      return;
    }
    id = box.newId();
    unsaved = [];
    // Without coverage only the worker has a page to go to.
    const canLeave = navigator.onLine || navigator.serviceWorker?.controller;
    if (!open && ((stays && !next) || !canLeave)) {
      again(form);
      scrollTo({ top: 0 });
      // Not waited for: whoever saves again meanwhile is heard.
      void tell(row.id);
      return;
    }
    const target = new URL(next || (open ? form.dataset.entries : form.dataset.kept) || "", location.href);
    if (!open) target.searchParams.set(state === "sent" ? "saved" : "kept", row.id);
    leaving = target.href;
    location.assign(leaving);
  }

  async function remove() {
    const found = await desk;
    if (!found || !open) return;
    const { box, drafts } = found;
    try {
      const row = await box.void(open.id, why(form));
      drafts.drop();
      if (row) await arrival(box, row.id);
      location.assign(form.dataset.entries ?? "");
    } catch (error) {
      fail(error);
    }
  }

  form.addEventListener("input", (event) => {
    isTyped ||= event.target !== form;
  });
  form.addEventListener("click", async (event) => {
    if (!(/** @type {Element} */ (event.target).closest("[data-file]"))) return;
    const found = await desk;
    if (found) saveFile(await found.box.file(found.who, unsaved));
  });
  form.addEventListener("submit", (event) => {
    if (isPlain) return;
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    save(/** @type {HTMLButtonElement | null} */ (event.submitter)).finally(() => {
      isBusy = false;
    });
  });
  // The way back leads to a form that was saved: it begins anew.
  addEventListener(
    "pageshow",
    (/** @type {PageTransitionEvent} */ event) => event.persisted && leaving && location.reload(),
  );
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-kept]"));
if (form) takeOver(form);
