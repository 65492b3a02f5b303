// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { callsNow, type Help, type Told } from "../src/calls";
import type { OwnLine } from "../src/engine/person";
import type { Kept } from "../src/engine/store";

const AT = "2026-03-01T14:00:00Z";
const NOW = Date.parse("2026-03-01T14:05:00Z");
const line = (id: string, kind: OwnLine["kind"], body = {}, at = AT): OwnLine => ({ id, kind, at, body });
const kept = (id: string, standing: Kept["standing"], why = ""): Kept => ({
  id, n: 1, kind: "sos", text: "", sig: "", standing, code: "", why, owner: "", answered_at: "", safe_at: "",
});
const help = (id: string, more: Partial<Help> = {}): Help => ({
  type: "help", id, state: "called", member: "m2", place: "Chợ", called_at: AT, seen_at: null, seen_by: "", ...more,
});
const told = (more: Partial<Told>): Told => ({
  helps: [], lines: [], sent: [], members: [{ type: "member", id: "m2", name: "Bình" }], me: "m1", now: NOW, ...more,
});
const CALL = line("c1", "sos", { place: "Bờ kè" });

test("a call is only said to be as far as it is", () => {
  const stage = (sent: Kept[], helps: Help[] = []) => callsNow(told({ lines: [CALL], sent, helps }))[0]?.is;
  assert.equal(stage([]), "waiting");
  assert.equal(stage([kept("c1", "waiting")]), "waiting");
  assert.equal(stage([kept("c1", "accepted")]), "arrived");
  assert.equal(stage([kept("c1", "quarantined")]), "held");
  assert.equal(stage([kept("c1", "refused")]), "held");
  assert.equal(stage([kept("c1", "accepted")], [help("c1", { member: "m1" })]), "arrived");
  assert.equal(stage([kept("c1", "accepted")], [help("c1", { state: "seen", seen_at: AT, seen_by: "An" })]), "seen");
});

test("a call that is over, here or there, is shown no more", () => {
  assert.deepEqual(callsNow(told({ lines: [CALL], helps: [help("c1", { state: "closed" })] })), []);
  assert.deepEqual(callsNow(told({ lines: [line("o", "sos.over", { call: "c1" }), CALL] })), []);
});

test("a call of yesterday does not look like one of now", () => {
  assert.deepEqual(callsNow(told({ lines: [CALL], now: NOW + 12 * 3_600_000 })), []);
  assert.deepEqual(callsNow(told({ helps: [help("h1")], now: NOW + 12 * 3_600_000 })), []);
});

test("a colleague's call names the colleague, and one's own of another phone is one's own", () => {
  const [theirs] = callsNow(told({ helps: [help("h1")] }));
  assert.deepEqual([theirs?.name, theirs?.mine, theirs?.is, theirs?.answered], ["Bình", false, "arrived", false]);
  const [own] = callsNow(told({ helps: [help("h1", { member: "m1" })] }));
  assert.equal(own?.mine, true);
});

test("having seen a colleague's call is remembered before the server knows it", () => {
  const [theirs] = callsNow(told({ helps: [help("h1")], lines: [line("s", "sos.see", { call: "h1" })] }));
  assert.equal(theirs?.answered, true);
});
