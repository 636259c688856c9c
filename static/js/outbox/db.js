// The only one that knows IndexedDB. Opens it, opens it again when the phone closed it, and says why when it cannot.

const NAME = "fieldlog";
const VERSION = 2;
const OPENING_MS = 4_000;
// A slow phone's disk takes its time; what takes longer than this never answers.
const ANSWER_MS = 10_000;
/** @type {Record<string, string | string[]>} */
const KEYS = { entries: "id", drafts: ["account", "key"], state: "key", photos: "id" };

/** @typedef {"full" | "closed" | "unavailable"} Reason */
/** @typedef {"entries" | "drafts" | "state" | "photos"} Name */
/**
 * @typedef {object} Tx One transaction. Its work waits for nothing else, or the transaction ends, and may run twice.
 * @property {(store: Name, key: IDBValidKey) => Promise<any>} get
 * @property {(store: Name) => Promise<any[]>} all
 * @property {(store: Name, value: object) => Promise<void>} put
 * @property {(store: Name, key: IDBValidKey) => Promise<void>} remove
 */
/**
 * @typedef {object} Store What the outbox needs of whatever keeps its rows.
 * @property {<T>(names: Name[], work: (tx: Tx) => Promise<T>) => Promise<T>} read
 * @property {<T>(names: Name[], work: (tx: Tx) => Promise<T>) => Promise<T>} write resolves once committed
 */

export class StorageError extends Error {
  /** @param {Reason} reason @param {unknown} [cause] */
  constructor(reason, cause) {
    super(`storage ${reason}`, { cause });
    this.name = "StorageError";
    this.reason = reason;
  }
}

/**
 * @param {unknown} error
 * @param {Reason} otherwise
 * @returns {unknown} what it means for the person; an error of the work itself stays what it is
 */
function meaning(error, otherwise) {
  if (!(error instanceof DOMException)) return error;
  return new StorageError(error.name === "QuotaExceededError" ? "full" : otherwise, error);
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * @param {IDBFactory} factory
 * @param {number | undefined} version none opens whatever a newer app left
 * @returns {Promise<IDBDatabase>}
 */
function connect(factory, version) {
  return new Promise((resolve, reject) => {
    let late = false;
    const request = factory.open(NAME, version);
    // A tab that does not let go, or Safari that never answers, must not hold the form up.
    const timer = setTimeout(() => {
      late = true;
      reject(new StorageError("closed"));
    }, OPENING_MS);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(KEYS)) {
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
      }
    };
    request.onsuccess = () => {
      clearTimeout(timer);
      if (late) request.result.close();
      else resolve(request.result);
    };
    request.onerror = () => {
      clearTimeout(timer);
      reject(request.error);
    };
  });
}

/** @implements {Store} */
class Database {
  /** @type {Promise<IDBDatabase> | undefined} */
  #connection;
  /** @type {IDBDatabase | undefined} */
  #open;
  #factory;

  /** @param {IDBFactory} factory */
  constructor(factory) {
    this.#factory = factory;
  }

  async open() {
    this.#connection ??= this.#connect();
    try {
      return await this.#connection;
    } catch (error) {
      this.#connection = undefined;
      throw meaning(error, "unavailable");
    }
  }

  async #connect() {
    const database = await connect(this.#factory, VERSION).catch((error) => {
      // What a newer app left is opened as it is; one that was being wiped can be opened by now.
      if (!(error instanceof DOMException)) throw error;
      return connect(this.#factory, error.name === "VersionError" ? undefined : VERSION);
    });
    const lost = () => this.#letGo(database);
    database.onclose = lost;
    database.onversionchange = lost;
    this.#open = database;
    return database;
  }

  /** @param {IDBDatabase} database one that was replaced leaves its successor be */
  #letGo(database) {
    database.close();
    if (database === this.#open) this.#open = this.#connection = undefined;
  }

  /** @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work @returns {Promise<T>} */
  read(names, work) {
    return this.#twice(names, "readonly", work);
  }

  /** @template T @param {Name[]} names @param {(tx: Tx) => Promise<T>} work @returns {Promise<T>} */
  write(names, work) {
    return this.#twice(names, "readwrite", work);
  }

  /** @template T @param {Name[]} names @param {IDBTransactionMode} mode @param {(tx: Tx) => Promise<T>} work @returns {Promise<T>} */
  async #twice(names, mode, work, isAgain = false) {
    const database = await this.open();
    try {
      return await run(database, names, mode, work);
    } catch (error) {
      const told = meaning(error, "closed");
      if (isAgain || !(told instanceof StorageError) || told.reason === "full") throw told;
    }
    // iOS closes a database under memory pressure. What was aborted left no trace, so it is done over.
    this.#letGo(database);
    return this.#twice(names, mode, work, true);
  }
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {Name[]} names
 * @param {IDBTransactionMode} mode
 * @param {(tx: Tx) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function run(database, names, mode, work) {
  const transaction = database.transaction(names, mode, { durability: "strict" });
  const ended = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
    setTimeout(reject, ANSWER_MS, new DOMException("", "TimeoutError"));
  });
  const lost = new Promise((_, reject) => ended.catch(reject));
  lost.catch(() => {});
  try {
    /** @type {Tx} */
    const tx = {
      get: (store, key) => answer(transaction.objectStore(store).get(key)),
      all: (store) => answer(transaction.objectStore(store).getAll()),
      put: (store, value) => answer(transaction.objectStore(store).put(value)).then(() => {}),
      remove: (store, key) => answer(transaction.objectStore(store).delete(key)),
    };
    const result = await Promise.race([work(tx), lost]);
    await ended;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It had ended by itself, and says why better than the request that it took along.
      if (error instanceof DOMException) await ended;
    }
    throw error;
  }
}

/**
 * Open what the phone keeps. Throws a StorageError where it keeps nothing.
 * @param {IDBFactory} [factory]
 * @returns {Promise<Store>}
 */
export async function openStore(factory) {
  try {
    // Looking at it throws where storage is forbidden.
    const database = new Database(factory ?? globalThis.indexedDB);
    await database.open();
    return database;
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError("unavailable", error);
  }
}
