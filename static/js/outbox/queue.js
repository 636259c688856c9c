// The outbox: what somebody logged, and what became of it. Each change is one transaction.

import { Rows } from "./rows.js";

/** @import { Answer, Batch, Change, Draft, Item, Name, NewItem, Row, Store, Tx, Why } from "./types.js" */

const BATCH_BYTES = 400_000;

/** @param {unknown} value */
export const weigh = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

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
    // node would wait for it.
    /** @type {any} */ (this.#channel)?.unref?.();
    this.#channel?.addEventListener("message", ({ data }) => this.#hear(data));
  }

  /** A UUIDv7. */
  newId() {
    const id = crypto.getRandomValues(new Uint8Array(16));
    const view = new DataView(id.buffer);
    view.setUint32(0, this.now() / 0x1_0000);
    view.setUint16(4, this.now());
    view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
    view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
    const hex = [...id].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  moment() {
    return new Date(this.now()).toISOString();
  }

  /**
   * Keep what somebody wants to log; the form's draft goes with the same stroke. A form sent twice is one entry.
   * @param {number} account @param {NewItem} item @param {{ draft?: string }} [options]
   * @returns {Promise<Row | null>} null when a void took back what was never sent
   */
  save(account, item, { draft } = {}) {
    return this.#change(account, async (rows) => {
      if (draft !== undefined) await rows.tx.remove("drafts", [account, draft]);
      const again = rows.find(item.id);
      if (again && isSame(again.item, item)) return again;
      const last = rows.latest(again?.id ?? item.replaces ?? "");
      if (!last) return rows.add(account, item);
      return item.void ? rows.takeBack(last, item) : rows.correct(last, item, item);
    });
  }

  /**
   * Say something else: in place while no server can have it, as a correction otherwise.
   * @param {string} id the entry or any version of it @param {NewItem} item the new content @param {Why} [why]
   */
  change(id, item, why = {}) {
    return this.#change(id, (rows) => rows.correct(known(rows, id), item, why));
  }

  /** Take an entry back: null when it was never sent. @param {string} id @param {Why} why */
  void(id, why) {
    return this.#change(id, (rows) => rows.takeBack(known(rows, id), why));
  }

  /** Remove a refused row on purpose, with what builds on it. @param {string} id */
  discard(id) {
    return this.#change(id, async (rows) => {
      const row = rows.find(id);
      if (row?.state !== "refused") return;
      await rows.removeAfter(row);
      await rows.remove(row);
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
    for (const { id, state, item } of rows) {
      const isNew = state === "waiting" && !item.replaces && !voided.includes(id);
      if (isNew) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
    }
    return counts;
  }

  /** @param {number} account @returns {Promise<Draft[]>} */
  async drafts(account) {
    const drafts = await this.#store.read(["drafts"], (tx) => tx.all("drafts"));
    return drafts.filter((draft) => draft.account === account);
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
    const items = held.filter(({ state }) => state !== "sent").map(({ item }) => item);
    const entries = [...items, ...unsaved].map(({ untouched_now: _, ...item }) => item);
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
    this.#channel?.postMessage(change);
    this.#hear(change);
  }

  /** @param {Change} change */
  #hear(change) {
    for (const listener of this.#listeners) listener(change);
  }

  /** @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work @param {Change["about"]} about */
  async #write(names, work, about) {
    const result = await this.#store.write(names, work);
    this.tell({ about });
    return result;
  }

  /** @template T @param {number | string} whose an account, or one of its rows @param {(rows: Rows) => Promise<T>} work */
  #change(whose, work) {
    const names = /** @type {Name[]} */ (["entries", "drafts", "state"]);
    return this.#write(names, async (tx) => work(await this.#open(tx, whose)), "rows");
  }

  /** @param {Tx} tx @param {number | string} whose */
  async #open(tx, whose) {
    /** @type {Row[]} */
    const all = await tx.all("entries");
    const named = all.find(({ id, item }) => id === whose || item.replaces === whose);
    const account = named?.account ?? whose;
    return new Rows(
      tx,
      all.filter((row) => row.account === account),
      this,
    );
  }

  /**
   * The next rows to send of whoever is signed in, marked as tried before a byte leaves; null when nobody is.
   * What waits for something else goes last, so that it holds nobody up.
   * @param {Set<string>} done what had its turn in this round @param {number} most
   * @returns {Promise<Batch | null>}
   */
  take(done, most) {
    return this.#store.write(["entries", "state"], async (tx) => {
      const account = (await tx.get("state", "who"))?.value?.account;
      if (!account) return null;
      const device = (await tx.get("state", "device"))?.value ?? (await remember(tx, "device", this.newId()));
      const rows = await this.#open(tx, account);
      const epoch = (await tx.get("state", "epoch"))?.value;
      if (epoch) await rows.recall(epoch);
      const waiting = rows.all.filter(({ id, state }) => state === "waiting" && !done.has(id));
      waiting.sort((one, other) => (one.waits ?? 0) - (other.waits ?? 0));
      let size = 0;
      const end = waiting.findIndex((row, place) => {
        size += weigh(row.item);
        return place > 0 && (place >= most || size > BATCH_BYTES);
      });
      const batch = end < 0 ? waiting : waiting.slice(0, end);
      for (const row of batch) await rows.attempt(row);
      return { account, device, rows: batch, more: waiting.length - batch.length };
    });
  }

  /** Write down what the server said of a batch. @param {Batch} batch @param {Answer} answer */
  settle(batch, answer) {
    return this.#change(batch.account, async (rows) => {
      for (const { id, outcome, reasons = {} } of answer.results) {
        const sent = batch.rows.find((row) => row.id === id);
        const row = rows.all.find((one) => one.id === id && one.edition === sent?.edition);
        if (!row) continue;
        const known = outcome === "refused" && row.acknowledged_at && "id" in reasons;
        if (outcome === "accepted" || outcome === "already" || known) await rows.acknowledge(row, answer);
        else if (row.state !== "waiting") continue;
        else if (outcome === "refused") await rows.refuse(row, reasons);
        else if (outcome === "waiting") await rows.delay(row);
      }
      const { epoch, tallies, server_time } = answer;
      await rows.recall(epoch);
      // By both clocks, since a phone's may jump.
      await rows.forget(Math.min(this.now(), Date.parse(server_time)));
      await remember(rows.tx, "epoch", epoch);
      await remember(rows.tx, "hold", undefined);
      const who = (await rows.tx.get("state", "who"))?.value;
      if (tallies && who?.account === batch.account) await remember(rows.tx, "tallies", tallies);
    });
  }
}

/** @template T @param {Tx} tx @param {string} key @param {T} value @returns {Promise<T>} */
async function remember(tx, key, value) {
  await (value === undefined ? tx.remove("state", key) : tx.put("state", { key, value }));
  return value;
}

/** @param {Rows} rows @param {string} id */
function known(rows, id) {
  const row = rows.latest(id);
  if (!row) throw new RangeError(`no ${id} in the outbox`);
  return row;
}

/** Whether a form says the same again; a time left at now says a later one. @param {NewItem} one @param {NewItem} other */
function isSame(one, other) {
  const { happened_at, untouched_now } = one;
  const kept = untouched_now && other.untouched_now ? { happened_at, saved_at: "" } : { saved_at: "" };
  return JSON.stringify({ ...one, ...kept }) === JSON.stringify({ ...other, ...kept });
}
