// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import type { OwnLine } from "../src/engine/person";
import { dong, inOrder, newestFirst, type Pay, type PayLine } from "../src/pay";
import { entries, going, helpedWhen, isEasy, plansNow, shiftsAhead, ticketIn, toCall, toCheck, type Patrol, type Shift } from "../src/rules";

const patrol = (id: string, more: Partial<Patrol> = {}): Patrol => ({
  type: "patrol", id, team: "t", state: "done", route: "Chợ", planned_start: null, planned_end: null,
  started_at: "2026-03-01T13:00:00Z", ended_at: null, members: ["m1"], ...more,
});
const line = (id: string, kind: OwnLine["kind"], at: string, body = {}): OwnLine => ({ id, kind, at, body });
const START = line("p1", "patrol.start", "2026-03-01T13:00:00Z", { route: "Chợ" });

test("a link, or a ticket alone, gives the ticket", () => {
  const ticket = "aB3_-".repeat(6) + "xy";
  assert.equal(ticketIn(`https://commune.example/field/#t=${ticket}`), ticket);
  assert.equal(ticketIn(`  ${ticket} `), ticket);
  for (const bad of ["", "https://commune.example/", `#t=${ticket}x`, ticket.slice(1)]) assert.equal(ticketIn(bad), "");
});

test("only a number that can be dialled becomes a button", () => {
  const number = (id: string, phone: string) => ({ type: "number", id, name: "Phường Mũi Né", phone });
  const told = [number("a", "02523847113"), number("b", ""), number("c", "0912345678"), number("d", "javascript:1")];
  assert.deepEqual(toCall(told).map(({ id }) => id), ["a", "c"]);
});

test("a PIN of one figure or of neighbours is too easy", () => {
  assert.deepEqual(["111111", "123456", "987654"].map(isEasy), [true, true, true]);
  assert.deepEqual(["246810", "112233", "190573"].map(isEasy), [false, false, false]);
});

test("one's own patrol goes on until its end is written", () => {
  assert.deepEqual(going([], [START], "m1"), { id: "p1", since: START.at });
  assert.equal(going([], [line("e", "patrol.end", "2026-03-01T15:00:00Z", { patrol: "p1" }), START], "m1"), null);
});

test("a patrol that the office ended or voided is over on the phone too", () => {
  for (const state of ["done", "void", "cancelled"] as const) {
    assert.equal(going([patrol("p1", { state })], [START], "m1"), null);
  }
});

test("a patrol on which one goes along can be ended, a colleague's cannot", () => {
  const open = patrol("p2", { state: "under_way" });
  assert.equal(going([open], [], "m1")?.id, "p2");
  assert.equal(going([open], [], "m9"), null);
});

test("a started plan is the plan's patrol", () => {
  const started = line("op", "patrol.start", "2026-03-01T13:00:00Z", { patrol: "plan" });
  assert.equal(going([patrol("plan", { state: "planned" })], [started], "m1")?.id, "plan");
  assert.equal(going([patrol("plan", { state: "done" })], [started], "m1"), null);
});

test("plans are offered from four hours before until their end", () => {
  const plan = patrol("p", { state: "planned", planned_start: "2026-03-01T13:00:00Z", planned_end: "2026-03-01T15:00:00Z" });
  const at = (time: string) => plansNow([plan, patrol("done")], Date.parse(`2026-03-01T${time}Z`)).length;
  assert.deepEqual([at("08:59:00"), at("09:00:00"), at("15:00:00"), at("15:01:00")], [0, 1, 1, 0]);
});

test("the log book shows a patrol that one began oneself once", () => {
  const book = entries([START], [patrol("p1"), patrol("p2", { started_at: "2026-03-02T13:00:00Z" })]);
  assert.deepEqual(book.map(({ id }) => id), ["p2", "p1"]);
});

test("help with traffic began before it was written down, on the patrol only if it began there", () => {
  const now = Date.parse("2026-03-01T14:00:00Z");
  const since = (time: string) => ({ id: "p1", since: `2026-03-01T${time}Z` });
  assert.deepEqual(helpedWhen(now, 30, true, null), { started_at: "2026-03-01T13:30:00.000Z" });
  assert.deepEqual(helpedWhen(now, 30, true, since("13:00:00")), { started_at: "2026-03-01T13:30:00.000Z", patrol: "p1" });
  assert.deepEqual(helpedWhen(now, 30, true, since("13:45:00")), { started_at: "2026-03-01T13:30:00.000Z" });
  assert.deepEqual(helpedWhen(now, 30, false, since("13:45:00")), { patrol: "p1" });
});

test("shifts ahead stand in order and show what was acknowledged here", () => {
  const shift = (id: string, day: string): Shift => ({
    type: "shift", id, team: "t", day, starts_at: `${day}T12:00:00Z`, ends_at: `${day}T16:00:00Z`, acknowledged: false,
  });
  const said = line("op", "shift.acknowledge", "2026-03-01T13:00:00Z", { assignment: "s2" });
  const ahead = shiftsAhead([shift("s3", "2026-03-05"), shift("s1", "2026-03-01"), shift("s2", "2026-03-04")], [said], Date.parse("2026-03-02T00:00:00Z"));
  assert.deepEqual(ahead.map(({ id, acknowledged }) => [id, acknowledged]), [["s2", true], ["s3", false]]);
});

test("the list is that of the patrol under way, with what was ticked here since", () => {
  const places = [{ id: "a", words: "Ngõ 12", result: "" as const }, { id: "b", words: "Cầu", result: "done" as const }];
  const patrols = [patrol("p1", { state: "under_way", places }), patrol("p2", { places: [] })];
  const tick = (result: string) => line(result, "place.checked", "2026-03-01T14:00:00Z", { place: "a", result });
  const on = { id: "p1", since: "" };
  assert.deepEqual(toCheck(on, patrols, []).map(({ result }) => result), ["", "done"]);
  assert.deepEqual(toCheck(on, patrols, [tick("needs_help"), tick("done")]).map(({ result }) => result), ["needs_help", "done"]);
  assert.deepEqual(toCheck({ id: "p2", since: "" }, patrols, []), []);
  assert.deepEqual(toCheck(null, patrols, []), []);
});

test("pay stands newest month first, a correction before what it corrects; what brought nothing comes last", () => {
  const said = { vi: "", en: "" };
  const line = (amount: number): PayLine => ({ name: said, amount, said, article: said, duties: [] });
  const slip = (id: string, month: string, kind: Pay["kind"] = "regular"): Pay => ({
    type: "pay", id, month, kind, state: "paid", total: 0, paid_on: null, unpaid: null, lines: [], aside: [],
  });
  const told = [slip("old", "2025-12"), slip("new", "2026-01"), slip("fix", "2026-01", "correction")];
  assert.deepEqual(newestFirst(told).map(({ id }) => id), ["fix", "new", "old"]);
  assert.deepEqual(inOrder([line(0), line(5), line(-3)]).map(({ amount }) => amount), [5, -3, 0]);
  assert.deepEqual([dong(1_440_000, "vi"), dong(-1_000, "en")], ["1.440.000\u00a0đồng", "-1,000\u00a0đồng"]);
});
