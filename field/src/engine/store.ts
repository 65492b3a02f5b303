// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What lies on the phone: one small list of people, and one database for each of them.
 *
 * A later schema may add stores and indexes; it never touches what stands in `operations`.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Bytes } from "./bytes";
import type { Seen } from "./clock";
import type { Box, Lock } from "./keys";
import { URGENT, type Kind, type SealKey, type Standing } from "./wire";

/** One person on this phone, as everybody who holds it may see. */
export interface Listed {
  device: string;
  person: string;
  name: string;
  place: string;
  since: string;
}

interface PhoneSchema extends DBSchema {
  people: { key: string; value: Listed };
  settings: { key: string; value: string };
}

export type Phone = IDBPDatabase<PhoneSchema>;

export interface Identity {
  device: string;
  token: string;
  signing: CryptoKey;
  /** The public half of `signing`, with which a lost device is known again; an older app kept none. */
  point?: string;
  seal_key: SealKey;
  person: { id: string; name: string };
  place: { code: string; name: string };
  lock: Lock;
  /** Why the server no longer takes this device's token; its queue stays and is carried. */
  revoked: string;
  /** The same person's newer device that last told the server of this one, and in which history. */
  claimed_by?: string;
}

/** One signed operation and what became of it. Its bytes never change. */
export interface Kept {
  id: string;
  n: number;
  kind: Kind;
  text: string;
  sig: string;
  standing: Standing | "waiting";
  /** Its turn (`turnOf`) as long as it must be sent; absent otherwise. */
  queue?: number;
  code: string;
  why: string;
  owner: string;
  /** Server times: when it was answered, when it was known to be safe. */
  answered_at: string;
  safe_at: string;
}

/** A photo or recording of an operation: what is known of it. Its sealed bytes lie in `bytes`. */
export interface KeptBlob {
  id: string;
  op: string;
  /** Its operation's number. */
  n: number;
  type: string;
  size: number;
  standing: "waiting" | "here" | "refused";
  /** `n` as long as it must be sent; absent otherwise. */
  queue?: number;
  why: string;
  /** How often it arrived as something else. */
  tries: number;
  answered_at: string;
  /** Server time when it was known to be safe; an older app wrote none. */
  safe_at?: string;
}

/** One line of a person's own log book, readable with the PIN only. */
export interface Line {
  id: string;
  n: number;
  box: Box;
}

export interface Held {
  key: string;
  type: string;
  id: string;
  sort: string;
  box: Box;
}

/** How far the pull has come. `purge` waits until nothing waits to be sent. */
export interface Pulled {
  cursor: string | null;
  purge: string[];
  at: string;
}

interface State {
  identity: Identity;
  counter: number;
  epoch: string;
  clock: Seen;
  pulled: Pulled;
  tries: { wrong: number; until: number };
}

interface PersonSchema extends DBSchema {
  state: { key: string; value: State[keyof State] };
  operations: { key: string; value: Kept; indexes: { n: number; queue: number; standing: string } };
  lines: { key: string; value: Line; indexes: { n: number } };
  objects: { key: string; value: Held; indexes: { type: [string, string] } };
  blobs: { key: string; value: KeptBlob; indexes: { queue: number } };
  bytes: { key: string; value: Bytes };
}

export type Person = IDBPDatabase<PersonSchema>;

const PHONE = "binhyen-phone";
const personName = (device: string) => `binhyen-person-${device}`;

export function openPhone(): Promise<Phone> {
  return openDB<PhoneSchema>(PHONE, 1, {
    upgrade(db) {
      db.createObjectStore("people", { keyPath: "device" });
      db.createObjectStore("settings");
    },
  });
}

export function openPerson(device: string): Promise<Person> {
  return openDB<PersonSchema>(personName(device), 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore("state");
        const operations = db.createObjectStore("operations", { keyPath: "id" });
        operations.createIndex("n", "n", { unique: true });
        operations.createIndex("queue", "queue");
        operations.createIndex("standing", "standing");
        db.createObjectStore("lines", { keyPath: "id" }).createIndex("n", "n");
        db.createObjectStore("objects", { keyPath: "key" }).createIndex("type", ["type", "sort"]);
      }
      if (before < 2) {
        db.createObjectStore("blobs", { keyPath: "id" }).createIndex("queue", "queue");
        db.createObjectStore("bytes");
      }
    },
    blocking(_current, _blocked, event) {
      // A newer app in another tab waits for this one: let it through.
      (event.target as IDBDatabase).close();
    },
  });
}

interface StateStore {
  get(key: string): Promise<State[keyof State] | undefined>;
}

/** One value of `state`, typed, from a transaction's store. */
export async function stateOf<K extends keyof State>(store: StateStore, key: K): Promise<State[K] | undefined> {
  return (await store.get(key)) as State[K] | undefined;
}

export const readState = <K extends keyof State>(db: Person, key: K): Promise<State[K] | undefined> =>
  stateOf({ get: (name) => db.get("state", name) }, key);

export async function identityOf(db: Person): Promise<Identity> {
  const found = await readState(db, "identity");
  if (!found) throw new Error("nobody was enrolled in this store");
  return found;
}

/** Farther than any number reaches. */
const AHEAD = 2 ** 40;

/** When an operation's turn is: by its number, below zero for what waits behind nothing. */
export const turnOf = (kind: Kind, n: number): number => (URGENT.has(kind) ? n - AHEAD : n);

export const isUrgent = ({ queue }: Kept): boolean => queue !== undefined && queue < 0;

export const waiting = (db: Person): Promise<number> => db.countFromIndex("operations", "queue");

/** How many of those wait behind nothing. */
export const urgent = (db: Person): Promise<number> =>
  db.countFromIndex("operations", "queue", IDBKeyRange.upperBound(0, true));

/** All of a transaction, or nothing of it, also when our own code fails in the middle. */
export async function whole<R>(tx: { done: Promise<void>; abort(): void }, work: () => Promise<R>): Promise<R> {
  try {
    const result = await work();
    await tx.done;
    return result;
  } catch (error) {
    tx.done.catch(() => undefined);
    try {
      tx.abort();
    } catch {
      // It had ended by itself: a full disk does that.
    }
    throw error;
  }
}
