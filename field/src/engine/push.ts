// SPDX-License-Identifier: AGPL-3.0-or-later
/** Sending what waits, oldest first; only a clear answer takes something off the queue. */
import { resendBlobs } from "./blobs";
import type { Net } from "./net";
import { isUrgent, stateOf, turnOf, whole, type Kept, type Person } from "./store";
import { readPush, STANDINGS, type Answer, type PushAnswer, type Standing } from "./wire";

export const MOST_OPERATIONS = 100;
export const MOST_BYTES = 256 * 1024;
/** Room for the request around the operations. */
const MARGIN = 64;

export type Pushed =
  | { is: "answered"; left: number; settled: number; epoch: string; server_time: string; missing: Record<string, number[]> }
  | { is: "nothing" }
  | { is: "later"; wait_s: number }
  | { is: "unknown device"; why: string }
  | { is: "silence" };

const size = (one: Kept): number => new TextEncoder().encode(JSON.stringify({ text: one.text, sig: one.sig })).length + 1;

async function batch(db: Person, most: number, skipped: ReadonlySet<string>, onlyUrgent: boolean): Promise<Kept[]> {
  const found: Kept[] = [];
  let bytes = MARGIN;
  let cursor = await db.transaction("operations").store.index("queue").openCursor();
  while (cursor && found.length < most) {
    const one = cursor.value;
    // The urgent ones stand first and go alone: a large request may never get through.
    const first = found[0];
    if (!isUrgent(one) && (onlyUrgent || (first && isUrgent(first)))) break;
    if (!skipped.has(one.id)) {
      bytes += size(one);
      // One that is alone too large goes alone: the server has to say so.
      if (found.length > 0 && bytes > MOST_BYTES) break;
      found.push(one);
    }
    cursor = await cursor.continue();
  }
  return found;
}

/** Where an operation stands after an answer, or null for a word that we do not know. */
function standing(answer: Answer): Standing | null {
  const word = answer.answer === "duplicate" ? (answer.standing ?? "accepted") : answer.answer;
  return (STANDINGS as readonly string[]).includes(word) ? (word as Standing) : null;
}

/** Write down what the server said, in one transaction. How many operations it settled. */
export async function settle(
  db: Person, sent: readonly string[], said: PushAnswer, epochWhenSent: string | undefined,
): Promise<{ settled: number; left: number } | null> {
  const tx = db.transaction(["state", "operations", "blobs"], "readwrite", { durability: "strict" });
  const state = tx.objectStore("state");
  const operations = tx.objectStore("operations");
  return whole(tx, async () => {
    const epoch = await stateOf(state, "epoch");
    // Another tab has met a restored server meanwhile: this answer is from before.
    if (epoch !== epochWhenSent) return null;
    if (epoch !== said.epoch) await resend(operations, state, said.epoch, tx.objectStore("blobs"));
    const mine = new Set(sent);
    const inOrder = said.answers.length === sent.length;
    let settled = 0;
    for (const [at, answer] of said.answers.entries()) {
      const now = standing(answer);
      const id = answer.id ?? (inOrder ? sent[at] : undefined);
      const kept = id && mine.has(id) && now ? await operations.get(id) : undefined;
      if (!kept || !now) continue;
      const { queue: _sent, ...rest } = kept;
      await operations.put({
        ...rest, standing: now, code: answer.code ?? kept.code, why: answer.why ?? "",
        owner: answer.owner ?? "", answered_at: said.server_time,
      });
      settled += 1;
    }
    return { settled, left: await operations.index("queue").count() };
  });
}

interface Operations {
  getAll(): Promise<Kept[]>;
  put?: (value: Kept) => Promise<unknown>;
}
interface StatePut {
  put?: (value: string, key: string) => Promise<unknown>;
}

/** Another history of the server: everything that does not lie in the second store goes again. */
export async function resend(
  operations: Operations, state: StatePut, epoch: string, blobs: Parameters<typeof resendBlobs>[0],
): Promise<void> {
  for (const one of await operations.getAll()) {
    if (!one.safe_at) await operations.put?.({ ...one, queue: turnOf(one.kind, one.n) });
  }
  await resendBlobs(blobs);
  await state.put?.(epoch, "epoch");
}

/** Queue again what the server says it lacks, as far as it is still here. */
export async function sendAgain(db: Person, numbers: readonly number[]): Promise<number> {
  const tx = db.transaction("operations", "readwrite");
  let found = 0;
  for (const n of numbers) {
    const one = await tx.store.index("n").get(n);
    if (one && one.queue === undefined) {
      await tx.store.put({ ...one, queue: turnOf(one.kind, n) });
      found += 1;
    }
  }
  await tx.done;
  return found;
}

/** One request. `skipped` names those that the server could not even read in this round. */
export async function pushOnce(
  db: Person, net: Net, token: string, most = MOST_OPERATIONS, skipped: Set<string> = new Set(), onlyUrgent = false,
): Promise<Pushed> {
  const epoch = await stateOf({ get: (key) => db.get("state", key) }, "epoch");
  const ops = await batch(db, most, skipped, onlyUrgent);
  if (!ops.length) return { is: "nothing" };
  const reply = await net.post("/sync/push", { ops: ops.map(({ text, sig }) => ({ text, sig })) }, token);
  if (reply.is === "later" || reply.is === "unknown device") return reply;
  if (reply.is === "too much" || reply.is === "no") {
    const first = ops[0];
    if (ops.length > 1) return pushOnce(db, net, token, Math.ceil(ops.length / 2), skipped, onlyUrgent);
    if (first) skipped.add(first.id);
    return pushOnce(db, net, token, most, skipped, onlyUrgent);
  }
  const said = reply.is === "ok" ? readPush(reply.body) : null;
  const done = said && (await settle(db, ops.map(({ id }) => id), said, epoch));
  if (!said || !done) return { is: "silence" };
  const { epoch: now, server_time, missing } = said;
  return { is: "answered", ...done, epoch: now, server_time, missing };
}
