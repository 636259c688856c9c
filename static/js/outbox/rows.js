// The rows of the outbox as one transaction sees them, and the rules by which they change.

import { photosOf } from "./attached.js";
import { putAway } from "./away.js";
import { withCode } from "./codes.js";

/** @import { Maker, NewItem, Reasons, Row, Tx, Why } from "./types.js" */

/** @typedef {{ epoch: string, server_time: string, code?: string }} Told */

const BATCH_BYTES = 400_000;
const LOST_MS = 7 * 24 * 3_600_000;

/** @param {unknown} value */
export const weigh = (value) => new TextEncoder().encode(JSON.stringify(value)).length;

/** A UUIDv7, made by what browsers give to plain http too. @param {number} now */
export function newId(now) {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  const random = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const time = Math.max(0, Math.trunc(now)).toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`;
}

/** Undefined forgets. @template T @param {Tx} tx @param {string} key @param {T} value @returns {Promise<T>} */
export async function remember(tx, key, value) {
  await (value === undefined ? tx.remove("state", key) : tx.put("state", { key, value }));
  return value;
}

/** Whether a form says the same again; a time left at now says a later one. @param {NewItem} one @param {NewItem} other */
function isSame(one, other) {
  const isNow = one.untouched_now && other.untouched_now;
  const [said, again] = [one, other].map(({ saved_at: _, code: __, handed_over: ___, ...item }) =>
    JSON.stringify(Object.entries(isNow ? { ...item, happened_at: "" } : item).sort()),
  );
  return said === again;
}

/** Only what replaces something says why. @param {NewItem} said @returns {NewItem} */
function fitting({ replaces, void: isVoid, reason, explanation, ...item }) {
  return replaces ? { ...item, replaces, void: isVoid, reason, explanation } : item;
}

/** Whether the server has another content under its id. @param {Row} row */
const isTaken = ({ state, reasons = {} }) => state === "refused" && "id" in reasons;

/** Whether no server can have it. @param {Row} row */
export const isFree = (row) => !isTaken(row) && (row.state === "refused" || (row.state === "waiting" && !row.tried));

/** What has to be there before it. @param {Row} row */
const needs = ({ item }) => [item.replaces, ...Object.values(item.answers)];

export class Rows {
  /** @type {string | undefined} of the server, as last heard of */
  epoch;

  /** @param {Tx} tx @param {Row[]} all of one account @param {Maker} by */
  constructor(tx, all, by) {
    this.tx = tx;
    this.all = all.sort((one, other) => one.order - other.order);
    this.by = by;
  }

  /** @param {any} id */
  find(id) {
    return this.all.find((row) => row.id === id);
  }

  /** What corrects it. @param {string} id */
  #after(id) {
    return this.all.find(({ item }) => item.replaces === id);
  }

  /** The last version of an entry. @param {string} id the entry or any version of it */
  latest(id) {
    let last = this.find(id) ?? this.#after(id);
    for (let next = last; next; next = this.#after(next.id)) last = next;
    return last;
  }

  /** @param {string} id */
  known(id) {
    const row = this.latest(id);
    if (!row) throw new RangeError(`no ${id} in the outbox`);
    return row;
  }

  /** @param {Row} row @param {Partial<Row>} [changes] */
  async #put(row, changes) {
    await this.tx.put("entries", Object.assign(row, changes));
    return row;
  }

  /** What is linked to an entry that never came in would wait for ever: it is to be mended. @param {Row} row */
  async remove(row) {
    await this.tx.remove("entries", row.id);
    if (row.state === "refused") await putAway(this.tx, row.account, row.id);
    for (const { id } of await photosOf(this.tx, row.id)) await this.tx.remove("photos", id);
    this.all = this.all.filter((one) => one !== row);
    const isLinked = (/** @type {Row} */ { item }) => Object.values(item.answers).includes(row.id);
    for (const other of row.state === "sent" ? [] : this.all.filter(isLinked)) {
      if (this.all.includes(other)) await this.#refuse(other, {});
      if (this.all.includes(other) && isLinked(other)) await this.#put(other, { state: "refused", reasons: {} });
    }
  }

  /** A form sent twice is one entry. @param {number} account @param {(NewItem & { id: string })[]} items */
  async keep(account, items) {
    /** @type {(Row | null)[]} */
    const kept = [];
    for (const item of items) {
      const again = this.find(item.id);
      const last = this.latest(again ? item.id : (item.replaces ?? ""));
      if (again && isSame(again.item, item)) kept.push(again);
      else if (!last) kept.push(await this.add(account, item));
      else kept.push(await (item.void ? this.takeBack(last, item) : this.correct(last, item, item)));
    }
    return kept;
  }

  /** @param {number} account @param {NewItem} said @param {string} [page] @param {Row} [before] what it corrects */
  async add(account, said, page = this.by.page, before) {
    const order = ((await this.tx.get("state", "order"))?.value ?? 0) + 1;
    await this.tx.put("state", { key: "order", value: order });
    const content = await withCode(this.tx, account, fitting(said), before);
    const item = { id: this.by.newId(), saved_at: this.by.moment(), ...content };
    /** @type {Row} */
    const row = { id: item.id, account, order, state: "waiting", tried: false, edition: 0, page, item };
    return this.#put(row);
  }

  /** Another content under the same id. @param {Row} row @param {NewItem} said @param {string} page */
  async #rewrite(row, said, page) {
    const content = await withCode(this.tx, row.account, fitting(said), row);
    for (const past of /** @type {const} */ (["reasons", "waits", "acknowledged_at", "epoch"])) delete row[past];
    const item = { ...content, id: row.id, saved_at: this.by.moment() };
    return this.#put(row, { state: "waiting", tried: false, edition: row.edition + 1, page, item });
  }

  /**
   * Say something else: in place while no server can have the last version, as a correction otherwise.
   * @param {Row} last @param {NewItem} said @param {Why} why
   */
  async correct(last, { void: _, id, saved_at, ...said }, { reason, explanation }) {
    const before = last.item;
    // A time that stays as it was is still the earlier page's.
    const page = said.happened_at === before.happened_at ? last.page : this.by.page;
    if (isFree(last)) {
      const why = { reason: reason ?? before.reason, explanation: explanation ?? before.explanation };
      return this.#rewrite(last, { ...said, ...why, replaces: before.replaces }, page);
    }
    if (before.void) throw new RangeError(`${last.id} is voided`);
    return this.add(last.account, { ...said, replaces: last.id, reason, explanation }, page, last);
  }

  /**
   * Take an entry back: what no server can have goes, the rest is voided.
   * @param {Row} last @param {Why} why @returns {Promise<Row | null>}
   */
  async takeBack(last, { reason, explanation }) {
    if (last.item.void && last.state !== "refused") return last;
    const { kind, happened_at } = last.item;
    let replaces = last.id;
    for (let row = this.find(replaces); row && isFree(row); row = this.find(replaces)) {
      await this.remove(row);
      if (!row.item.replaces) return null;
      replaces = row.item.replaces;
    }
    return this.add(last.account, { kind, happened_at, answers: {}, replaces, void: true, reason, explanation });
  }

  /** @param {Row} row @param {string} outcome @param {Reasons} reasons @param {Told} told */
  async answer(row, outcome, reasons, told) {
    // What was acknowledged and is there with other words was redacted: it counts.
    const isKnown = row.acknowledged_at && "id" in reasons;
    if (outcome === "accepted" || outcome === "already" || isKnown) await this.#acknowledge(row, told);
    else if (row.state !== "waiting") return;
    else if (outcome === "refused" || this.#isLost(row, told)) await this.#refuse(row, reasons);
    else await this.#put(row, { waits: (row.waits ?? 0) + 1, lacks: row.lacks ?? told.server_time });
  }

  /** Whether the server has lacked for a week what is not here either. @param {Row} row @param {Told} told */
  #isLost(row, { server_time }) {
    return Date.parse(server_time) - Date.parse(row.lacks ?? "") > LOST_MS && !needs(row).some((id) => this.find(id));
  }

  /** Let it go: the server has it. @param {Row} row @param {Told} told */
  async #acknowledge(row, told) {
    if (told.code) row.item.code = told.code;
    delete row.reasons;
    delete row.waits;
    delete row.lacks;
    await this.#put(row, { state: "sent", epoch: told.epoch, acknowledged_at: told.server_time });
    // Whoever takes a correction has what it corrects.
    const original = this.find(row.item.replaces);
    if (original?.state === "refused") await this.#acknowledge(original, told);
  }

  /** Have it mended. What was said since then of an entry that never came in is said in its place. @param {Row} row @param {Reasons} reasons */
  async #refuse(row, reasons) {
    await this.#put(row, { state: "refused", reasons });
    let last = row;
    for (let next = this.#after(row.id); !isTaken(row) && next && next.state !== "sent"; next = this.#after(next.id)) {
      for (const photo of await photosOf(this.tx, next.id)) await this.tx.put("photos", { ...photo, entry: row.id });
      await this.remove(next);
      last = next;
    }
    const { replaces } = row.item;
    if (last === row) return;
    if (last.item.void && !replaces) await this.remove(row);
    else await this.#rewrite(row, { ...last.item, replaces, handed_over: Boolean(last.item.code) }, last.page);
  }

  /**
   * What to send. What was held up before goes last and by itself, so that it holds nobody up; and so does what was never
   * tried, since there may be no room to mark it.
   * @param {Set<string>} done @param {number} most
   */
  next(done, most) {
    const waiting = this.all.filter(({ id, state }) => state === "waiting" && !done.has(id));
    /** @type {Map<unknown, number>} */
    const waits = new Map();
    const howOften = (/** @type {unknown} */ id) => waits.get(id) ?? 0;
    // What builds on an entry does not overtake it.
    for (const row of waiting) waits.set(row.id, Math.max(row.waits ?? 0, ...needs(row).map(howOften)));
    waiting.sort((one, other) => howOften(one.id) - howOften(other.id));
    let size = 0;
    const end = waiting.findIndex((row, place) => {
      size += weigh(row.item);
      const isApart = row.tried !== waiting[0]?.tried || (howOften(row.id) && !howOften(waiting[0]?.id));
      return place > 0 && (place >= most || size > BATCH_BYTES || isApart);
    });
    const batch = end < 0 ? waiting : waiting.slice(0, end);
    return { batch, more: waiting.length - batch.length };
  }

  /** Let others go before what a server choked on. @param {Row[]} sent */
  async postpone(sent) {
    for (const { id } of sent) {
      const row = this.find(id);
      if (row?.state === "waiting") await this.#put(row, { waits: (row.waits ?? 0) + 1 });
    }
  }

  /** A byte of it is about to leave. @param {Row} row */
  async attempt(row) {
    if (!row.tried) await this.#put(row, { tried: true });
  }
}
