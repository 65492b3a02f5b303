// SPDX-License-Identifier: AGPL-3.0-or-later
/** A way walked as short text: which points are worth keeping, and the text that the server reads. */

/** Latitude and longitude in degrees (WGS 84). */
export type Point = readonly [number, number];

/** What a phone says of its position. */
export interface Fix {
  at: number;
  point: Point;
  accuracy_m: number;
}

/** A point about every ten seconds, if one has walked on. */
export const EVERY_MS = 10_000;
const STEP_M = 8;
/** A worse position is noise. */
const WORST_M = 60;
/** The server takes no point outside Viet Nam. */
const SOUTH = 4, NORTH = 25, WEST = 100, EAST = 121;

export const MOST_LETTERS = 8000;
const SCALE = 1e5;
const DEGREE_M = 111_195;
const FIRST_TOLERANCE_M = 2;

/** Metres between two points, on the flat: exact enough for a walk. */
export function metres([a, b]: Point, [c, d]: Point): number {
  return Math.hypot(c - a, (d - b) * Math.cos((a * Math.PI) / 180)) * DEGREE_M;
}

/** Whether a position belongs to the way after the last one that was kept. */
export function isWorth(last: Fix | null, next: Fix): boolean {
  const [north, east] = next.point;
  if (!(north >= SOUTH && north <= NORTH && east >= WEST && east <= EAST)) return false;
  if (!(next.accuracy_m <= WORST_M)) return false;
  if (!last) return true;
  return next.at - last.at >= EVERY_MS && metres(last.point, next.point) >= STEP_M;
}

/** The format is Google's encoded polyline with five decimals, as `binhyen.patrols.rules` has it. */
export function encode(points: readonly Point[]): string {
  let text = "";
  let before = [0, 0];
  for (const point of points) {
    const here = point.map((degrees) => Math.round(degrees * SCALE));
    here.forEach((value, at) => (text += letters(value - (before[at] ?? 0))));
    before = here;
  }
  return text;
}

function letters(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let text = "";
  while (rest >= 0x20) {
    text += String.fromCharCode(((rest & 0x1f) | 0x20) + 63);
    rest >>>= 5;
  }
  return text + String.fromCharCode(rest + 63);
}

export function decode(text: string): Point[] {
  const numbers: number[] = [];
  let value = 0, shift = 0;
  for (const letter of text) {
    const part = letter.charCodeAt(0) - 63;
    value |= (part & 0x1f) << shift;
    shift += 5;
    if (part >= 0x20) continue;
    numbers.push(value & 1 ? ~(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  const points: Point[] = [];
  let north = 0, east = 0;
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    north += numbers[at] ?? 0;
    east += numbers[at + 1] ?? 0;
    points.push([north / SCALE, east / SCALE]);
  }
  return points;
}

/** The way without the points that lie on it anyway (Douglas and Peucker). */
export function thin(points: readonly Point[], tolerance_m: number): Point[] {
  const keep = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [first, last] = span;
    const [far, distance] = farthest(points, first, last);
    if (distance <= tolerance_m) continue;
    keep.add(far);
    open.push([first, far], [far, last]);
  }
  return points.filter((_point, at) => keep.has(at));
}

function farthest(points: readonly Point[], first: number, last: number): [number, number] {
  const begin = points[first], end = points[last];
  let far = first, distance = -1;
  if (!begin || !end) return [far, distance];
  for (let at = first + 1; at < last; at += 1) {
    const away = off(points[at] ?? begin, begin, end);
    if (away > distance) [far, distance] = [at, away];
  }
  return [far, distance];
}

/** How far a point lies from a straight stretch. */
function off(point: Point, begin: Point, end: Point): number {
  const narrow = Math.cos((begin[0] * Math.PI) / 180);
  const flat = ([north, east]: Point) => [(east - begin[1]) * narrow * DEGREE_M, (north - begin[0]) * DEGREE_M] as const;
  const [x, y] = flat(point);
  const [toX, toY] = flat(end);
  const length = toX * toX + toY * toY;
  const part = length ? Math.max(0, Math.min(1, (x * toX + y * toY) / length)) : 0;
  return Math.hypot(x - part * toX, y - part * toY);
}

/** A way as text of at most 8,000 letters: as exact as that allows. Empty for less than two points. */
export function fit(points: readonly Point[], most = MOST_LETTERS): string {
  if (points.length < 2) return "";
  let text = encode(points);
  for (let tolerance = FIRST_TOLERANCE_M; text.length > most; tolerance *= 1.5) text = encode(thin(points, tolerance));
  return text;
}
