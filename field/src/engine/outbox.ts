// SPDX-License-Identifier: AGPL-3.0-or-later
/** Writing down what a person did: line of the log book, signed operation, photos: all in one step. */
import { pack, type Extra, type Packed } from "./blobs";
import { utf8 } from "./bytes";
import type { Seen } from "./clock";
import { seal, sign, shut } from "./keys";
import type { OwnLine, Signed } from "./person";
import { stateOf, turnOf, whole } from "./store";
import type { Body, Kind } from "./wire";

/** Kinds whose words nobody on this phone can read again. */
const SEALED: ReadonlySet<Kind> = new Set(["report.file"]);

/** What nobody may read who finds the phone: such kinds, and whatever carries a way walked. */
const isSealed = (kind: Kind, body: Body): boolean => SEALED.has(kind) || "track" in body;

/** What a line of the log book keeps of a body. */
function shownOf(kind: Kind, body: Body): Body {
  const { track: _sealed, ...shown } = body;
  return SEALED.has(kind) ? {} : shown;
}

/** The later of two times that the server said; another tab may have heard it since. */
const latest = (mine: Seen, kept: Seen | undefined): Seen =>
  kept && kept.server_at > mine.server_at ? kept : mine;

/**
 * Write one operation; its id, when it is kept for good.
 *
 * The number is taken before the signature and checked again when both are stored, since no
 * transaction lasts through a signature: of two tabs that took the same number one tries again. So
 * numbers have no gap and no number stands for two things.
 */
export async function write(by: Signed, kind: Kind, words: Body, extras: readonly Extra[] = []): Promise<string> {
  const packed: Packed[] = [];
  for (const one of extras) packed.push(await pack(by.me.seal_key, one));
  const body = packed.length ? { ...words, blobs: packed.map(({ told }) => told) } : words;
  for (;;) {
    const n = ((await by.db.get("state", "counter")) as number) + 1;
    const id = crypto.randomUUID();
    const moment = by.clock.read();
    const content = isSealed(kind, body)
      ? { sealed: await seal(by.me.seal_key, id, utf8(JSON.stringify(body))) }
      : { body };
    const signed = await sign(
      by.me.signing, JSON.stringify({ v: 1, id, device: by.me.device, n, kind, ...moment, ...content }),
    );
    const shown: OwnLine = {
      id, kind, at: new Date(by.clock.now()).toISOString(), body: shownOf(kind, words),
    };
    const box = await shut(by.key, shown);
    const tx = by.db.transaction(["state", "operations", "lines", "blobs", "bytes"], "readwrite", { durability: "strict" });
    const state = tx.objectStore("state");
    const written = await whole(tx, async () => {
      if ((await stateOf(state, "counter")) !== n - 1) return false;
      await state.put(n, "counter");
      await state.put(latest(by.clock.keep(), await stateOf(state, "clock")), "clock");
      await tx.objectStore("operations").add({
        id, n, kind, ...signed, standing: "waiting", queue: turnOf(kind, n), code: "", why: "", owner: "",
        answered_at: "", safe_at: "",
      });
      await tx.objectStore("lines").add({ id, n, box });
      for (const { told, bytes } of packed) {
        await tx.objectStore("blobs").add({
          id: told.id, op: id, n, type: told.type, size: told.size, standing: "waiting", queue: n, why: "",
          tries: 0, answered_at: "",
        });
        await tx.objectStore("bytes").add(bytes, told.id);
      }
      return true;
    });
    if (written) return id;
  }
}
