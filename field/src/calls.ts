// SPDX-License-Identifier: AGPL-3.0-or-later
/** Calls for help as a phone knows them: what it wrote itself, and what the server told. */
import type { OwnLine } from "./engine/person";
import type { Kept } from "./engine/store";
import type { Thing } from "./engine/wire";

export interface Help extends Thing {
  state: "called" | "seen" | "closed";
  member: string | null;
  place: string;
  called_at: string;
  seen_at: string | null;
  seen_by: string;
}

/** How far a call is: only on this phone, with the server, held up there, seen by somebody. */
export type Stage = "waiting" | "arrived" | "held" | "seen";

export interface Call {
  id: string;
  mine: boolean;
  /** Whose it is, where the list of members knows. */
  name: string;
  at: string;
  place: string;
  is: Stage;
  why: string;
  seen_by: string;
  seen_at: string;
  /** Whether this person has said here to have seen it. */
  answered: boolean;
}

export interface Told {
  helps: readonly Help[];
  lines: readonly OwnLine[];
  /** What became of one's own calls. */
  sent: readonly (Kept | undefined)[];
  members: readonly (Thing & { name: string })[];
  me: string;
  now: number;
}

/** After so long a call is history and no alarm; the server draws the line at the same place. */
const ALARM_MS = 12 * 3_600_000;

export const isCall = ({ kind }: OwnLine): boolean => kind === "sos";

function stageOf(kept: Kept | undefined, help: Help | undefined): Stage {
  if (help?.seen_at) return "seen";
  if (help || kept?.standing === "accepted") return "arrived";
  return !kept || kept.standing === "waiting" ? "waiting" : "held";
}

/** Calls of these hours that are not over, the newest first: one's own, and those of colleagues. */
export function callsNow({ helps, lines, sent, members, me, now }: Told): Call[] {
  const named = (kind: string) =>
    new Set(lines.filter((line) => line.kind === kind).map(({ body }) => String(body["call"])));
  const over = named("sos.over");
  const answered = named("sos.see");
  const byId = new Map(helps.map((help) => [help.id, help]));
  const own = lines.filter(isCall).map(({ id, at, body }) => ({ id, at, place: String(body["place"] ?? ""), mine: true, member: me }));
  const written = new Set(own.map(({ id }) => id));
  const told = helps
    .filter(({ id }) => !written.has(id))
    .map(({ id, called_at, place, member }) => ({ id, at: called_at, place, mine: !!me && member === me, member }));
  return [...own, ...told]
    .filter(({ id, at }) => Date.parse(at) > now - ALARM_MS && !over.has(id) && byId.get(id)?.state !== "closed")
    .map(({ id, at, place, mine, member }) => {
      const kept = sent.find((one) => one?.id === id);
      const help = byId.get(id);
      return {
        id, at, place, mine, is: mine || help ? stageOf(kept, help) : ("arrived" as const), why: kept?.why ?? "",
        name: members.find((one) => one.id === member)?.name ?? "",
        seen_by: help?.seen_by ?? "", seen_at: help?.seen_at ?? "", answered: answered.has(id),
      };
    })
    .sort((a, b) => b.at.localeCompare(a.at));
}
