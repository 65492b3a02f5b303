// SPDX-License-Identifier: AGPL-3.0-or-later
/** Writing down what a person did: the line of the log book and the signed operation, in one step. */
import { utf8 } from "./bytes";
import type { Seen } from "./clock";
import { seal, sign, shut } from "./keys";
import type { OwnLine, Signed } from "./person";
import { stateOf, turnOf, whole } from "./store";
import type { Body, Kind } from "./wire";

/** Kinds whose words nobody on this phone can read again. */
const SEALED: ReadonlySet<Kind> = new Set(["report.file"]);

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
export async function write(by: Signed, kind: Kind, body: Body): Promise<string> {
  for (;;) {
    const n = ((await by.db.get("state", "counter")) as number) + 1;
    const id = crypto.randomUUID();
    const moment = by.clock.read();
    const content = SEALED.has(kind)
      ? { sealed: await seal(by.me.seal_key, id, utf8(JSON.stringify(body))) }
      : { body };
    const signed = await sign(
      by.me.signing, JSON.stringify({ v: 1, id, device: by.me.device, n, kind, ...moment, ...content }),
    );
    const shown: OwnLine = {
      id, kind, at: new Date(by.clock.now()).toISOString(), body: SEALED.has(kind) ? {} : body,
    };
    const box = await shut(by.key, shown);
    const tx = by.db.transaction(["state", "operations", "lines"], "readwrite", { durability: "strict" });
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
      return true;
    });
    if (written) return id;
  }
}
