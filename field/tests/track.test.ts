// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode, encode, fit, isWorth, metres, MOST_LETTERS, thin, type Fix, type Point } from "../src/engine/track";

const GOLDEN = JSON.parse(readFileSync("../contracts/sync/track.json", "utf8")) as { points: Point[]; text: string }[];

/** Numbers that look like chance and are the same each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A walk of some hours, a position each second, with turns, rests and the noise of a cheap phone. */
function walk(seed: number, hours: number): Fix[] {
  const next = chance(seed);
  const fixes: Fix[] = [];
  let [lat, long] = [10.93, 108.29];
  let way = next() * 6.28;
  for (let second = 0; second < hours * 3600; second += 1) {
    if (next() < 0.02) way += (next() - 0.5) * 3;
    const speed = Math.floor(second / 600) % 4 === 3 ? 0 : 1.4;
    lat += (Math.cos(way) * speed) / 111_195;
    long += (Math.sin(way) * speed) / 109_000;
    const noise = () => ((next() + next() - 1) * 6) / 111_195;
    fixes.push({ at: second * 1000, point: [lat + noise(), long + noise()], accuracy_m: 4 + next() * 20 });
  }
  return fixes;
}

function kept(fixes: readonly Fix[]): Point[] {
  const found: Fix[] = [];
  for (const fix of fixes) if (isWorth(found.at(-1) ?? null, fix)) found.push(fix);
  return found.map(({ point }) => point);
}

test("the server's text is read and written the same", () => {
  assert.ok(GOLDEN.length >= 4);
  for (const { points, text } of GOLDEN) {
    assert.equal(encode(points), text);
    decode(text).forEach((point, at) => assert.ok(metres(point, points[at]!) < 1.2));
    assert.equal(encode(decode(text)), text);
  }
});

test("two hours of walking at a position each second fit in 8 KB, to some metres", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const points = kept(walk(seed, 2));
    const text = fit(points);
    assert.ok(points.length > 300 && points.length <= 720, String(points.length));
    assert.ok(JSON.stringify(text).length <= 8192, String(text.length));
    assert.equal(encode(decode(text)), text);
  }
});

test("a day of walking still fits, less exactly, and keeps its ends", () => {
  const points = kept(walk(7, 20));
  const text = fit(points);
  assert.ok(text.length <= MOST_LETTERS && text.length > MOST_LETTERS / 4);
  const way = decode(text);
  assert.ok(metres(way[0]!, points[0]!) < 1.2 && metres(way.at(-1)!, points.at(-1)!) < 1.2);
});

test("thinning leaves out what lies on the way and nothing that lies off it", () => {
  const straight: Point[] = [[10, 108], [10.001, 108], [10.002, 108], [10.003, 108]];
  assert.deepEqual(thin(straight, 2), [straight[0], straight[3]]);
  const bent: Point[] = [[10, 108], [10.001, 108.001], [10.002, 108]];
  assert.deepEqual(thin(bent, 2), bent);
});

test("what is noise, too soon, too near or elsewhere is no point", () => {
  const last: Fix = { at: 0, point: [10.93, 108.29], accuracy_m: 5 };
  const far: Point = [10.9302, 108.29];
  const worth = (at: number, point: Point, accuracy_m = 5) => isWorth(last, { at, point, accuracy_m });
  assert.equal(worth(10_000, far), true);
  assert.equal(worth(9_000, far), false);
  assert.equal(worth(10_000, [10.93003, 108.29]), false);
  assert.equal(worth(10_000, far, 200), false);
  assert.equal(isWorth(null, { at: 0, point: [108.29, 10.93], accuracy_m: 5 }), false);
  assert.equal(isWorth(null, { at: 0, point: [NaN, 108.29], accuracy_m: 5 }), false);
});

test("one point is no way", () => {
  assert.equal(fit([]), "");
  assert.equal(fit([[10.93, 108.29]]), "");
});
