// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Photos and recordings: sealed before they are kept, sent after all text, piece by piece.
 *
 * A sealed blob is a few hundred kilobytes, and one at a time is in memory. How far it is, the server
 * knows; here stands only whether it still waits.
 */
import { b64, utf8, type Bytes } from "./bytes";
import { seal } from "./keys";
import type { Net, Reply } from "./net";
import { stateOf, whole, type Kept, type KeptBlob, type Person } from "./store";
import { readPiece, type Announced, type SealKey } from "./wire";

/** What a person added, as it was taken. */
export interface Extra {
  type: string;
  bytes: Bytes;
}

export interface Packed {
  told: Announced;
  bytes: Bytes;
}

export const PIECE = 64 * 1024;
export const KEEP_HERE_DAYS = 90;
/** What is safe needs no other copy: operations stay as long. */
export const KEEP_SAFE_DAYS = 14;
const DAY_MS = 86_400_000;
/** So often a whole blob may arrive as something else before nobody sends it any more. */
const MOST_TRIES = 5;

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** A photo as nobody on this phone can look at it again, and what the operation says of it. */
export async function pack(to: SealKey, { type, bytes }: Extra): Promise<Packed> {
  const id = crypto.randomUUID();
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(id) }, key, bytes);
  const sealed = new Uint8Array(iv.length + box.byteLength);
  sealed.set(iv);
  sealed.set(new Uint8Array(box), iv.length);
  const sha256 = hex(await crypto.subtle.digest("SHA-256", sealed));
  const told = { id, type, size: sealed.length, sha256, key: await seal(to, id, utf8(JSON.stringify(b64(raw)))) };
  return { told, bytes: sealed };
}

export const blobsWaiting = (db: Person): Promise<number> => db.countFromIndex("blobs", "queue");

/** How one blob fared. `text first`: somebody wrote something meanwhile. */
export type Sent =
  | { is: "settled" }
  | { is: "text first" }
  | { is: "stuck" }
  | { is: "other epoch"; epoch: string }
  | Extract<Reply, { is: "later" | "unknown device" | "silence" }>;

/** The next one that can be sent: its operation was answered before. */
export async function nextBlob(db: Person, skipped: ReadonlySet<string>): Promise<KeptBlob | null> {
  for (const one of await db.getAllFromIndex("blobs", "queue")) {
    if (skipped.has(one.id)) continue;
    const op = await db.get("operations", one.op);
    if (op?.queue !== undefined) continue;
    if (op?.standing !== "refused") return one;
    await settleBlob(db, one, "refused", op.why, op.answered_at);
  }
  return null;
}

/** Send one blob from where the server has it. `textWaits` is asked before each piece. */
export async function sendBlob(
  db: Person, net: Net, token: string, blob: KeptBlob, textWaits: () => Promise<boolean>,
): Promise<Sent> {
  const path = `/sync/blob/${blob.id}`;
  const ask = () => net.put(path, new Uint8Array() as Bytes, `bytes */${blob.size}`, token);
  let reply = await ask();
  let asked = 1;
  for (;;) {
    if (reply.is === "no" && reply.status === 416 && asked < 2) {
      asked += 1;
      reply = await ask();
      continue;
    }
    const end = await ended(db, blob, reply);
    if (typeof end !== "number") return end;
    if (await textWaits()) return { is: "text first" };
    const bytes = await db.get("bytes", blob.id);
    const piece = bytes?.slice(end, end + PIECE);
    if (!piece?.length) return { is: "stuck" };
    const range = `bytes ${end}-${end + piece.length - 1}/${blob.size}`;
    const before = end;
    reply = await net.put(path, piece as Bytes, range, token);
    const now = reply.is === "ok" ? readPiece(reply.body) : null;
    // A server that never gets further must not be asked for ever.
    if (now?.state === "part" && now.have <= before) return { is: "stuck" };
  }
}

