// SPDX-License-Identifier: AGPL-3.0-or-later
/** A device that a restore of the server lost: its person enrols again, and its queue goes on. */
import { requeueBlobs } from "./blobs";
import { sign } from "./keys";
import type { Net } from "./net";
import { identityOf, readState, turnOf, type Identity, type Person } from "./store";

/** The same person's newest device on this phone that the server takes. */
async function newerOf(me: Identity, stores: Iterable<Person>): Promise<Identity | null> {
  let found: Identity | null = null;
  for (const db of stores) {
    const one = await identityOf(db);
    const same = one.person.id === me.person.id && one.device !== me.device;
    if (same && !one.revoked) found = one;
  }
  return found;
}

/**
 * Let the server know this device again, once in each of its histories, and send all that is here.
 *
 * What a restore lost stands here as refused, as safe, or as accepted: the server says anew.
 */
export async function claimLost(db: Person, stores: Iterable<Person>, net: Net): Promise<boolean> {
  const me = await identityOf(db);
  if (!me.revoked || !me.point) return false;
  const by = await newerOf(me, stores);
  const epoch = (await readState(db, "epoch")) ?? "";
  if (!by || me.claimed_by === `${by.device} ${epoch}`) return false;
  const { sig } = await sign(me.signing, `binhyen claim 1 ${me.device} ${by.device}`);
  const reply = await net.post("/sync/claim", { v: 1, device: me.device, key: me.point, sig }, by.token);
  if (reply.is !== "ok" && reply.is !== "no") return false;
  const tx = db.transaction(["state", "operations", "blobs"], "readwrite", { durability: "strict" });
  // A later restore may lose the claim as well: it is made anew in each history of the server.
  const heard = reply.is === "ok" ? (reply.body as { epoch?: unknown } | null)?.epoch : undefined;
  const now = typeof heard === "string" ? heard : epoch;
  await tx.objectStore("state").put({ ...me, claimed_by: `${by.device} ${now}` }, "identity");
  await tx.objectStore("state").put(now, "epoch");
  if (reply.is === "ok") {
    const operations = tx.objectStore("operations");
    for (const one of await operations.getAll()) {
      await operations.put({ ...one, standing: "waiting", why: "", safe_at: "", queue: turnOf(one.kind, one.n) });
    }
    await requeueBlobs(tx.objectStore("blobs"));
  }
  await tx.done;
  return reply.is === "ok";
}
