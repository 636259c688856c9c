// What the outbox's tests start from: a phone that can die and start again, and a server that answers as agreed.

import { Outbox } from "../../static/js/outbox/queue.js";
import { flush } from "../../static/js/outbox/send.js";
import { Disk, MemoryStore } from "./memory.js";

// node would wait for a channel as for a server.
globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref();
  }
};

export const NOW = Date.parse("2026-11-21T20:40:00Z");
export const MINUTE = 60_000;
export const DAY = 24 * 60 * MINUTE;
export const OFFICER = 17;
export const COLLEAGUE = 18;
export const WRONG = { reason: "wrong-count" };

/** An item to log. */
export function item(answers = {}, changed = {}) {
  return { kind: "traffic-control", happened_at: new Date(NOW).toISOString(), area: "brunflo", answers, ...changed };
}

export const json = (value, init) => Response.json(value, init);
export const page = (status = 200, headers = {}) =>
  new Response("<!doctype html><title>Logga in på wifi</title>", {
    status,
    headers: { "Content-Type": "text/html", ...headers },
  });

/** Takes entries in as the real door does: once each, corrections after what they correct. */
export class Server {
  constructor() {
    this.signedIn = OFFICER;
    this.epoch = "first";
    this.now = () => NOW;
    this.kept = new Map();
    this.requests = [];
    /** What is wrong with an entry, by field, or nothing. */
    this.check = () => undefined;
    /** Answers to give instead of the server's own, one for each request; a function is handed the server's own. */
    this.instead = [];
    this.fetch = this.fetch.bind(this);
  }

  async fetch(address, options) {
    const request = { address, options, sent: JSON.parse(options.body) };
    this.requests.push(request);
    const instead = this.instead.shift();
    if (instead instanceof Response) return instead;
    if (instead instanceof Error) throw instead;
    const answer = this.answer(request.sent);
    return (await instead?.(answer, request)) ?? answer;
  }

  answer({ account, entries }) {
    if (this.signedIn === null) return json({ error: "sign in" }, { status: 401 });
    if (account !== this.signedIn) return json({ error: "another account" }, { status: 409 });
    const sorted = [...entries].sort((one, other) => Boolean(one.replaces) - Boolean(other.replaces));
    const outcomes = new Map(sorted.map((entry) => [entry.id, this.take(account, entry)]));
    const results = entries.map(({ id }) => ({ id, ...outcomes.get(id) }));
    const tallies = { at: "now", kinds: { "traffic-control": `${this.current().length}` }, commitments: {} };
    return json({ results, tallies, server_time: new Date(this.now()).toISOString(), epoch: this.epoch, codes: [] });
  }

  take(account, { saved_at, untouched_now, ...entry }) {
    const known = this.kept.get(entry.id);
    if (known) {
      const isSame = known.account === account && known.content === JSON.stringify(entry);
      return isSame ? { outcome: "already" } : { outcome: "refused", reasons: { id: "taken" } };
    }
    if (entry.replaces) {
      if (!this.kept.has(entry.replaces)) return { outcome: "waiting", reasons: { replaces: "gone" } };
      const isStale = [...this.kept.values()].some((one) => one.entry.replaces === entry.replaces);
      if (isStale) return { outcome: "refused", reasons: { replaces: "stale" } };
    }
    const reasons = this.check(entry);
    if (reasons) return { outcome: "refused", reasons };
    this.kept.set(entry.id, { account, entry, content: JSON.stringify(entry) });
    return { outcome: "accepted" };
  }

  /** The answers of what counts now. */
  current() {
    const kept = [...this.kept.values()].map(({ entry }) => entry);
    const replaced = new Set(kept.map(({ replaces }) => replaces));
    return kept.filter(({ id, void: isVoid }) => !isVoid && !replaced.has(id)).map(({ answers }) => answers);
  }

  /** Go back to a backup. */
  restore(kept, epoch) {
    this.kept = new Map(kept);
    this.epoch = epoch;
  }
}

/** A phone on whose disk things stay; `open` starts the app on it. */
export class Phone {
  constructor({ server = new Server(), account = OFFICER } = {}) {
    this.disk = new Disk();
    this.server = server;
    this.time = NOW;
    this.disk.stores.state.set("who", { key: "who", value: { account } });
    this.open();
  }

  open(step) {
    this.outbox = new Outbox(new MemoryStore(this.disk, step), { now: () => this.time });
    return this.outbox;
  }

  save(answers, changed, options) {
    return this.outbox.save(OFFICER, item(answers, changed), options);
  }

  flush(options) {
    return flush(this.outbox, { fetch: this.server.fetch, locks: undefined, random: () => 0.5, ...options });
  }

  async states(account = OFFICER) {
    return (await this.outbox.list(account)).map(({ state }) => state);
  }
}
