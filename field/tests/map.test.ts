// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { draw, HEIGHT, lastVisit, toward, WIDTH, type Place } from "../src/map";
import type { Patrol } from "../src/rules";

const place = (id: string, lat?: number, long?: number): Place => ({
  type: "place", id, name: `Thôn ${id}`, ...(lat === undefined ? {} : { lat }), ...(long === undefined ? {} : { long }),
});

test("north is up, east is right, and everything lies on the sheet", () => {
  const drawing = draw([place("a", 10.95, 108.2), place("b", 10.9, 108.3)], null);
  const [a, b] = drawing!.marks;
  assert.ok(a!.y < b!.y && a!.x < b!.x);
  for (const { x, y } of drawing!.marks) assert.ok(x >= 12 && x <= WIDTH - 12 && y >= 12 && y <= HEIGHT - 12);
  assert.ok(drawing!.bar.length > 20 && drawing!.bar.length <= WIDTH / 3);
});

test("no name covers a dot or another name, and each number stands", () => {
  const crowd = Array.from({ length: 30 }, (_one, at) => place(`Số ${at} có tên dài`, 10.9 + (at % 6) * 0.002, 108.2 + Math.floor(at / 6) * 0.004));
  const { marks } = draw(crowd, null)!;
  assert.deepEqual(marks.map(({ number }) => number), crowd.map((_one, at) => at + 1));
  const boxes = marks.flatMap(({ name, label }) => {
    if (!label) return [];
    const width = name.length * 7.4;
    const left = label.anchor === "start" ? label.x : label.x - width;
    return [{ left, right: left + width, top: label.y - 13, bottom: label.y + 3 }];
  });
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
  }
});

test("numbers are those of the list, also where some villages have no point", () => {
  const drawing = draw([place("a"), place("b", 10.9, 108.3), place("c", 10.91, 108.31)], null);
  assert.deepEqual(drawing!.marks.map(({ number }) => number), [2, 3]);
  assert.equal(draw([place("a")], null), null);
  assert.equal(draw([], [10.9, 108.3]), null);
});

test("one's own position is drawn near the commune and left out far away", () => {
  const places = [place("a", 10.9, 108.3)];
  assert.ok(draw(places, [10.91, 108.31])!.here);
  assert.equal(draw(places, [21, 105.8])!.here, null);
});

test("a village is so far away, in one of eight directions", () => {
  const found = toward([10.9, 108.3], place("a", 10.91, 108.3));
  assert.ok(found!.wind === "n" && Math.abs(found!.metres - 1112) < 2);
  assert.equal(toward([10.9, 108.3], place("a", 10.9, 108.2))!.wind, "w");
  assert.equal(toward([10.9, 108.3], place("a", 10.89, 108.31))!.wind, "se");
  assert.equal(toward([10.9, 108.3], place("a")), null);
});

test("a village that a late route names was visited then", () => {
  const patrol = (route: string, started_at: string | null): Patrol => ({
    type: "patrol", id: route, team: "t", state: "done", route, planned_start: null, planned_end: null, started_at, ended_at: null, members: [],
  });
  const patrols = [patrol("Chợ, THÔN A, bờ kè", "2026-03-01T13:00:00Z"), patrol("Thôn A", "2026-02-01T13:00:00Z"), patrol("Thôn B", null)];
  assert.equal(lastVisit(place("A"), patrols), "2026-03-01T13:00:00Z");
  assert.equal(lastVisit(place("B"), patrols), "");
});
