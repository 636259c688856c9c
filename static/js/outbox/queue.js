// The outbox: what somebody logged, and what became of it. Each change is one transaction.

import { newId, Rows, remember } from "./rows.js";

/** @import { Answer, Batch, Change, Draft, Item, Name, NewItem, Row, Store, Tx, Why } from "./types.js" */

export class Outbox {
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

  newId() {
    return newId(this.now());
  }

  moment() {
    return new Date(this.now()).toISOString();
  }

  /**
   * Keep what somebody wants to log; the form's draft goes with the same stroke. A form sent twice is one entry.
   * @param {number} account @param {NewItem} item @param {{ draft?: string }} [options] @returns {Promise<Row | null>} null when a void took back what was never sent
   */
  save(account, item, options) {
    return this.saveAll(account, [item], options).then(([row = null]) => row);
  }

  /** The same for all that a form tells of. @param {number} account @param {NewItem[]} items @param {{ draft?: string }} [o] */
  saveAll(account, items, { draft } = {}) {
    // Storage that fails may have the work done over: they are the same entries then.
    const named = items.map((item) => ({ ...item, id: item.id ?? this.newId() }));
    return this.#change(account, async (rows) => {
      if (draft !== undefined) await rows.tx.remove("drafts", [account, draft]);
      return rows.keep(account, named);
    });
  }

  /**
   * Say something else: in place while no server can have it, as a correction otherwise.
   * @param {string} id the entry or any version of it @param {NewItem} item the new content @param {Why} [why]
   */
  change(id, item, why = {}) {
    return this.#change(id, (rows) => rows.correct(rows.known(id), item, why));
  }

  /** Take an entry back: null when it was never sent. @param {string} id @param {Why} why */
  void(id, why) {
    return this.#change(id, (rows) => rows.takeBack(rows.known(id), why));
  }

  /** Remove a refused row on purpose. @param {string} id */
  discard(id) {
    return this.#change(id, async (rows) => {
      const row = rows.find(id);
      if (row?.state === "refused") await rows.remove(row);
    });
  }

  /** Waiting, refused and, for thirty days, sent. @param {number | null} [account] */
  async list(account) {
    return (await this.#rows()).filter((row) => row.account === account);
  }

  /** @returns {Promise<Row[]>} */
  #rows() {
    return this.#store.read(["entries"], async (tx) => new Rows(tx, await tx.all("entries"), this).all);
  }

  /** @param {string} id @returns {Promise<Row | undefined>} */
  find(id) {
    return this.#store.read(["entries"], (tx) => tx.get("entries", id));
  }

  /** @param {number | null} [account] others: what waits for somebody else */
  async count(account) {
    const held = (await this.#rows()).filter(({ state }) => state !== "sent");
    const own = held.filter((row) => row.account === account);
    const waiting = own.filter(({ state }) => state === "waiting").length;
    return { waiting, refused: own.length - waiting, others: held.length - own.length };
  }

  /** New entries on their way, by kind. @param {number} account */
  async waitingByKind(account) {
    const rows = await this.list(account);
    const voided = rows.map(({ item }) => item.void && item.replaces);
    /** @type {Record<string, number>} */
    const counts = {};
    const news = rows.filter(({ id, state, item }) => state === "waiting" && !item.replaces && !voided.includes(id));
    for (const { item } of news) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
    return counts;
  }

  /** @param {number} account @returns {Promise<Draft[]>} */
  async drafts(account) {
    return (await this.#store.read(["drafts"], (tx) => tx.all("drafts"))).filter((draft) => draft.account === account);
  }

  /** @param {number} account @param {string} key @returns {Promise<any>} */
  async draft(account, key) {
    return (await this.#store.read(["drafts"], (tx) => tx.get("drafts", [account, key])))?.value;
  }

  /** @param {number} account @param {string} key @param {unknown} value */
  keepDraft(account, key, value) {
    const at = this.now();
    return this.#write(["drafts"], (tx) => tx.put("drafts", { account, key, value, at }), "drafts");
  }

  /** @param {number} account @param {string} key */
  dropDraft(account, key) {
    return this.#write(["drafts"], (tx) => tx.remove("drafts", [account, key]), "drafts");
  }

  /** @param {string} key @returns {Promise<any>} */
  async state(key) {
    return (await this.#store.read(["state"], (tx) => tx.get("state", key)))?.value;
  }

  /** @param {string} key @param {unknown} value undefined forgets */
  setState(key, value) {
    return this.#write(["state"], (tx) => remember(tx, key, value), "state");
  }

  /** Throw a StorageError when this phone cannot keep anything. */
  async probe() {
    for (const value of ["x".repeat(20_000), undefined]) {
      await this.#store.write(["state"], (tx) => remember(tx, "probe", value));
    }
  }

  /**
   * What has not been acknowledged, as a file that the server's command takes.
   * @param {number} account @param {Item[]} [unsaved] what could not even be kept
   */
  async file(account, unsaved = []) {
    const held = await this.list(account).catch((error) => (unsaved.length ? [] : Promise.reject(error)));
    const items = [...held.filter(({ state }) => state !== "sent").map(({ item }) => item), ...unsaved];
    const entries = items.map(({ untouched_now: _, ...item }) => item);
    const device = (await this.state("device").catch(() => {})) ?? this.newId();
    const at = this.moment();
    return { account, device, app: "", sent_at: at, exported_at: at, waiting: 0, entries };
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
   * A full phone gives up its copies of what was acknowledged before it refuses anything.
   * @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work @param {Change["about"]} [about] who hears
   */
  async #write(names, work, about) {
    const result = await this.#store.write(names, work).catch(async (error) => {
      if (error.reason !== "full") throw error;
      await this.#store.write(["entries"], async (tx) => {
        for (const { id, state } of await tx.all("entries")) if (state === "sent") await tx.remove("entries", id);
      });
      return this.#store.write(names, work);
    });
    if (about) this.tell({ about });
    return result;
  }

  /** @template T @param {number | string} whose an account, or one of its rows @param {(rows: Rows) => Promise<T>} work */
  #change(whose, work) {
    const names = /** @type {Name[]} */ (["entries", "drafts", "state"]);
    return this.#write(names, async (tx) => work(await this.#open(tx, whose)), "rows");
  }

  /** @param {Tx} tx @param {number | string} whose */
  async #open(tx, whose) {
    const all = await tx.all("entries");
    const named = all.find(({ id, item }) => id === whose || item.replaces === whose);
    const account = named?.account ?? whose;
    const own = all.filter((row) => row.account === account);
    return new Rows(tx, own, this);
  }

  /**
   * The next rows to send of whoever is signed in, marked as tried before a byte leaves; null when nobody is.
   * @param {Set<string>} done what had its turn in this round @param {number} most
   * @returns {Promise<Batch | null>}
   */
  take(done, most) {
    return this.#write(["entries", "state"], async (tx) => {
      const account = (await tx.get("state", "who"))?.value?.account;
      if (!account) return null;
      const device = (await tx.get("state", "device"))?.value ?? (await remember(tx, "device", this.newId()));
      const rows = await this.#open(tx, account);
      const epoch = (await tx.get("state", "epoch"))?.value;
      if (epoch) await rows.recall(epoch);
      const { batch, more } = rows.next(done, most);
      for (const row of batch) await rows.attempt(row);
      await remember(tx, "blocked", undefined);
      return { account, device, rows: batch, more };
    });
  }

  /** Let others go before what a server choked on. @param {Batch} batch */
  postpone({ account, rows: sent }) {
    return this.#write(["entries"], async (tx) => (await this.#open(tx, account)).postpone(sent));
  }

  /** Write down what the server said of a batch; false when it did not speak of each row. @param {Batch} batch @param {Answer} answer */
  settle(batch, { results, epoch, server_time, tallies }) {
    return this.#change(batch.account, async (rows) => {
      const { tx } = rows;
      await rows.recall(epoch);
      const silent = new Set(batch.rows.map(({ id }) => id));
      for (const { id, outcome, reasons } of results) {
        const sent = batch.rows.find((row) => row.id === id);
        if (!sent || !["accepted", "already", "waiting", "refused"].includes(outcome)) continue;
        silent.delete(id);
        const row = rows.find(id);
        if (row?.edition === sent.edition) await rows.answer(row, outcome, reasons ?? {}, { epoch, server_time });
      }
      // By both clocks, since a phone's may jump.
      await rows.forget(Math.min(this.now(), Date.parse(server_time)));
      await remember(tx, "epoch", epoch);
      const who = (await tx.get("state", "who"))?.value;
      if (tallies && who?.account === batch.account) await remember(tx, "tallies", tallies);
      if (!silent.size) await remember(tx, "hold", undefined);
      return !silent.size;
    });
  }
}
