// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { RunningClock } from "../src/engine/clock";
import { Hands } from "./scene";

const SEEN = { server_at: "2026-03-01T13:00:00Z", ran_ms: 0 };

function heard(): { clock: RunningClock; hands: Hands } {
  const hands = new Hands();
  const clock = new RunningClock(hands, SEEN);
  clock.hear(SEEN.server_at);
  return { clock, hands };
}

test("time since the server spoke is counted by the running clock", () => {
  const { clock, hands } = heard();
  hands.pass(90 * 60_000);
  assert.deepEqual([clock.read().ran_ms, clock.read().doubt], [5_400_000, false]);
});

test("a restart brings doubt and keeps what had run", () => {
  const { clock, hands } = heard();
  hands.pass(60_000);
  const later = new RunningClock(hands, clock.keep());
  hands.pass(5000);
  assert.deepEqual([later.read().ran_ms, later.read().doubt], [65_000, true]);
});

test("the server's word ends the doubt", () => {
  const { hands } = heard();
  const clock = new RunningClock(hands, SEEN);
  clock.hear("2026-03-02T00:00:00Z");
  assert.deepEqual(clock.read(), {
    server_at: "2026-03-02T00:00:00Z", ran_ms: 0, clock: "2026-03-01T13:00:00.000Z", doubt: false,
  });
});

for (const years of [-56, -1, 1]) {
  test(`a wall clock set by ${years} years moves nothing but raises doubt`, () => {
    const { clock, hands } = heard();
    hands.pass(60_000);
    hands.at += years * 365 * 86_400_000;
    assert.deepEqual([clock.read().ran_ms, clock.read().doubt], [60_000, true]);
  });
}

test("a running clock that stood still in the phone's sleep raises doubt", () => {
  const { clock, hands } = heard();
  hands.at += 3 * 3_600_000;
  assert.equal(clock.read().doubt, true);
});

test("a small drift between the clocks is no doubt", () => {
  const { clock, hands } = heard();
  hands.pass(6 * 3_600_000);
  hands.at += 20_000;
  assert.equal(clock.read().doubt, false);
});

test("doubt stays although somebody sets the clock right again", () => {
  const { clock, hands } = heard();
  hands.at += 3_600_000;
  clock.read();
  hands.at -= 3_600_000;
  assert.equal(clock.read().doubt, true);
});

test("in doubt the wall clock is the best guess, unless it is absurd", () => {
  const hands = new Hands();
  const clock = new RunningClock(hands, SEEN);
  hands.at += 20 * 86_400_000;
  assert.equal(clock.now(), hands.at);
  hands.at = Date.parse("2099-01-01T00:00:00Z");
  assert.equal(clock.now(), Date.parse(SEEN.server_at));
  hands.at = 0;
  assert.equal(clock.now(), Date.parse(SEEN.server_at));
});
