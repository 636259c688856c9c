// What the phone keeps of whatever kind, and who hears of a change: drafts, and what it knows.

import { giveUp, opened } from "./room.js";
import { newId, remember } from "./rows.js";

/** @import { Change, Draft, Name, Store, Tx } from "./types.js" */

export class Shelf {
  #store;
  #channel;
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();

  /** @param {Store} store @param {{ now?: () => number, page?: string }} [options] page: the life of this page */
  constructor(store, { now = Date.now, page } = {}) {
    this.#store = store;
    this.now = now;
    this.page = page ?? this.newId();
    this.#channel = globalThis.BroadcastChannel && new BroadcastChannel("outbox");
    this.#channel?.addEventListener("message", ({ data }) => this.#hear(data));
  }

  /** @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work */
  read(names, work) {
    return this.#store.read(names, work);
  }

  newId() {
    return newId(this.now());
  }

  moment() {
    return new Date(this.now()).toISOString();
  }

  /** @param {number} account @returns {Promise<Draft[]>} */
  async drafts(account) {
    return (await this.read(["drafts"], (tx) => tx.all("drafts"))).filter((draft) => draft.account === account);
  }

  /** @param {number} account @param {string} key @returns {Promise<any>} */
  async draft(account, key) {
    return (await this.read(["drafts"], (tx) => tx.get("drafts", [account, key])))?.value;
  }

  /** @param {number} account @param {string} key @param {unknown} value */
  keepDraft(account, key, value) {
    const at = this.now();
    return this.write(["drafts"], (tx) => tx.put("drafts", { account, key, value, at }), "drafts");
  }

  /** @param {number} account @param {string} key */
  dropDraft(account, key) {
    return this.write(["drafts"], (tx) => tx.remove("drafts", [account, key]), "drafts");
  }

  /** @param {string} key @returns {Promise<any>} */
  async state(key) {
    return (await this.read(["state"], (tx) => tx.get("state", key)))?.value;
  }

  /** @param {string} key @param {unknown} value undefined forgets */
  setState(key, value) {
    return this.write(["state"], (tx) => remember(tx, key, value), "state");
  }

  /** Throw a StorageError when this phone cannot keep anything. */
  async probe() {
    for (const value of ["x".repeat(20_000), undefined]) {
      await this.#store.write(["state"], (tx) => remember(tx, "probe", value));
    }
  }

  /** Hear of every change, in this tab or another. @param {(change: Change) => void} listener */
  watch(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Change} change */
  tell(change) {
    this.#channel?.postMessage({ ...change, elsewhere: true });
    this.#hear(change);
  }

  /** @param {Change} change */
  #hear(change) {
    // What was kept is kept, whatever goes wrong with telling of it.
    for (const listener of this.#listeners) queueMicrotask(() => listener(change));
  }

  /**
   * Hear which server it is, and whether that is news. The old one is forgotten first, which takes no room: then no copy
   * that the new one may lack is given up to write its name.
   * @param {string} epoch
   */
  async meet(epoch) {
    if ((await this.state("epoch")) === epoch) return false;
    await this.setState("epoch", undefined);
    await this.setState("epoch", epoch);
    return true;
  }

  /**
   * A full phone says so, and gives up copies of what the server has before it refuses anything.
   * @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work @param {Change["about"]} [about] who hears
   * @returns {Promise<T>}
   */
  async write(names, work, about) {
    try {
      const result = await this.#store.write(names, work);
      if (about) this.tell({ about });
      return result;
    } catch (/** @type {any} */ error) {
      if (error.reason !== "full") throw error;
      this.tell({ about: "state", trouble: "full" });
      const spare = async (/** @type {Tx} */ tx) => giveUp(await opened(tx, this));
      if (!(await this.#store.write(["entries", "state", "photos"], spare))) throw error;
    }
    return this.write(names, work, about);
  }
}
