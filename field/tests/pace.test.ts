// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { Pace, type Timer } from "../src/engine/pace";
import type { Round } from "../src/engine/round";

class Hand implements Timer {
  waits: number[] = [];
  private next: () => void = () => undefined;
  after(ms: number, then: () => void): number {
    this.waits.push(ms / 1000);
    this.next = then;
    return 1;
  }
  stop(): void {}
  chance = () => 0.5;
  async ring(): Promise<void> {
    this.next();
    await new Promise((done) => setImmediate(done));
  }
}

async function waitsAfter(...ends: (Round | null)[]): Promise<number[]> {
  const hand = new Hand();
  const left = [...ends];
  const pace = new Pace(async () => left.shift() ?? null, () => undefined, hand);
  await pace.kick();
  while (hand.waits.length < ends.length) await hand.ring();
  return hand.waits;
}

const AGAIN: Round = { is: "again", wait_s: null };

test("silence is answered with longer and longer pauses, up to ten minutes", async () => {
  const waits = await waitsAfter(...Array.from({ length: 9 }, () => AGAIN));
  assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 320, 600, 600]);
});

test("a server that names a pause gets it, and a little more", async () => {
  assert.deepEqual(await waitsAfter({ is: "again", wait_s: 40 }), [50]);
});

test("success forgives, and a quiet phone asks every five minutes", async () => {
  assert.deepEqual(await waitsAfter(AGAIN, { is: "done" }, AGAIN), [5, 300, 5]);
});

test("a round that another tab is at, or that breaks, is tried again like silence", async () => {
  assert.deepEqual(await waitsAfter(null), [5]);
  const hand = new Hand();
  await new Pace(async () => Promise.reject(new Error("full")), () => undefined, hand).kick();
  assert.deepEqual(hand.waits, [5]);
});

test("whatever happens during a round leads to one more", async () => {
  let rounds = 0;
  const hand = new Hand();
  const pace: Pace = new Pace(
    async () => {
      rounds += 1;
      if (rounds === 1) void pace.kick();
      return { is: "done" };
    },
    () => undefined,
    hand,
  );
  await pace.kick();
  assert.equal(rounds, 2);
});

test("while a call for help is open the pauses stay short", async () => {
  const hand = new Hand();
  const ends: Round[] = [AGAIN, AGAIN, AGAIN, AGAIN, { is: "done" }];
  const pace = new Pace(async () => ends.shift() ?? null, () => undefined, hand, { longest: () => 10_000, idle: () => 15_000 });
  await pace.kick();
  while (hand.waits.length < 5) await hand.ring();
  assert.deepEqual(hand.waits, [5, 10, 10, 10, 15]);
});
