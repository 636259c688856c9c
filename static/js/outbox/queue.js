// The outbox: what somebody logged and what became of it. Each change is one transaction.

import { add, correct, inOrder, isTaken, latest, removeAfter, takeBack } from "./versions.js";

/** @import { Name, Store, Tx } from "./db.js" */
/** @import { Item, NewItem, Row, Why } from "./versions.js" */
/** @typedef {{ about: "rows" | "drafts" | "state" | "sending", status?: string, until?: number }} Change */

export class Outbox {
  #store;
  #channel;
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();

  /**
   * @param {Store} store
   * @param {{ now?: () => number, page?: string }} [options] page: the life of this page, by a name of its own
   */
  constructor(store, { now = Date.now, page } = {}) {
    this.#store = store;
    this.now = now;
    this.page = page ?? this.newId();
    this.#channel = "BroadcastChannel" in globalThis ? new BroadcastChannel("outbox") : undefined;
    // node would wait for it.
    /** @type {any} */ (this.#channel)?.unref?.();
    this.#channel?.addEventListener("message", (event) => this.#hear(event.data));
  }

  /** A UUIDv7. */
  newId() {
    const id = crypto.getRandomValues(new Uint8Array(16));
    const view = new DataView(id.buffer);
    view.setUint32(0, this.now() / 0x1_0000);
    view.setUint16(4, this.now() % 0x1_0000);
    view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
    view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
    const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  moment() {
    return new Date(this.now()).toISOString();
  }

  /**
   * Keep what somebody wants to log; the form's draft goes with the same stroke.
   * @param {number} account
   * @param {NewItem} item
   * @param {{ draft?: string }} [options]
   * @returns {Promise<Row | null>} null when a void took back what was never sent
   */
  save(account, item, { draft } = {}) {
    return this.write(["entries", "drafts", "state"], async (tx) => {
      if (draft !== undefined) await tx.remove("drafts", [account, draft]);
      // A form sent twice is one entry.
      const again = item.id && (await tx.get("entries", item.id));
      if (again && sameContent(again.item, item)) return again;
      const about = again ? item.id : item.replaces;
      const rows = about ? await inOrder(tx) : [];
      const last = about && latest(rows, about);
      if (!last) return add(tx, this, account, item);
      return item.void ? takeBack(tx, this, rows, last, item) : correct(tx, this, rows, last, item, item);
    });
  }

  /**
   * Say something else: in place while no server can have it, as a correction otherwise.
   * @param {string} id the entry or any version of it
   * @param {NewItem} item the new content
   * @param {Why} [why]
   */
  change(id, item, why = {}) {
    return this.#onLatest(id, (tx, rows, last) => correct(tx, this, rows, last, item, why));
  }

  /**
   * Take an entry back: what no server can have goes, the rest is voided.
   * @param {string} id
   * @param {Why} why
   * @returns {Promise<Row | null>}
   */
  void(id, why) {
    return this.#onLatest(id, (tx, rows, last) => takeBack(tx, this, rows, last, why));
  }

  /** @template T @param {string} id @param {(tx: Tx, rows: Row[], last: Row) => Promise<T>} work */
  #onLatest(id, work) {
    return this.write(["entries", "state"], async (tx) => {
      const rows = await inOrder(tx);
      const last = latest(rows, id);
      if (!last) throw new RangeError(`no ${id} in the outbox`);
      return work(tx, rows, last);
    });
  }

  /** Remove a refused row on purpose, with what was built on it. @param {string} id */
  discard(id) {
    return this.write(["entries"], async (tx) => {
      const row = await tx.get("entries", id);
      if (row?.state !== "refused") return;
      if (!isTaken(row)) await removeAfter(tx, await inOrder(tx), id);
      await tx.remove("entries", id);
    });
  }

  /** Waiting, refused and, for thirty days, sent. @param {number} account */
  async list(account) {
    return (await this.#rows()).filter((row) => row.account === account);
  }

  #rows() {
    return this.#store.read(["entries"], inOrder);
  }

  /** @param {string} id @returns {Promise<Row | undefined>} */
  find(id) {
    return this.#store.read(["entries"], (tx) => tx.get("entries", id));
  }

  /** @param {number | null} [account] */
  async count(account) {
    const held = (await this.#rows()).filter((row) => row.state !== "sent");
    const own = held.filter((row) => row.account === account);
    const waiting = own.filter((row) => row.state === "waiting").length;
    return { waiting, refused: own.length - waiting, others: held.length - own.length };
  }

  /** New entries on their way, by kind. @param {number} account */
  async waitingByKind(account) {
    const rows = await this.list(account);
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { id, state, item } of rows) {
      if (state !== "waiting" || item.replaces || latest(rows, id)?.item.void) continue;
      counts[item.kind] = (counts[item.kind] ?? 0) + 1;
    }
    return counts;
  }

  /** @param {number} account @param {string} key @returns {Promise<any>} */
  async draft(account, key) {
    return (await this.#store.read(["drafts"], (tx) => tx.get("drafts", [account, key])))?.value;
  }

  /** @param {number} account @param {string} key @param {unknown} value */
  keepDraft(account, key, value) {
    return this.write(["drafts"], (tx) => tx.put("drafts", { account, key, value }), "drafts");
  }

  /** @param {number} account @param {string} key */
  dropDraft(account, key) {
    return this.write(["drafts"], (tx) => tx.remove("drafts", [account, key]), "drafts");
  }

  /** @param {string} key @returns {Promise<any>} */
  async state(key) {
    return (await this.#store.read(["state"], (tx) => tx.get("state", key)))?.value;
  }

  /** @param {string} key @param {unknown} value undefined forgets */
  setState(key, value) {
    const put = (/** @type {Tx} */ tx) => tx.put("state", { key, value });
    const remove = (/** @type {Tx} */ tx) => tx.remove("state", key);
    return this.write(["state"], value === undefined ? remove : put, "state");
  }

  /** Throw a StorageError when this phone cannot keep anything. */
  async probe() {
    await this.#store.write(["state"], (tx) => tx.put("state", { key: "probe", value: "x".repeat(20_000) }));
    await this.#store.write(["state"], (tx) => tx.remove("state", "probe"));
  }

  /**
   * What has not been acknowledged, as a file that the server's command takes.
   * @param {number} account
   * @param {Item[]} [unsaved] what could not even be kept
   */
  async file(account, unsaved = []) {
    const work = async (/** @type {Tx} */ tx) => ({ rows: await inOrder(tx), device: await this.device(tx) });
    const nothing = { rows: /** @type {Row[]} */ ([]), device: this.newId() };
    const { rows, device } = await this.#store
      .write(["entries", "state"], work)
      .catch((error) => (unsaved.length ? nothing : Promise.reject(error)));
    const held = rows.filter((row) => row.account === account && row.state !== "sent").map((row) => row.item);
    const entries = [...held, ...unsaved].map(({ untouched_now, ...item }) => item);
    const at = this.moment();
    return { account, device, app: "", sent_at: at, exported_at: at, waiting: 0, entries };
  }

  /** This phone's own name. @param {Tx} tx @returns {Promise<string>} */
  async device(tx) {
    const known = (await tx.get("state", "device"))?.value;
    if (known) return known;
    const value = this.newId();
    await tx.put("state", { key: "device", value });
    return value;
  }

  /** Hear of every change, in this tab or another. @param {(change: Change) => void} listener */
  watch(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Change} change */
  tell(change) {
    this.#channel?.postMessage(change);
    this.#hear(change);
  }

  /** @param {Change} change */
  #hear(change) {
    for (const listener of this.#listeners) listener(change);
  }

  /**
   * @template T
   * @param {Name[]} names
   * @param {(tx: Tx) => Promise<T>} work
   * @param {Change["about"]} [about]
   */
  async write(names, work, about = "rows") {
    const result = await this.#store.write(names, work);
    this.tell({ about });
    return result;
  }
}

/** @param {NewItem} one @param {NewItem} other */
function sameContent({ saved_at: _, ...one }, { saved_at: __, ...other }) {
  return JSON.stringify(one) === JSON.stringify(other);
}
