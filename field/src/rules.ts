// SPDX-License-Identifier: AGPL-3.0-or-later
/** What the screens decide: plain values in, plain values out. */
import type { OwnLine } from "./engine/person";
import type { Thing } from "./engine/wire";

export interface Patrol extends Thing {
  team: string;
  state: "planned" | "under_way" | "done" | "cancelled" | "void";
  route: string;
  planned_start: string | null;
  planned_end: string | null;
  started_at: string | null;
  ended_at: string | null;
  members: string[];
  /** What to take along; absent when the plan names nothing. */
  kit?: string[];
  /** The list that it checks off; absent without one. */
  places?: ToCheck[];
}

/** A telephone of an office to call; empty where none is entered. */
export interface CallNumber extends Thing {
  name: string;
  phone: string;
}

/** Those that can be called. */
export const toCall = (numbers: readonly CallNumber[]): CallNumber[] => numbers.filter(({ phone }) => /^0\d{9,10}$/.test(phone));

export const RESULTS = ["done", "no_answer", "needs_help"] as const;

/** A line of a list: words for a place, never for people. */
export interface ToCheck {
  id: string;
  words: string;
  result: (typeof RESULTS)[number] | "";
}

/** A patrol that goes on, wherever it was started. */
export interface Going {
  id: string;
  since: string;
}

const HOUR_MS = 3_600_000;
/** A plan is offered from so long before its beginning until its end. */
const EARLY_MS = 4 * HOUR_MS;

/** The ticket in a link like https://…/field/#t=TICKET, or in a ticket alone. */
export const ticketIn = (link: string): string => /(?:#t=|^)([A-Za-z0-9_-]{32})$/.exec(link.trim())?.[1] ?? "";

/** Whether anybody would guess it in the first tries. */
export function isEasy(pin: string): boolean {
  const steps = [...pin].slice(1).map((figure, at) => Number(figure) - Number(pin[at]));
  return steps.every((step) => step === steps[0] && Math.abs(step) <= 1);
}

/** The patrol that one of these lines began: a plan's, or one with the operation's own id. */
export const begun = ({ id, body }: OwnLine): string => String(body["patrol"] ?? id);

/** The newest patrol of this person that began and did not end, from both sources. */
export function going(patrols: readonly Patrol[], lines: readonly OwnLine[], member: string): Going | null {
  const ended = new Set(lines.filter(({ kind }) => kind === "patrol.end").map(({ body }) => String(body["patrol"])));
  for (const { id, state } of patrols) {
    if (state === "done" || state === "void" || state === "cancelled") ended.add(id);
  }
  const own = lines.filter(({ kind }) => kind === "patrol.start").map((line) => ({ id: begun(line), since: line.at }));
  const pulled = patrols
    .filter(({ state, members }) => state === "under_way" && members.includes(member))
    .map(({ id, started_at }) => ({ id, since: started_at ?? "" }));
  const open = [...own, ...pulled].filter(({ id }) => !ended.has(id));
  return open.sort((a, b) => b.since.localeCompare(a.since))[0] ?? null;
}

/** The patrol that goes on, if it was started by this person on this phone: only its way is watched. */
export const startedHere = (on: Going | null, lines: readonly OwnLine[]): string =>
  on && lines.some((line) => line.kind === "patrol.start" && begun(line) === on.id) ? on.id : "";

/** The list of the patrol that goes on, with what this phone has checked off since. */
export function toCheck(on: Going | null, patrols: readonly Patrol[], lines: readonly OwnLine[]): ToCheck[] {
  const ticked = new Map<string, ToCheck["result"]>();
  for (const { kind, body } of lines) {
    const id = String(body["place"]);
    // Newest lines come first.
    if (kind === "place.checked" && !ticked.has(id)) ticked.set(id, RESULTS.find((one) => one === body["result"]) ?? "");
  }
  const found = patrols.find(({ id }) => id === on?.id)?.places ?? [];
  return found.map((one) => ({ ...one, result: ticked.get(one.id) ?? one.result }));
}

/** Plans of these hours, the earliest first. */
export function plansNow(patrols: readonly Patrol[], now: number): Patrol[] {
  return patrols
    .filter(({ state, planned_start, planned_end }) =>
      state === "planned" && planned_start && planned_end &&
      Date.parse(planned_start) - EARLY_MS <= now && now <= Date.parse(planned_end))
    .sort((a, b) => String(a.planned_start).localeCompare(String(b.planned_start)));
}

export type Entry = { id: string; at: string } & ({ line: OwnLine } | { patrol: Patrol });

/** Own lines and the team's patrols, newest first; a patrol that one began oneself stands there once. */
export function entries(lines: readonly OwnLine[], patrols: readonly Patrol[]): Entry[] {
  const own = new Set(lines.filter(({ kind }) => kind === "patrol.start").map(begun));
  return [
    ...lines.map((line) => ({ id: line.id, at: line.at, line })),
    ...patrols
      .filter(({ id, started_at }) => started_at && !own.has(id))
      .map((patrol) => ({ id: patrol.id, at: String(patrol.started_at), patrol })),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

/**
 * When help with traffic began, and on which patrol: it is written down when it is over.
 *
 * A clock in doubt names no beginning. What began before a patrol is no part of it.
 */
export function helpedWhen(
  now: number, minutes: number, isSure: boolean, patrol: Going | null,
): { started_at?: string; patrol?: string } {
  if (!isSure) return patrol ? { patrol: patrol.id } : {};
  const began = now - minutes * 60_000;
  const isOn = patrol && Date.parse(patrol.since) <= began;
  return { started_at: new Date(began).toISOString(), ...(isOn ? { patrol: patrol.id } : {}) };
}

export interface Shift extends Thing {
  team: string;
  day: string;
  starts_at: string;
  ends_at: string;
  place?: string;
  acknowledged: boolean;
}

export const MEASURES = ["nights", "duties", "off", "tet"] as const;

/** How much one serves, and between which two numbers the team's middle lies; null in a small team. */
export interface Counts extends Thing {
  day: string;
  lines: { measure: (typeof MEASURES)[number]; mine: number; middle: [number, number] | null }[];
}

/** Shifts that are not over, the next first, with what this phone has acknowledged already. */
export function shiftsAhead(shifts: readonly Shift[], lines: readonly OwnLine[], now: number): Shift[] {
  const said = new Set(lines.filter(({ kind }) => kind === "shift.acknowledge").map(({ body }) => String(body["assignment"])));
  return shifts
    .filter(({ ends_at }) => Date.parse(ends_at) > now)
    .map((one) => ({ ...one, acknowledged: one.acknowledged || said.has(one.id) }))
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at));
}
