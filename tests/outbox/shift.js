// A random shift: people save, correct, void and send while whatever can go wrong does; and what they said in the end.

import assert from "node:assert/strict";
import { Outbox } from "../../static/js/outbox/queue.js";
import { flush } from "../../static/js/outbox/send.js";
import { Life, Network } from "./faults.js";
import { Disk, MemoryStore } from "./memory.js";

const MINUTE = 60_000;
const WHY = { reason: "wrong-count" };
const NEVER = new Promise(() => {});
const TOO_MANY = 10_000;

/** Numbers that look random and come again with the same seed. @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const SAYING = { save: 10, change: 7, undo: 3, discard: 1 };
const SENDING = { send: 14, sendTwice: 3, sendSlowly: 2, answerComes: 2, again: 3 };
const HAPPENING = { doom: 3, kill: 2, offline: 1, online: 4, wait: 2, clock: 1, restore: 4 };
const BEING = { signIn: 5, signOut: 1, expire: 1 };
const ACTIONS = Object.entries({ ...SAYING, ...SENDING, ...HAPPENING, ...BEING }).flatMap(([name, weight]) =>
  Array(weight).fill(name),
);

/** What happens in a shift, each step with chance of its own, so that one can be left out. @param {number} seed */
export function plan(seed) {
  const next = random(seed);
  return Array.from({ length: 10 + next(20) }, () => ({ name: ACTIONS[next(ACTIONS.length)], seed: next(2 ** 31) }));
}

export class Shift {
  /** @param {{ url: string, people: { account: number, cookie: string }[], now: number }} place @param {(question: object) => Promise<any>} ask */
  constructor({ url, people, now }, ask) {
    this.people = people;
    this.ask = ask;
    this.time = now;
    this.disk = new Disk();
    this.network = new Network(url);
    /** What people said, by the entry's first id. */
    this.said = new Map();
    this.number = 0;
    this.slow = [];
  }

  async work(steps) {
    await this.start();
    await this.arrive(this.people[0]);
    for (const { name, seed } of steps) {
      if (this.life.isOver) await this.start();
      this.pick = random(seed);
      await this.alive(this[name]());
    }
    await this.heal();
    return this.judge();
  }

  /** Wait for it, unless the page dies first. */
  alive(work) {
    return Promise.race([work, this.life.end]);
  }

  async start() {
    this.life?.kill();
    this.life = new Life();
    this.outbox = this.tab();
    this.slow = [];
    // What a page was saving when it died is there, or it is not.
    await this.unsure?.();
    this.unsure = undefined;
  }

  tab() {
    return new Outbox(new MemoryStore(this.disk, this.life.step), { now: () => this.time });
  }

  /** The rows as they lie on the disk. */
  rows() {
    return [...this.disk.stores.entries.values()];
  }

  get who() {
    return this.disk.stores.state.get("who")?.value?.account;
  }

  item(vehicles) {
    const happened = new Date(this.time - this.pick(90) * MINUTE).toISOString();
    return { kind: "traffic-control", happened_at: happened, area: "brunflo", answers: { vehicles } };
  }

  /** A number that nobody said before; now and then one that no server takes. */
  say() {
    this.number += 1;
    return this.pick(5) ? this.number : TOO_MANY + this.number;
  }

  async save() {
    const account = this.who;
    if (!account) return;
    const item = { ...this.item(this.say()), id: this.outbox.newId() };
    if (this.pick(2)) Object.assign(item, { happened_at: new Date(this.time).toISOString(), untouched_now: true });
    const note = () => this.said.set(item.id, { account, numbers: [item.answers.vehicles] });
    this.unsure = () => this.rows().some(({ id }) => id === item.id) && note();
    await this.outbox.save(account, item);
    this.settle(note);
  }

  settle(note) {
    note();
    this.unsure = undefined;
  }

  /** One of the entries of whoever is signed in that is still there. */
  one() {
    const own = [...this.said].filter(([, { account, isVoid }]) => account === this.who && !isVoid);
    return own[this.pick(own.length || 1)];
  }

  async change() {
    const [id, known] = this.one() ?? [];
    if (!known || known.isGone) return;
    const vehicles = this.say();
    const note = () => known.numbers.push(vehicles);
    this.unsure = () => this.rows().some(({ item }) => item.answers.vehicles === vehicles) && note();
    await this.outbox.change(id, this.item(vehicles), WHY);
    this.settle(note);
  }

  /** Void. Nothing else is under way, so that afterwards one can tell whether it was kept. */
  async undo() {
    const [id, known] = this.one() ?? [];
    if (!known || known.isGone || this.slow.length) return;
    const note = () => Object.assign(known, { isVoid: true });
    const before = JSON.stringify(this.rows());
    this.unsure = () => JSON.stringify(this.rows()) !== before && note();
    await this.outbox.void(id, WHY);
    this.settle(note);
  }

  async discard() {
    const refused = this.rows().filter(({ state, account }) => state === "refused" && account === this.who);
    const row = refused[this.pick(refused.length || 1)];
    if (!row) return;
    const known = this.said.get(this.origin(row));
    const note = () => known.numbers.push(TOO_MANY) && !row.item.replaces && Object.assign(known, { isGone: true });
    this.unsure = () => !this.disk.stores.entries.has(row.id) && note();
    await this.outbox.discard(row.id);
    this.settle(note);
  }

  origin({ id, item }) {
    const before = item.replaces && this.disk.stores.entries.get(item.replaces);
    return before ? this.origin(before) : (item.replaces ?? id);
  }

