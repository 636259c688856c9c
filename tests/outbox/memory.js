// A store in memory with the contract of static/js/outbox/db.js, on a disk that outlives it; it can fail at any step.

import { StorageError } from "../../static/js/outbox/db.js";

/** What stays when the page dies. */
export class Disk {
  constructor() {
    this.stores = { entries: new Map(), drafts: new Map(), state: new Map(), photos: new Map() };
    this.queue = Promise.resolve();
    /** A reason to fail writing, such as "full". */
    this.fails = undefined;
    /** How many letters there is room for. */
    this.room = Number.POSITIVE_INFINITY;
  }
}

const id = (row) => row.id;
const keyOf = { entries: id, drafts: (row) => `${row.account}/${row.key}`, state: (row) => row.key, photos: id };
const plain = (key) => (Array.isArray(key) ? key.join("/") : key);

export const letters = (stores) => JSON.stringify(Object.values(stores).map((store) => [...store])).length;

export class MemoryStore {
  /** @param {Disk} disk @param {() => Promise<void>} [step] awaited wherever a page could die; never resolves when it does */
  constructor(disk, step = async () => {}) {
    this.disk = disk;
    this.step = step;
  }

  read(names, work) {
    return this.#run(names, work, false);
  }

  write(names, work) {
    return this.#run(names, work, true);
  }

  async #run(names, work, writes) {
    await this.step();
    const before = this.disk.queue;
    let end;
    this.disk.queue = new Promise((resolve) => {
      end = resolve;
    });
    try {
      await before;
      return await this.#transact(names, work, writes, end);
    } finally {
      end();
    }
  }

  async #transact(names, work, writes, end) {
    const { fails } = this.disk;
    if (fails) throw new StorageError(fails);
    const copies = Object.fromEntries(names.map((name) => [name, new Map(this.disk.stores[name])]));
    const step = () => this.step(end);
    let grows = false;
    const tx = {
      get: async (name, key) => {
        await step();
        return structuredClone(copies[name].get(plain(key)));
      },
      all: async (name) => {
        await step();
        return structuredClone([...copies[name].values()]);
      },
      put: async (name, value) => {
        await step();
        if (!writes) throw new Error("a reading transaction writes");
        grows = true;
        copies[name].set(keyOf[name](value), structuredClone(value));
      },
      remove: async (name, key) => {
        await step();
        if (!writes) throw new Error("a reading transaction writes");
        copies[name].delete(plain(key));
      },
    };
    const result = await work(tx);
    await step();
    if (grows && letters({ ...this.disk.stores, ...copies }) > this.disk.room) throw new StorageError("full");
    Object.assign(this.disk.stores, copies);
    await step();
    return result;
  }
}