/** What an answer means: where to go on, or how it ended. */
async function ended(db: Person, blob: KeptBlob, reply: Reply): Promise<Sent | number> {
  if (reply.is === "later" || reply.is === "unknown device" || reply.is === "silence") return reply;
  if (reply.is === "too much") {
    return reply.why ? settleBlob(db, blob, "refused", reply.why, "") : { is: "stuck" };
  }
  if (reply.is === "no") {
    if (reply.status === 422) return settleBlob(db, blob, "refused", reply.why, "");
    return reply.status === 409 ? damaged(db, blob, reply.why) : { is: "stuck" };
  }
  const said = readPiece(reply.body);
  if (!said) return { is: "silence" };
  if (said.epoch !== (await stateOf({ get: (key) => db.get("state", key) }, "epoch"))) {
    return { is: "other epoch", epoch: said.epoch };
  }
  return said.state === "here" ? settleBlob(db, blob, "here", "", said.server_time) : said.have;
}

async function damaged(db: Person, blob: KeptBlob, why: string): Promise<Sent> {
  const tries = blob.tries + 1;
  if (tries >= MOST_TRIES) return settleBlob(db, blob, "refused", why, "");
  await db.put("blobs", { ...blob, tries });
  return { is: "stuck" };
}

async function settleBlob(
  db: Person, blob: KeptBlob, standing: "here" | "refused", why: string, answered_at: string,
): Promise<Sent> {
  const tx = db.transaction("blobs", "readwrite", { durability: "strict" });
  return whole(tx, async () => {
    const now = await tx.store.get(blob.id);
    if (now) {
      const { queue: _sent, ...rest } = now;
      await tx.store.put({ ...rest, standing, why, answered_at });
    }
    return { is: "settled" } as const;
  });
}

interface Blobs {
  get(id: string): Promise<KeptBlob | undefined>;
  getAll(): Promise<KeptBlob[]>;
  put?: (value: KeptBlob) => Promise<unknown>;
  delete?: (id: string) => Promise<void>;
}

/** What the second store has need not be sent, also where its own answer was lost. */
export async function makeBlobsSafe(blobs: Blobs, ids: readonly string[], server_time: string): Promise<void> {
  for (const id of ids) {
    const one = await blobs.get(id);
    if (!one || one.safe_at) continue;
    const { queue: _sent, ...rest } = one;
    const answered_at = one.standing === "here" ? one.answered_at : server_time;
    await blobs.put?.({ ...rest, standing: "here", answered_at, safe_at: server_time });
  }
}

/** Another history of the server: what it had and is not safe is sent again as far as it lacks it. */
export async function resendBlobs(blobs: Pick<Blobs, "getAll" | "put">): Promise<void> {
  for (const one of await blobs.getAll()) {
    if (one.standing === "here" && !one.safe_at) await blobs.put?.({ ...one, standing: "waiting", queue: one.n });
  }
}

/** The server knows their device again: whatever is here is sent again. */
export async function requeueBlobs(blobs: Pick<Blobs, "getAll" | "put">): Promise<void> {
  for (const one of await blobs.getAll()) {
    const { safe_at: _safe, ...rest } = one;
    await blobs.put?.({ ...rest, standing: "waiting", queue: one.n, why: "", tries: 0 });
  }
}

/** Remove what has been safe for 14 days, or here for 90, by the server's clock. */
export async function sweepBlobs(
  blobs: Blobs, bytes: { delete?: (id: string) => Promise<void> }, server_time: string,
): Promise<void> {
  const now = Date.parse(server_time);
  for (const one of await blobs.getAll()) {
    const since = now - Date.parse(one.safe_at ?? one.answered_at);
    const long = since >= (one.safe_at ? KEEP_SAFE_DAYS : KEEP_HERE_DAYS) * DAY_MS;
    if (one.standing !== "here" || !long) continue;
    await blobs.delete?.(one.id);
    await bytes.delete?.(one.id);
  }
}

/** What became of the photos and recordings of an operation, for a screen. */
export interface Attached {
  waiting: number;
  here: number;
  refused: string[];
}

export async function attachedTo(db: Person): Promise<Map<Kept["id"], Attached>> {
  const found = new Map<string, Attached>();
  for (const { op, standing, why } of await db.getAll("blobs")) {
    const one = found.get(op) ?? { waiting: 0, here: 0, refused: [] };
    if (standing === "refused") one.refused.push(why);
    else one[standing] += 1;
    found.set(op, one);
  }
  return found;
}
