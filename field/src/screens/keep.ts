// SPDX-License-Identifier: AGPL-3.0-or-later
import type { Extra } from "../engine/blobs";
import type { Body, Kind } from "../engine/wire";
import type { Session } from "../session";
import { say } from "../words";

/** Write it down and say so, or say what is in the way and lose nothing that was typed. */
export async function keep(
  session: Session, kind: Kind, body: Body, trouble: (words: string) => void, extras: readonly Extra[] = [],
): Promise<void> {
  try {
    await session.write(kind, body, extras);
  } catch {
    trouble(`${say("not_saved")} ${say("not_saved.why")}`);
    return;
  }
  location.replace("#/saved");
}
