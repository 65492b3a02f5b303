// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * One round: everybody's queue is sent, the signed-in person's things are fetched, photos follow.
 *
 * Two tabs may run it at once: the server applies each operation once, and every write here checks
 * what it read. The lock only saves the second tab the trouble.
 */
import { blobsWaiting, nextBlob, sendBlob } from "./blobs";
import { claimLost } from "./claim";
import type { Net } from "./net";
import type { Signed } from "./person";
import { pullOnce } from "./pull";
import { pushOnce, resend, sendAgain } from "./push";
import { identityOf, openPerson, readState, urgent, waiting, type Person, type Phone } from "./store";

/** How a round ended: all done, or when to try again. `wait_s` null: back off by oneself. */
export type Round = { is: "done" } | { is: "again"; wait_s: number | null };

export type Alone = <T>(work: () => Promise<T>) => Promise<T | null>;

const DONE: Round = { is: "done" };
const AT_ONCE: Round = { is: "again", wait_s: 0 };
const BACK_OFF: Round = { is: "again", wait_s: null };

/** Only one tab at a time, where the browser can tell; null when another one is at it. */
export const oneTab: Alone = async (work) =>
  "locks" in navigator
    ? navigator.locks.request("binhyen-round", { ifAvailable: true }, (lock) => (lock ? work() : null))
    : work();

/** Everything of one round in one place: the stores, the server, and who is signed in. */
interface Walk {
  stores: Map<string, Person>;
  net: Net;
  by: Signed | null;
  /** The history of the server's database, as it has last said. */
  epoch: string;
}

export const round = (phone: Phone, net: Net, by: Signed | null): Promise<Round> =>
  withStores(phone, net, by, async (walk) => {
    await claimAll(walk);
    const sent = (await pushAll(walk, true)) ?? (await pushAll(walk, false));
    const end = sent ?? (await pullAll(walk)) ?? (await blobsAll(walk)) ?? DONE;
    return (await tellAll(walk)) ? AT_ONCE : end;
  });

/** What waits behind nothing, of everybody on this phone; beside a round that may be under way. */
export const hurry = (phone: Phone, net: Net): Promise<Round> =>
  withStores(phone, net, null, async (walk) => {
    await claimAll(walk);
    return (await pushAll(walk, true)) ?? DONE;
  });

/** Whoever enrolled again on this phone tells the server of the device that it lost. */
async function claimAll({ stores, net }: Walk): Promise<void> {
  for (const db of stores.values()) await claimLost(db, stores.values(), net);
}

async function withStores(
  phone: Phone, net: Net, by: Signed | null, work: (walk: Walk) => Promise<Round>,
): Promise<Round> {
  const stores = new Map<string, Person>();
  for (const device of await phone.getAllKeys("people")) {
    stores.set(device, by?.me.device === device ? by.db : await openPerson(device));
  }
  try {
    return await work({ stores, net, by, epoch: "" });
  } finally {
    for (const db of stores.values()) if (db !== by?.db) db.close();
  }
}

/** Everybody's queue; whoever's device the server no longer knows is carried by another one. */
async function pushAll(walk: Walk, onlyUrgent: boolean): Promise<Round | null> {
  let unsure = false;
  for (const db of walk.stores.values()) {
    if (!(await (onlyUrgent ? urgent(db) : waiting(db)))) continue;
    const end = await drain(walk, db, onlyUrgent);
    if (typeof end === "number") return { is: "again", wait_s: end };
    if (!end) unsure = true;
  }
  return unsure ? BACK_OFF : null;
}

/** Tokens that may carry a queue: its own first, and one that was refused once more at the end. */
async function tokens(walk: Walk, db: Person): Promise<string[]> {
  const all = [db, ...[...walk.stores.values()].filter((other) => other !== db)];
  const known = await Promise.all(all.map(identityOf));
  const own = await identityOf(db);
  return [...known.filter(({ revoked }) => !revoked), ...(own.revoked ? [own] : [])].map(({ token }) => token);
}

