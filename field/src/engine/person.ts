// SPDX-License-Identifier: AGPL-3.0-or-later
/** Somebody with the PIN at hand: the one who may write, and read what is kept. */
import { RunningClock, TICKS, type Ticks } from "./clock";
import { makeDeviceKey, makeLock, openLock, unshut } from "./keys";
import type { Net } from "./net";
import { identityOf, openPerson, readState, type Identity, type Listed, type Person, type Phone } from "./store";
import { readEnrolled, type Body, type Kind, type Thing } from "./wire";

export interface Signed {
  db: Person;
  me: Identity;
  key: CryptoKey;
  clock: RunningClock;
}

/** One line of the log book as its author reads it. */
export interface OwnLine {
  id: string;
  kind: Kind;
  /** Best guess of when, as ISO text. */
  at: string;
  /** The body, except of what was sealed. */
  body: Body;
}

export type Enrolment = { is: "done"; device: string } | { is: "no"; why: string } | { is: "silence" };

/** Enrol one person on this phone with a ticket; nothing of anybody else is touched. */
export async function enrol(
  phone: Phone, net: Net, given: { ticket: string; name: string; pin: string; rounds?: number },
  ticks: Ticks = TICKS,
): Promise<Enrolment> {
  const [{ signing, point }, { lock }] = await Promise.all([makeDeviceKey(), makeLock(given.pin, given.rounds)]);
  const reply = await net.post("/sync/enrol", { v: 1, ticket: given.ticket, key: point, name: given.name });
  if (reply.is === "no" || reply.is === "unknown device") return { is: "no", why: reply.why };
  const got = reply.is === "ok" ? readEnrolled(reply.body) : null;
  if (!got) return { is: "silence" };
  const { device, token, seal_key, person, place, epoch, server_time } = got;
  const db = await openPerson(device);
  const tx = db.transaction("state", "readwrite", { durability: "strict" });
  const me: Identity = { device, token, signing, point, seal_key, person, place, lock, revoked: "" };
  await Promise.all([
    tx.store.put(me, "identity"),
    tx.store.put(0, "counter"),
    tx.store.put(epoch, "epoch"),
    tx.store.put({ server_at: server_time, ran_ms: 0 }, "clock"),
    tx.store.put({ cursor: null, purge: [], at: "" }, "pulled"),
    tx.done,
  ]);
  db.close();
  const since = new Date(ticks.wall()).toISOString();
  await phone.put("people", { device, person: person.id, name: person.name, place: place.name, since });
  return { is: "done", device };
}

/** Everybody on this phone, once each: whoever enrolled again is listed with the newest device. */
export async function everybody(phone: Phone): Promise<Listed[]> {
  const all = (await phone.getAll("people")).sort((a, b) => a.since.localeCompare(b.since));
  return [...new Map(all.map((one) => [one.person, one])).values()].sort((a, b) => a.name.localeCompare(b.name, "vi"));
}

export type Opened = { is: "open"; signed: Signed } | { is: "wrong"; wait_ms: number };

/** Clocks of this page: whoever signs out and in again has not broken the running clock. */
const CLOCKS = new Map<string, RunningClock>();

const FREE_TRIES = 3;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long after so many wrong PINs the next one is looked at. */
export const waitAfter = (wrong: number): number =>
  wrong < FREE_TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - FREE_TRIES));

/**
 * Open a person's store with the PIN.
 *
 * The wait grows by the wall clock, which whoever holds the phone can set forward: it slows a
 * guesser down and stops none; see `Lock` for what the PIN protects.
 */
export async function signIn(device: string, pin: string, ticks: Ticks = TICKS): Promise<Opened> {
  const db = await openPerson(device);
  const tries = (await readState(db, "tries")) ?? { wrong: 0, until: 0 };
  const now = ticks.wall();
  // A clock set back must not lock anybody out for longer than the longest wait.
  const left = Math.min(tries.until - now, LONGEST_WAIT_MS);
  const me = await identityOf(db);
  const key = left > 0 ? null : await openLock(me.lock, pin);
  if (!key) {
    const wrong = left > 0 ? tries.wrong : tries.wrong + 1;
    const wait_ms = left > 0 ? left : waitAfter(wrong);
    if (left <= 0) await db.put("state", { wrong, until: now + wait_ms }, "tries");
    db.close();
    return { is: "wrong", wait_ms };
  }
  await db.put("state", { wrong: 0, until: 0 }, "tries");
  const seen = await readState(db, "clock");
  if (!seen) throw new Error("a store without a time of the server");
  const clock = CLOCKS.get(device) ?? new RunningClock(ticks, seen);
  CLOCKS.set(device, clock);
  return { is: "open", signed: { db, me, key, clock } };
}

/** Everything of one type, in the order in which it is shown. */
export async function things<T extends Thing>(by: Signed, type: string, newest?: number): Promise<T[]> {
  const range = IDBKeyRange.bound([type], [type, []]);
  const found = [];
  const index = by.db.transaction("objects").store.index("type");
  let cursor = await index.openCursor(range, newest ? "prev" : "next");
  while (cursor && found.length < (newest ?? Infinity)) {
    found.push(cursor.value.box);
    cursor = await cursor.continue();
  }
  return Promise.all(found.map((box) => unshut<T>(by.key, box)));
}

/** The newest lines of one's own log book. */
export async function ownLines(by: Signed, newest = 200): Promise<OwnLine[]> {
  const boxes = [];
  let cursor = await by.db.transaction("lines").store.index("n").openCursor(null, "prev");
  while (cursor && boxes.length < newest) {
    boxes.push(cursor.value.box);
    cursor = await cursor.continue();
  }
  return Promise.all(boxes.map((box) => unshut<OwnLine>(by.key, box)));
}
