// SPDX-License-Identifier: AGPL-3.0-or-later
/** What goes over the wire; `binhyen/sync/PROTOCOL.md` is the authority. */

export type Kind =
  | "patrol.start"
  | "patrol.end"
  | "finding.note"
  | "traffic.help"
  | "report.file"
  | "shift.acknowledge"
  | "place.checked"
  | "sos"
  | "sos.see"
  | "sos.over";

/** Kinds that wait behind nothing: they are sent before what is older, and alone. */
export const URGENT: ReadonlySet<Kind> = new Set(["sos", "sos.see", "sos.over"]);

export type Body = Readonly<Record<string, unknown>>;

export interface SealKey {
  id: string;
  key: string;
}

export interface Sealed {
  to: string;
  from: string;
  iv: string;
  box: string;
}

/** What an operation says of a photo or recording that comes later. */
export interface Announced {
  id: string;
  type: string;
  size: number;
  sha256: string;
  key: Sealed;
}

/** How far the server is with one. */
export interface PieceAnswer {
  state: "part" | "here";
  have: number;
  epoch: string;
  server_time: string;
}

export interface Envelope {
  text: string;
  sig: string;
}

/** When something was done, as far as this phone can tell. */
export interface Moment {
  server_at: string;
  ran_ms: number;
  clock: string;
  doubt: boolean;
}

export const STANDINGS = ["accepted", "quarantined", "refused"] as const;
export type Standing = (typeof STANDINGS)[number];

export interface Answer {
  /** Null when the server could not even read the operation's id: then its place in the list counts. */
  id: string | null;
  answer: string;
  standing?: string | null;
  code?: string | null;
  why?: string | null;
  owner?: string | null;
}

export interface PushAnswer {
  epoch: string;
  server_time: string;
  answers: Answer[];
  missing: Record<string, number[]>;
}

export interface Thing {
  type: string;
  id: string;
  version?: unknown;
  [field: string]: unknown;
}

export interface PullAnswer {
  epoch: string;
  server_time: string;
  cursor: string;
  more: boolean;
  objects: Thing[];
  purge: string[];
  safe: string[];
}

export interface Enrolled {
  device: string;
  token: string;
  epoch: string;
  server_time: string;
  seal_key: SealKey;
  person: { id: string; name: string };
  place: { code: string; name: string };
}

type Loose = Record<string, unknown>;

const isLoose = (value: unknown): value is Loose =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isTime = (value: unknown): value is string =>
  typeof value === "string" && !Number.isNaN(Date.parse(value));
const texts = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? value : null;
const isIdentified = (value: unknown): value is Thing =>
  isLoose(value) && typeof value["id"] === "string" && typeof value["type"] === "string";

function head(value: Loose): { epoch: string; server_time: string } | null {
  const { epoch, server_time } = value;
  if ((typeof epoch !== "string" && typeof epoch !== "number") || !isTime(server_time)) return null;
  return { epoch: String(epoch), server_time };
}

/** A push answer, or null for anything else: what cannot be read was not said. */
export function readPush(value: unknown): PushAnswer | null {
  if (!isLoose(value)) return null;
  const begin = head(value);
  const { answers, missing } = value;
  if (!begin || !Array.isArray(answers)) return null;
  const good = answers.filter(
    (one): one is Answer => isLoose(one) && typeof one["answer"] === "string",
  );
  const asked: Record<string, number[]> = {};
  for (const [device, numbers] of Object.entries(isLoose(missing) ? missing : {})) {
    if (Array.isArray(numbers)) asked[device] = numbers.filter((n) => Number.isInteger(n));
  }
  return { ...begin, answers: good, missing: asked };
}

/** A pull answer, a request to say what we have, or null for anything else. */
export function readPull(value: unknown): PullAnswer | "start over" | null {
  if (!isLoose(value)) return null;
  if (value["start_over"] === true) return "start over";
  const begin = head(value);
  const { cursor, more, objects } = value;
  const purge = texts(value["purge"]);
  const safe = texts(value["safe"]);
  if (!begin || typeof cursor !== "string" || !Array.isArray(objects) || !purge || !safe) return null;
  if (!objects.every(isIdentified)) return null;
  return { ...begin, cursor, more: more === true, objects, purge, safe };
}

/** How far a blob is, or null for anything else. */
export function readPiece(value: unknown): PieceAnswer | null {
  if (!isLoose(value)) return null;
  const begin = head(value);
  const { state, have } = value;
  if (!begin || (state !== "part" && state !== "here") || !Number.isInteger(have)) return null;
  return { ...begin, state, have: have as number };
}

/** What an enrolment gave, or null for anything else. */
export function readEnrolled(value: unknown): Enrolled | null {
  if (!isLoose(value)) return null;
  const begin = head(value);
  const { device, token, seal_key, person, place } = value;
  if (!begin || typeof device !== "string" || typeof token !== "string") return null;
  if (!isLoose(seal_key) || !isLoose(person) || !isLoose(place)) return null;
  return { ...begin, ...(value as unknown as Enrolled), epoch: begin.epoch };
}