/** One queue: true when it is empty, false when something stayed, or the seconds to wait. */
async function drain(walk: Walk, db: Person, onlyUrgent: boolean): Promise<boolean | number> {
  const skipped = new Set<string>();
  const asked = new Set<string>();
  for (const token of await tokens(walk, db)) {
    for (;;) {
      const end = await pushOnce(db, walk.net, token, undefined, skipped, onlyUrgent);
      if (end.is === "nothing") return skipped.size === 0;
      if (end.is === "later") return end.wait_s;
      if (end.is === "silence") return false;
      if (end.is === "unknown device") {
        await revoke(walk, token, end.why || "401");
        await claimLost(db, walk.stores.values(), walk.net);
        break;
      }
      walk.epoch = end.epoch;
      walk.by?.clock.hear(end.server_time);
      await revoke(walk, token, "");
      await askedFor(walk, end.missing, asked);
      // An answer that settles nothing must not be asked for again and again.
      if (!end.settled) return false;
    }
  }
  return false;
}

/** Queue again what the server misses, each only once in a round. */
async function askedFor(walk: Walk, missing: Record<string, number[]>, asked: Set<string>): Promise<void> {
  for (const [device, numbers] of Object.entries(missing)) {
    const store = walk.stores.get(device);
    const fresh = numbers.filter((n) => !asked.has(`${device} ${n}`));
    for (const n of fresh) asked.add(`${device} ${n}`);
    if (store) await sendAgain(store, fresh);
  }
}

/** Keep why the server refuses a device, or that it takes it again: a mistake must not last. */
async function revoke(walk: Walk, token: string, why: string): Promise<void> {
  for (const db of walk.stores.values()) {
    const me = await identityOf(db);
    if (me.token === token && me.revoked !== why) await db.put("state", { ...me, revoked: why }, "identity");
  }
}

async function pullAll(walk: Walk): Promise<Round | null> {
  const { by, net } = walk;
  if (!by) return null;
  for (;;) {
    const end = await pullOnce(by, net);
    if (end.is === "later") return { is: "again", wait_s: end.wait_s };
    if (end.is === "unknown device") {
      await revoke(walk, by.me.token, end.why || "401");
      return null;
    }
    if (end.is !== "done") return BACK_OFF;
    walk.epoch = end.epoch;
    await revoke(walk, by.me.token, "");
    by.clock.hear(end.server_time);
    await by.db.put("state", by.clock.keep(), "clock");
    // A restored server shows itself in a pull as well, and people write while we fetch.
    if (await waiting(by.db)) return AT_ONCE;
    if (!end.more) return null;
  }
}

/** Everybody's photos and recordings, one at a time, as long as no text waits. */
async function blobsAll(walk: Walk): Promise<Round | null> {
  let unsure = false;
  for (const db of walk.stores.values()) {
    if (!(await blobsWaiting(db))) continue;
    const end = await drainBlobs(walk, db);
    if (typeof end !== "boolean") return end;
    if (!end) unsure = true;
  }
  return unsure ? BACK_OFF : null;
}

/** One person's photos: whether none is left, or why the round ends here. */
async function drainBlobs(walk: Walk, db: Person): Promise<boolean | Round> {
  const textWaits = async () => {
    for (const one of walk.stores.values()) if (await waiting(one)) return true;
    return false;
  };
  const skipped = new Set<string>();
  for (const token of await tokens(walk, db)) {
    for (;;) {
      const blob = await nextBlob(db, skipped);
      if (!blob) return (await blobsWaiting(db)) === 0;
      const end = await sendBlob(db, walk.net, token, blob, textWaits);
      if (end.is === "later") return { is: "again", wait_s: end.wait_s };
      if (end.is === "silence") return BACK_OFF;
      if (end.is === "text first") return AT_ONCE;
      if (end.is === "other epoch") {
        walk.epoch = end.epoch;
        return BACK_OFF;
      }
      if (end.is === "unknown device") {
        await revoke(walk, token, end.why || "401");
        break;
      }
      if (end.is === "stuck") skipped.add(blob.id);
    }
  }
  return false;
}

/** Whether anybody else on this phone has something to send again, since the server was restored. */
async function tellAll({ stores, epoch }: Walk): Promise<boolean> {
  let again = false;
  for (const db of stores.values()) {
    if (!epoch || (await readState(db, "epoch")) === epoch) continue;
    const tx = db.transaction(["state", "operations", "blobs"], "readwrite");
    await resend(tx.objectStore("operations"), tx.objectStore("state"), epoch, tx.objectStore("blobs"));
    await tx.done;
    again ||= (await waiting(db)) + (await blobsWaiting(db)) > 0;
  }
  return again;
}