  means(fault = this.network.fault(this.pick)) {
    const { life, network } = this;
    const fetch = (_address, options) => network.fetch(fault, life, options);
    return { fetch, locks: undefined, random: () => 0.5, urgent: this.pick(6) > 0 };
  }

  send() {
    return flush(this.outbox, this.means());
  }

  /** Two tabs at once, in a browser without locks. */
  sendTwice() {
    return Promise.all([flush(this.outbox, this.means()), flush(this.tab(), this.means())]);
  }

  /** An answer that comes while people do other things. */
  async sendSlowly() {
    let open;
    const gate = new Promise((resolve) => {
      open = resolve;
    });
    const { fetch, ...means } = this.means("none");
    const slowly = async (...request) => {
      const answer = await fetch(...request);
      await gate;
      return this.life.isOver ? NEVER : answer;
    };
    const done = flush(this.tab(), { ...means, fetch: slowly }).catch(() => {});
    this.slow.push(() => {
      open();
      return done;
    });
  }

  async answerComes() {
    await this.slow.shift()?.();
  }

  /** The network hands an old request on once more. */
  again() {
    return this.network.replay(this.pick);
  }

  async kill() {
    this.life.kill();
  }

  async doom() {
    this.life.steps = 1 + this.pick(25);
  }

  async offline() {
    this.network.isDown = true;
  }

  async online() {
    this.network.isDown = false;
  }

  async wait() {
    this.time += this.pick(12) * MINUTE;
  }

  async clock() {
    this.time += (this.pick(97) - 48) * 60 * MINUTE;
  }

  async signIn() {
    const chosen = this.people[this.pick(this.people.length)];
    this.network.cookie = chosen.cookie;
    // The phone need not have heard of it yet.
    if (this.pick(6)) await this.arrive(chosen);
  }

  /** A page of somebody who is signed in: it knows who, and the server's epoch. */
  async arrive({ account, cookie }) {
    this.network.cookie = cookie;
    await this.outbox.setState("who", { account });
    const epoch = await this.network.epoch();
    if (epoch) await this.outbox.setState("epoch", epoch);
  }

  async signOut() {
    this.network.cookie = undefined;
    await this.outbox.setState("who", undefined);
  }

  async expire() {
    this.network.cookie = undefined;
  }

  /** A copy of the server; from then on, back to the copy. */
  async restore() {
    await this.ask({ do: this.hasCopy ? "restore" : "snapshot" });
    this.hasCopy = true;
  }

  /** Everything works again, and everybody comes back. */
  async heal() {
    while (this.slow.length) await this.alive(this.slow.shift()());
    await this.start();
    this.network.isDown = false;
    for (const person of this.people) {
      await this.arrive(person);
      for (let round = 0; round < 4; round++) {
        this.time += 61 * MINUTE;
        await flush(this.outbox, { ...this.means("none"), urgent: true });
      }
    }
  }

  /** Acknowledged is stored is counted, once; nothing is lost; the content is as it was said last. */
  async judge() {
    const rows = this.rows();
    const left = rows.filter(({ state }) => state === "waiting");
    assert.deepEqual(left, [], "something still waits");
    const known = new Set([...this.network.ids, ...rows.map(({ id }) => id), ...this.said.keys()]);
    const stored = await this.ask({ do: "look", ids: [...known] });
    const byId = new Map(stored.map((entry) => [entry.id, entry]));
    for (const { id, state } of rows)
      assert.ok(state !== "sent" || byId.has(id), `${id} was acknowledged and is not stored`);
    const current = this.current(stored, byId);
    let vehicles = 0;
    for (const [id, { account, numbers, isVoid, isGone }] of this.said) {
      const counted = current.get(id) ?? [];
      const last = numbers.at(-1);
      const told = `${id} of ${account}, said ${numbers}${isVoid ? ", voided" : ""}: counted ${counted.map((one) => one.vehicles)}`;
      assert.ok(
        counted.every((one) => one.account === account),
        `${told} for somebody else`,
      );
      assert.ok(
        counted.every((one) => numbers.includes(one.vehicles)),
        told,
      );
      if (isVoid || isGone) assert.equal(counted.length, 0, told);
      else if (last < TOO_MANY)
        assert.deepEqual(
          counted.map((one) => one.vehicles),
          [last],
          told,
        );
      else assert.ok(counted.length <= 1, told);
      const isRefused = rows.some((row) => row.state === "refused" && row.item.answers.vehicles === last);
      assert.ok(isVoid || last <= TOO_MANY || isRefused, `${told}, and the phone has lost what was refused`);
      for (const one of counted) vehicles += one.vehicles;
    }
    assert.deepEqual(
      [...current.keys()].filter((id) => !this.said.has(id)),
      [],
      "counted though nobody said it",
    );
    return { counted: [...current.values()].flat().length, vehicles, versions: stored.length };
  }

  /** What counts, by the entry's first id. */
  current(stored, byId) {
    const replaced = new Set(stored.map(({ replaces }) => replaces));
    const origin = ({ id, replaces }) => (replaces ? origin(byId.get(replaces)) : id);
    const current = new Map();
    for (const entry of stored) {
      if (entry.void || replaced.has(entry.id)) continue;
      const first = origin(entry);
      current.set(first, [...(current.get(first) ?? []), { ...entry, account: byId.get(first).account }]);
    }
    return current;
  }
}
