// Keeps what is typed until it is saved: a crash, a closed tab or a dead battery takes nothing of it.

import { fill, held } from "./answers.js";
import { hide, show } from "./notices.js";
import { wall } from "./wall.js";

const STALE_MS = 10 * 60_000;
const PASSING = ["saved", "kept", "like"];

/** @import { Outbox } from "../outbox/queue.js" */
/** @typedef {{ at: number, held: import("./answers.js").Held }} Draft */

export class DraftKeeper {
  #form;
  #outbox;
  #account;
  #again = false;
  #writes = false;

  /** @param {HTMLFormElement} form @param {Outbox} outbox @param {number} account */
  constructor(form, outbox, account) {
    this.#form = form;
    this.#outbox = outbox;
    this.#account = account;
  }

  /** The kind, and what the form was opened for; not what only tells how one came there. */
  get key() {
    const address = new URL(location.href);
    for (const name of PASSING) address.searchParams.delete(name);
    return `${this.#form.dataset.kind}${address.search}`;
  }

  /** Show what was typed before; from then on keep what is typed. @param {() => boolean} isTyped whether somebody was faster */
  async start(isTyped) {
    /** @type {Draft | undefined} */
    const draft = await this.#outbox.draft(this.#account, this.key);
    if (draft) this.#restore(draft);
    else if (isTyped()) this.keep();
    this.#form.addEventListener("input", (event) => event.target !== this.#form && this.keep());
  }

  /** @param {Draft} draft */
  #restore(draft) {
    const before = held(this.#form);
    // What was "Nu" then has passed by now.
    const passed = draft.held.happened_at?.[0] === "" && Date.now() - draft.at > STALE_MS;
    fill(this.#form, { ...draft.held, ...(passed && { happened_at: [wall(draft.at)] }) });
    this.#mark(true);
    show(this.#form, "draft", { time: draft.at })
      .querySelector("button")
      ?.addEventListener("click", () => {
        fill(this.#form, before);
        this.drop();
      });
  }

  /** Throw it away. */
  drop() {
    this.done();
    return this.#outbox.dropDraft(this.#account, this.key).catch(() => {});
  }

  /** Nothing of it is to be kept any more. */
  done() {
    this.pause();
    hide(this.#form, "draft");
    this.#mark(false);
  }

  /** What is not yet on its way to the disk stays off it. */
  pause() {
    this.#again = false;
  }

  /** With every change, one after the other: nothing can be put off until a page dies. */
  async keep() {
    this.#mark(true);
    this.#again = true;
    if (this.#writes) return;
    this.#writes = true;
    while (this.#again) {
      this.#again = false;
      const draft = { at: Date.now(), held: held(this.#form) };
      await this.#outbox.keepDraft(this.#account, this.key, draft).catch(() => {});
    }
    this.#writes = false;
  }

  /** @param {boolean} dirty */
  #mark(dirty) {
    document.documentElement.toggleAttribute("data-dirty", dirty);
  }
}
