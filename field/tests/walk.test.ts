// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { write } from "../src/engine/outbox";
import { ownLines, type Signed } from "../src/engine/person";
import { decode } from "../src/engine/track";
import { Walk, type Positions } from "../src/engine/walk";
import { operations, scene } from "./scene";

/** A phone's positions, in a test's hand. */
class Sky implements Positions {
  watches = new Map<number, { good: PositionCallback; bad: PositionErrorCallback | null | undefined }>();
  started = 0;
  at = 0;

  watchPosition(good: PositionCallback, bad?: PositionErrorCallback | null): number {
    this.started += 1;
    this.watches.set(this.started, { good, bad });
    return this.started;
  }

  clearWatch(id: number): void {
    this.watches.delete(id);
  }

  /** Some steps to the north, ten seconds apart. */
  walk(steps: number): void {
    for (let step = 0; step < steps; step += 1) {
      this.at += 1;
      const coords = { latitude: 10.93 + this.at * 0.0002, longitude: 108.29, accuracy: 5 };
      for (const { good } of this.watches.values()) good({ timestamp: this.at * 10_000, coords } as GeolocationPosition);
    }
  }

  refuse(): void {
    for (const { bad } of this.watches.values()) bad?.({ code: 1 } as GeolocationPositionError);
  }
}

async function begin(sky: Positions | undefined = new Sky()): Promise<{ walk: Walk; an: Signed }> {
  const { join } = await scene();
  const an = await join("An");
  return { an, walk: await Walk.open(an, () => undefined, sky) };
}

const settled = (walk: Walk) => walk.told();

test("nothing is watched before a patrol and nothing after it", async () => {
  const sky = new Sky();
  const { walk } = await begin(sky);
  await walk.follow("");
  assert.deepEqual([sky.started, walk.state.is], [0, "none"]);
  await walk.follow("p1");
  sky.walk(3);
  assert.equal(decode((await settled(walk)).track ?? "").length, 3);
  await walk.follow("");
  assert.equal(sky.watches.size, 0);
  assert.deepEqual(await settled(walk), {}, "and nothing of it stays on the phone");
});

test("the points survive a restart and belong to their patrol", async () => {
  const sky = new Sky();
  const { walk, an } = await begin(sky);
  await walk.follow("p1");
  sky.walk(4);
  await settled(walk);
  walk.close();
  const again = await Walk.open(an, () => undefined, sky);
  await again.follow("p1");
  sky.walk(2);
  assert.equal(decode((await settled(again)).track ?? "").length, 6);
  await again.follow("p2");
  assert.equal((await settled(again)).track, undefined);
});

test("switched off with a reason it stays off, until one goes on", async () => {
  const sky = new Sky();
  const { walk, an } = await begin(sky);
  await walk.follow("p1");
  sky.walk(3);
  await walk.turnOff("battery");
  sky.walk(3);
  assert.equal(sky.watches.size, 0);
  walk.close();
  const again = await Walk.open(an, () => undefined, sky);
  await again.follow("p1");
  assert.equal(again.state.is, "off");
  const told = await settled(again);
  assert.deepEqual([told.way_off, decode(told.track ?? "").length], ["battery", 3]);
  await again.turnOn();
  sky.walk(1);
  assert.deepEqual([(await settled(again)).way_off, sky.watches.size], [undefined, 1]);
});

test("a phone that allows no positions, or has none, says so and asks no more", async () => {
  const sky = new Sky();
  const { walk } = await begin(sky);
  await walk.follow("p1");
  sky.refuse();
  assert.deepEqual(await settled(walk), { way_off: "refused" });
  assert.equal(sky.watches.size, 0);
  const none = (await begin(undefined)).walk;
  const bare = await Walk.open((await begin()).an, () => undefined, undefined);
  await bare.follow("p1");
  await settled(bare);
  assert.deepEqual(await settled(bare), { way_off: "refused" });
  none.close();
});

test("a call for help says where only while the way is recorded", async () => {
  const sky = new Sky();
  const { walk } = await begin(sky);
  assert.equal(walk.here(0), null);
  await walk.follow("p1");
  assert.equal(walk.here(0), null);
  sky.walk(2);
  await settled(walk);
  assert.equal(walk.here(20_000)?.patrol, "p1");
  assert.equal(walk.here(20_000 + 11 * 60_000), null, "an old position is none");
  await walk.turnOff("wish");
  assert.equal(walk.here(20_000), null);
});

test("a way leaves sealed, and the log book keeps the patrol without it", async () => {
  const { an } = await begin();
  await write(an, "patrol.end", { patrol: "p1", track: "kouaAky|sSg@R" });
  const [kept] = await operations(an);
  assert.ok(!kept!.text.includes("kouaA") && kept!.text.includes('"sealed"'));
  assert.deepEqual((await ownLines(an))[0]?.body, { patrol: "p1" });
});
