// What the outbox keeps, sends and is told. Types alone: no browser fetches them.

export type Name = "entries" | "drafts" | "state" | "photos";

export interface Kept {
  entries: Row;
  drafts: Draft;
  photos: Photo;
  // biome-ignore lint/suspicious/noExplicitAny: each key has a value of its own
  state: { key: string; value: any };
}

/** One transaction. Its work waits for nothing else, or the transaction ends; it may run twice. */
export interface Tx {
  get<N extends Name>(store: N, key: IDBValidKey): Promise<Kept[N] | undefined>;
  all<N extends Name>(store: N): Promise<Kept[N][]>;
  put<N extends Name>(store: N, value: Kept[N]): Promise<void>;
  remove(store: Name, key: IDBValidKey): Promise<void>;
}

/** What the outbox needs of whatever keeps its rows. Writing is done once it is committed. */
export interface Store {
  read<T>(names: Name[], work: (tx: Tx) => Promise<T>): Promise<T>;
  write<T>(names: Name[], work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Why something replaces what was said before. */
export interface Why {
  reason?: string;
  explanation?: string;
}

/** An entry as it is handed to the outbox; what is missing is filled in. */
export interface NewItem extends Why {
  id?: string;
  kind: string;
  happened_at: string;
  saved_at?: string;
  untouched_now?: boolean;
  area?: string;
  answers: Record<string, unknown>;
  replaces?: string;
  void?: boolean;
  /** A yes to help: it takes a code when it is kept, to be written on the paper form. */
  handed_over?: boolean;
  code?: string;
}

/** An entry as the server takes it. */
export interface Item extends NewItem {
  id: string;
  saved_at: string;
}

export type Reasons = Record<string, string>;

export interface Row {
  id: string;
  /** Whose it is, for good. */
  account: number;
  /** The phone's own: clocks jump. */
  order: number;
  state: "waiting" | "sent" | "refused";
  /** Whether any server may have seen it. */
  tried: boolean;
  /** Counts the contents: an answer to an earlier one says nothing about this one. */
  edition: number;
  /** The life of the page that said when it happened. */
  page: string;
  item: Item;
  /** How often the server lacked what it builds on, or choked on it or on what went with it. */
  waits?: number;
  /** Since when the server lacks what it builds on, by the server's clock. */
  lacks?: string;
  /** By field; empty when the server would not even look at it. */
  reasons?: Reasons;
  /** The server's time. */
  acknowledged_at?: string;
  epoch?: string;
}

/** A photo as the form has it: of which row, and the picture made small. */
export interface NewPhoto {
  id: string;
  finding: string;
  picture: Blob;
}

export interface Photo extends NewPhoto {
  account: number;
  /** The version of the entry that it was saved with. It is sent once that is. */
  entry: string;
  /** Of the server that has it. */
  epoch?: string;
  /** Why the server will not have it. */
  reasons?: Reasons;
  /** When it last went without an answer of the server's own, and how often so far. */
  tried?: number;
  failures?: number;
}

export interface Draft {
  account: number;
  key: string;
  value: unknown;
  at: number;
}

/** Who makes rows, and when. */
export interface Maker {
  page: string;
  newId(): string;
  moment(): string;
}

export interface Change {
  about: Name | "rows" | "sending";
  status?: Status | "sending";
  until?: number;
  /** Why the phone could not keep something as it was. */
  trouble?: "full";
  /** In another tab, or in the worker. */
  elsewhere?: boolean;
}

export type Status = "idle" | "sent" | "busy" | "held" | "offline" | "signed-out" | "other-account" | "trouble";

/** How a round of sending ended; `until` is when the pause ends. */
export interface Outcome {
  status: Status;
  results: Result[];
  until?: number;
}

export interface Result {
  id: string;
  outcome: string;
  reasons?: Reasons;
  /** Of a yes to help. */
  code?: string;
}

export interface Tallies {
  at: string;
  kinds: Record<string, string>;
  commitments: Record<string, string>;
}

/** The server's answer to a batch. */
export interface Answer {
  results: Result[];
  epoch: string;
  server_time: string;
  tallies?: Tallies;
  codes?: string[];
}

/** Whoever is signed in, as the server told it. */
export interface Who {
  account: number;
  name: string;
  organisation: string;
  kinds: string[];
}

/** A pause: since when, until when, and whether the server asked for it. */
export interface Hold {
  since: number;
  until: number;
  why: "offline" | "trouble" | "asked";
  failures: number;
}

export interface Batch {
  account: number;
  device: string;
  rows: Row[];
  /** How many the phone still holds beside them. */
  more: number;
  /** What was refused and put away here. */
  discarded: string[];
}

export interface Means {
  fetch: typeof globalThis.fetch;
  locks: LockManager | undefined;
  now: () => number;
  random: () => number;
  /** A person asks, or the phone came online: a pause that we chose ourselves is over. */
  urgent: boolean;
}
