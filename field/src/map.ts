// SPDX-License-Identifier: AGPL-3.0-or-later
/** The points of one's own commune on a small drawing: plain numbers in, plain numbers out. */
import { metres, type Point } from "./engine/track";
import type { Thing } from "./engine/wire";
import type { Patrol } from "./rules";

export interface Place extends Thing {
  name: string;
  lat?: number;
  long?: number;
}

export const WIDTH = 328;
export const HEIGHT = 340;
const MARGIN = 28;
/** Never closer than this, so that a single village is no empty sheet. */
const SMALLEST_M = 600;
const DOT = 13;
/** A letter of the labels, roughly. */
const LETTER = 7.4;
const LINE = 17;

export interface Mark {
  number: number;
  name: string;
  x: number;
  y: number;
  /** Where the name stands; null where it would cover something: then the number says it. */
  label: { x: number; y: number; anchor: "start" | "end" } | null;
}

export interface Drawing {
  marks: Mark[];
  here: { x: number; y: number } | null;
  bar: { metres: number; length: number };
}

const isPlaced = (one: Place): one is Place & { lat: number; long: number } =>
  typeof one.lat === "number" && typeof one.long === "number";

const pointOf = ({ lat, long }: { lat: number; long: number }): Point => [lat, long];

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const within = ({ left, top, right, bottom }: Box): boolean => left >= 0 && top >= 0 && right <= WIDTH && bottom <= HEIGHT;

/** The drawing; null where no village has a point. North is up. */
export function draw(places: readonly Place[], here: Point | null): Drawing | null {
  const placed = places.map((place, at) => ({ place, number: at + 1 })).filter(({ place }) => isPlaced(place));
  const points = placed.map(({ place }) => pointOf(place as { lat: number; long: number }));
  if (!points.length) return null;
  const all = here && isNear(here, points) ? [...points, here] : points;
  const lats = all.map(([lat]) => lat);
  const longs = all.map(([, long]) => long);
  const middle: Point = [(Math.min(...lats) + Math.max(...lats)) / 2, (Math.min(...longs) + Math.max(...longs)) / 2];
  const wide = metres([middle[0], Math.min(...longs)], [middle[0], Math.max(...longs)]);
  const tall = metres([Math.min(...lats), middle[1]], [Math.max(...lats), middle[1]]);
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(wide, SMALLEST_M), (HEIGHT - 2 * MARGIN) / Math.max(tall, SMALLEST_M));
  const put = ([lat, long]: Point) => ({
    x: Math.round(WIDTH / 2 + Math.sign(long - middle[1]) * metres([middle[0], long], middle) * scale),
    y: Math.round(HEIGHT / 2 - Math.sign(lat - middle[0]) * metres([lat, middle[1]], middle) * scale),
  });
  const dots = points.map(put);
  return {
    marks: labelled(placed.map(({ place, number }, at) => ({ number, name: place.name, ...(dots[at] ?? { x: 0, y: 0 }) }))),
    here: here && all.length > points.length ? put(here) : null,
    bar: barFor(scale),
  };
}

/** Somebody far away would shrink the commune to a dot. */
const FAR_M = 30_000;
const isNear = (here: Point, points: readonly Point[]): boolean => points.some((one) => metres(one, here) < FAR_M);

/** Names beside their dots where there is room: to the right, to the left, or not at all. */
function labelled(dots: readonly Omit<Mark, "label">[]): Mark[] {
  const taken: Box[] = dots.map(({ x, y }) => ({ left: x - DOT, right: x + DOT, top: y - DOT, bottom: y + DOT }));
  return dots.map((dot) => {
    const length = dot.name.length * LETTER;
    for (const anchor of ["start", "end"] as const) {
      const x = anchor === "start" ? dot.x + DOT + 3 : dot.x - DOT - 3;
      const left = anchor === "start" ? x : x - length;
      const box = { left, right: left + length, top: dot.y - LINE / 2, bottom: dot.y + LINE / 2 };
      if (!within(box) || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      return { ...dot, label: { x, y: dot.y + 5, anchor } };
    }
    return { ...dot, label: null };
  });
}

const BARS_M = [100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000] as const;

function barFor(scale: number): Drawing["bar"] {
  const longest = WIDTH / 3;
  const found = BARS_M.filter((one) => one * scale <= longest).at(-1) ?? BARS_M[0];
  return { metres: found, length: Math.round(found * scale) };
}

/** The eight directions of the wind, as words of the dictionary. */
export const WINDS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"] as const;

/** How far a village is and where to, from where one is. */
export function toward(here: Point, place: Place): { metres: number; wind: (typeof WINDS)[number] } | null {
  if (!isPlaced(place)) return null;
  const there = pointOf(place);
  const east = (there[1] - here[1]) * Math.cos((here[0] * Math.PI) / 180);
  const turn = Math.atan2(east, there[0] - here[0]) / (Math.PI / 4);
  return { metres: metres(here, there), wind: WINDS[(Math.round(turn) + 8) % 8] ?? "n" };
}

const MANY = 10;

/** When one of the last patrols named a village in its route; empty if none did. */
export function lastVisit(place: Place, patrols: readonly Patrol[]): string {
  const name = place.name.normalize("NFC").toLowerCase();
  const last = patrols
    .filter(({ started_at }) => started_at)
    .sort((a, b) => String(b.started_at).localeCompare(String(a.started_at)))
    .slice(0, MANY);
  return last.find(({ route }) => route.normalize("NFC").toLowerCase().includes(name))?.started_at ?? "";
}
