// SPDX-License-Identifier: AGPL-3.0-or-later
/** A restore from before a phone was enrolled: nothing on it is lost, and enrolling again sends it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { blobsWaiting } from "../src/engine/blobs";
import type { Bytes } from "../src/engine/bytes";
import { write } from "../src/engine/outbox";
import { round } from "../src/engine/round";
import { identityOf, waiting } from "../src/engine/store";
import { enter, operations, scene, standings } from "./scene";

const photo = { type: "image/jpeg", bytes: new Uint8Array(3000).fill(7) as Bytes };

async function settle(turns: number, work: () => Promise<unknown>): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await work();
}

test("a lost device keeps its queue, says why, and sends all of it after enrolling again", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  const sent = await write(an, "report.file", { account: "Cháy" }, [photo]);
  await round(phone, server.net, an);
  server.lose(an.me.device);
  const late = await write(an, "patrol.start", {});
  await settle(3, () => round(phone, server.net, an));
  assert.equal(await waiting(an.db), 1);
  assert.equal((await identityOf(an.db)).revoked, "revoked");
  an.db.close();

  const again = await join("An");
  assert.notEqual(again.me.device, an.me.device);
  await settle(4, () => round(phone, server.net, again));

  const old = await enter(an.me.device, ticks);
  assert.deepEqual([await waiting(old.db), await blobsWaiting(old.db)], [0, 0]);
  assert.deepEqual(server.order, [sent, late]);
  assert.deepEqual([...server.blobs.values()].map(({ here }) => here), [true]);
  assert.equal(server.requests.filter(({ path }) => path === "/sync/claim").length, 1);
});

test("what a colleague's phone carried in vain goes again once its person enrolled", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  server.lose(an.me.device);
  const id = await write(an, "patrol.start", {});
  an.db.close();
  const binh = await join("Bình");
  await settle(2, () => round(phone, server.net, binh));
  const kept = await enter(an.me.device, ticks);
  assert.deepEqual(await standings(kept), ["refused"]);
  kept.db.close();
  (await join("An")).db.close();
  await settle(3, () => round(phone, server.net, binh));
  assert.deepEqual(server.order, [id]);
  const old = await enter(an.me.device, ticks);
  assert.equal((await operations(old))[0]!.standing, "accepted");
});

test("a second restore that loses the claim is told again", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  server.lose(an.me.device);
  const id = await write(an, "patrol.start", {});
  await round(phone, server.net, an);
  an.db.close();
  const again = await join("An");
  await settle(3, () => round(phone, server.net, again));
  assert.deepEqual(server.order, [id]);
  server.lose(an.me.device);
  await settle(5, () => round(phone, server.net, again));
  assert.deepEqual(server.order, [id]);
  const old = await enter(an.me.device, ticks);
  assert.deepEqual(await standings(old), ["accepted"]);
});

test("nobody claims a colleague's device, and a device with a token claims nothing", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.lose(an.me.device);
  await write(an, "patrol.start", {});
  await round(phone, server.net, an);
  const binh = await join("Bình");
  await settle(2, () => round(phone, server.net, binh));
  assert.ok(!server.requests.some(({ path }) => path === "/sync/claim"));
});
