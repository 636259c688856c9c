// The outbox: what somebody logged, and what became of it. Each change is one transaction.

import { attach } from "./attached.js";
import { away, settleAway } from "./away.js";
import { isWaiting } from "./pictures.js";
import { forget, opened } from "./room.js";
import { remember } from "./rows.js";
import { Shelf } from "./shelf.js";
import { hear } from "./told.js";

/** @import { Rows } from "./rows.js" */
/** @import { Answer, Batch, Item, Name, NewItem, NewPhoto, Photo, Row, Tx, Why } from "./types.js" */

/** @param {Blob} picture */
async function base64(picture) {
  const bytes = new Uint8Array(await picture.arrayBuffer());
  return btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ""));
}

const KEPT_MS = 30 * 24 * 3_600_000;
const MOST_AWAY = 200;

export class Outbox extends Shelf {
  /**
   * Keep what somebody wants to log; the form's draft goes with the same stroke. A form sent twice is one entry.
   * @param {number} account @param {NewItem} item @param {{ draft?: string, photos?: NewPhoto[] }} [options]
   * @returns {Promise<Row | null>} null when a void took back what was never sent
   */
  save(account, item, options) {
    return this.saveAll(account, [item], options).then(([row = null]) => row);
  }

  /**
   * The same for all that a form tells of; the photos go with the first.
   * @param {number} account @param {NewItem[]} items @param {{ draft?: string, photos?: NewPhoto[] }} [options]
   */
  saveAll(account, items, { draft, photos = [] } = {}) {
    // Storage that fails may have the work done over: they are the same entries then.
    const named = items.map((item) => ({ ...item, id: item.id ?? this.newId() }));
    return this.#change(account, async (rows) => {
      if (draft !== undefined) await rows.tx.remove("drafts", [account, draft]);
      const kept = await rows.keep(account, named);
      if (kept[0]) await attach(rows.tx, kept[0], photos);
      return kept;
    });
  }

  /**
   * Say something else: in place while no server can have it, as a correction otherwise.
   * @param {string} id the entry or any version of it @param {NewItem} item the new content @param {Why} [why]
   * @param {NewPhoto[]} [photos]
   */
  change(id, item, why = {}, photos = []) {
    return this.#change(id, async (rows) => attach(rows.tx, await rows.correct(rows.known(id), item, why), photos));
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
    return this.read(["entries", "state"], async (tx) => (await opened(tx, this)).all);
  }

  /** @param {string} id @returns {Promise<Row | undefined>} */
  find(id) {
    return this.read(["entries"], (tx) => tx.get("entries", id));
  }

  /** @param {number | null} [account] untried: of what waits; others: what waits for somebody else */
  async count(account) {
    const held = (await this.#rows()).filter(({ state }) => state !== "sent");
    const own = held.filter((row) => row.account === account);
    const waiting = own.filter(({ state }) => state === "waiting");
    const photos = (await this.#photos()).filter(isWaiting);
    const pictures = photos.filter((photo) => photo.account === account).length;
    return {
      waiting: waiting.length + pictures,
      untried: waiting.filter(({ tried }) => !tried).length,
      refused: own.length - waiting.length,
      others: held.length - own.length + photos.length - pictures,
    };
  }

  /** @param {number | null} [account] @returns {Promise<Photo[]>} */
  async photos(account) {
    return (await this.#photos()).filter((photo) => photo.account === account);
  }

  #photos() {
    return this.read(["photos"], (tx) => tx.all("photos"));
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

  /**
   * What has not been acknowledged, as a file that the server's command takes.
   * @param {number} account @param {Item[]} [unsaved] what could not even be kept
   */
  async file(account, unsaved = []) {
    // What could not even be kept is handed over though nothing can be read; a part of the rest never passes for all of it.
    const orNone = (/** @type {Error} */ error) => (unsaved.length ? [] : Promise.reject(error));
    const held = (await this.list(account).catch(orNone)).filter(({ state }) => state !== "sent");
    const left = (await this.photos(account).catch(orNone)).filter(isWaiting);
    const entries = [...held.map(({ item }) => item), ...unsaved].map(({ untouched_now: _, ...item }) => item);
    const read = async (/** @type {Photo} */ { picture, ...photo }) => ({ ...photo, content: await base64(picture) });
    return { account, exported_at: this.moment(), entries, photos: await Promise.all(left.map(read)) };
  }

  /** @template T @param {number | string} whose an account, or one of its rows @param {(rows: Rows) => Promise<T>} work */
  #change(whose, work) {
    const names = /** @type {Name[]} */ (["entries", "drafts", "state", "photos"]);
    return this.write(names, async (tx) => work(await this.#open(tx, whose)), "rows");
  }

  /** @param {Tx} tx @param {number | string} whose */
  async #open(tx, whose) {
    const rows = await opened(tx, this);
    const named = rows.all.find(({ id, item }) => id === whose || item.replaces === whose);
    const account = named?.account ?? whose;
    rows.all = rows.all.filter((row) => row.account === account);
    return rows;
  }

  /**
   * The next rows to send of whoever is signed in, marked as tried before a byte leaves; null when nobody is.
   * @param {Set<string>} done what had its turn in this round @param {number} most
   * @returns {Promise<Batch | null>}
   */
  take(done, most) {
    return this.write(["entries", "state"], async (tx) => {
      const account = (await tx.get("state", "who"))?.value?.account;
      if (!account) return null;
      const device = (await tx.get("state", "device"))?.value ?? (await remember(tx, "device", this.newId()));
      const rows = await this.#open(tx, account);
      const { batch, more } = rows.next(done, most);
      for (const row of batch) await rows.attempt(row);
      await remember(tx, "blocked", undefined);
      return { account, device, rows: batch, more, discarded: (await away(tx, account)).slice(0, MOST_AWAY) };
    });
  }

  /** Let others go before what a server choked on. @param {Batch} batch */
  postpone({ account, rows: sent }) {
    return this.write(["entries", "state"], async (tx) => (await this.#open(tx, account)).postpone(sent));
  }

  /** Write down what the server said of a batch; false when it did not speak of each row. @param {Batch} batch @param {Answer} answer */
  async settle(batch, { results, epoch, server_time, tallies, codes }) {
    await this.meet(epoch);
    return this.#change(batch.account, async (rows) => {
      const { tx } = rows;
      const silent = new Set(batch.rows.map(({ id }) => id));
      for (const { id, outcome, reasons, code } of results) {
        const sent = batch.rows.find((row) => row.id === id);
        if (!sent || !["accepted", "already", "waiting", "refused"].includes(outcome)) continue;
        silent.delete(id);
        const row = rows.find(id);
        if (row?.edition === sent.edition) await rows.answer(row, outcome, reasons ?? {}, { epoch, server_time, code });
      }
      // By both clocks, since a phone's may jump.
      const today = Math.min(this.now(), Date.parse(server_time));
      await forget(rows, ({ acknowledged_at }) => today - Date.parse(acknowledged_at ?? "") > KEPT_MS);
      await hear(rows, batch.account, { tallies, codes });
      await settleAway(tx, batch.account, batch.discarded);
      if (!silent.size) await remember(tx, "hold", undefined);
      return !silent.size;
    });
  }

  /**
   * A photo of whoever is signed in whose entry the server has, and the epoch of that.
   * @param {(photo: Photo) => boolean} isDue
   * @returns {Promise<{ photo?: Photo, epoch: string }>}
   */
  nextPhoto(isDue) {
    return this.read(["entries", "state", "photos"], async (tx) => {
      const who = (await tx.get("state", "who"))?.value?.account;
      const now = (await tx.get("state", "epoch"))?.value;
      const there = (await tx.all("entries"))
        .filter((row) => row.state === "sent" && row.epoch === now)
        .map(({ id }) => id);
      const isNext = (/** @type {Photo} */ photo) =>
        photo.account === who && photo.epoch !== now && !photo.reasons && there.includes(photo.entry) && isDue(photo);
      return { photo: (await tx.all("photos")).find(isNext), epoch: now };
    });
  }

  /** Write down what the server said of a photo, or that it said nothing. @param {string} id @param {Partial<Photo>} told */
  settlePhoto(id, told) {
    return this.write(
      ["photos"],
      async (tx) => {
        const photo = await tx.get("photos", id);
        if (photo) await tx.put("photos", { ...photo, ...told });
      },
      "rows",
    );
  }
}
