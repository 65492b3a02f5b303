// SPDX-License-Identifier: AGPL-3.0-or-later
/** Fetching what the person may see; only what the server names goes, and only after all was sent. */
import { KEEP_SAFE_DAYS, makeBlobsSafe, sweepBlobs } from "./blobs";
import { shut } from "./keys";
import type { Net, Reply } from "./net";
import type { Signed } from "./person";
import { resend } from "./push";
import { stateOf, whole, type Held, type Kept, type Person, type Pulled } from "./store";
import { readPull, STANDINGS, type PullAnswer, type Standing, type Thing } from "./wire";

export type PullResult = { is: "done"; more: boolean; epoch: string; server_time: string } | Exclude<Reply, { is: "ok" }>;

const BEGINNING: Pulled = { cursor: null, purge: [], at: "" };
/** What became of an operation in quarantine: it changes that operation and is kept nowhere else. */
const ANSWER = "answer";
const DAY_MS = 86_400_000;

/** By what things of a type are ordered: patrols and shifts by time, the rest by name. */
function sortOf(thing: Thing): string {
  const by = thing["started_at"] ?? thing["planned_start"] ?? thing["starts_at"] ?? thing["name"] ?? "";
  return String(by);
}

async function ask(by: Signed, net: Net, cursor: string | null): Promise<Reply> {
  const have = cursor === null
    ? { have: [...new Set((await by.db.getAll("objects")).map(({ id }) => id))] }
    : {};
  return net.post("/sync/pull", { cursor, ...have }, by.me.token);
}

/** One request and what came of it; an unreadable answer is silence. */
export async function pullOnce(by: Signed, net: Net): Promise<PullResult> {
  const sent = (await stateOf({ get: (key) => by.db.get("state", key) }, "pulled")) ?? BEGINNING;
  let reply = await ask(by, net, sent.cursor);
  let said = reply.is === "ok" ? readPull(reply.body) : null;
  if (said === "start over") {
    reply = await ask(by, net, null);
    said = reply.is === "ok" ? readPull(reply.body) : null;
  }
  if (reply.is !== "ok") return reply;
  if (!said || said === "start over") return { is: "silence" };
  const held = await Promise.all(
    said.objects.filter(({ type }) => type !== ANSWER).map(async (thing): Promise<Held> => ({
      key: `${thing.type}/${thing.id}`, type: thing.type, id: thing.id, sort: sortOf(thing),
      box: await shut(by.key, thing),
    })),
  );
  const stored = await keep(by.db, sent.cursor, said, held);
  const { more, epoch, server_time } = said;
  return stored ? { is: "done", more, epoch, server_time } : { is: "silence" };
}

/** Objects, cursor, what is safe and what must go: all of one answer, or nothing of it. */
async function keep(db: Person, asked: string | null, said: PullAnswer, held: Held[]): Promise<boolean> {
  const tx = db.transaction(["state", "operations", "lines", "objects", "blobs", "bytes"], "readwrite", { durability: "strict" });
  const state = tx.objectStore("state");
  const operations = tx.objectStore("operations");
  const objects = tx.objectStore("objects");
  const blobs = tx.objectStore("blobs");
  return whole(tx, async () => {
    const before = (await stateOf(state, "pulled")) ?? BEGINNING;
    // Another tab was faster; its cursor belongs to its objects.
    if (before.cursor !== asked) return false;
    if ((await stateOf(state, "epoch")) !== said.epoch) await resend(operations, state, said.epoch, blobs);
    for (const one of held) await objects.put(one);
    for (const thing of said.objects) if (thing.type === ANSWER) await hearLater(operations, thing);
    await makeSafe(operations, said);
    await makeBlobsSafe(blobs, said.safe, said.server_time);
    const arrived = new Set(held.map(({ id }) => id));
    let purge = [...new Set([...before.purge.filter((id) => !arrived.has(id)), ...said.purge])];
    if (purge.length && (await operations.index("queue").count()) === 0) {
      const gone = new Set(purge);
      for (const one of await objects.getAll()) if (gone.has(one.id)) await objects.delete(one.key);
      purge = [];
    }
    await sweep(operations, tx.objectStore("lines"), said.server_time);
    await sweepBlobs(blobs, tx.objectStore("bytes"), said.server_time);
    await state.put({ cursor: said.cursor, purge, at: said.server_time }, "pulled");
    return true;
  });
}

async function makeSafe(operations: Store<Kept>, said: PullAnswer): Promise<void> {
  for (const id of said.safe) {
    const one = await operations.get(id);
    if (!one || one.safe_at) continue;
    const { queue: _sent, ...rest } = one;
    await operations.put?.({ ...rest, safe_at: said.server_time });
  }
}

interface Store<T> {
  get(id: string): Promise<T | undefined>;
  getAll(): Promise<T[]>;
  put?: (value: T) => Promise<unknown>;
  delete?: (id: string) => Promise<void>;
}

async function hearLater(operations: Store<Kept>, thing: Thing): Promise<void> {
  const one = await operations.get(thing.id);
  const word = thing["standing"];
  if (!one || !(STANDINGS as readonly unknown[]).includes(word)) return;
  await operations.put?.({
    ...one, standing: word as Standing, why: String(thing["why"] ?? ""), owner: String(thing["owner"] ?? ""),
    code: String(thing["code"] ?? one.code),
  });
}

/** Remove what has been safe for two weeks by the server's clock, and was accepted. */
async function sweep(
  operations: Store<Kept>, lines: Pick<Store<unknown>, "delete">, server_time: string,
): Promise<void> {
  const before = Date.parse(server_time) - KEEP_SAFE_DAYS * DAY_MS;
  for (const one of await operations.getAll()) {
    const old = one.safe_at && Date.parse(one.safe_at) <= before;
    if (!old || one.queue !== undefined || one.standing !== "accepted") continue;
    await operations.delete?.(one.id);
    await lines.delete?.(one.id);
  }
}
