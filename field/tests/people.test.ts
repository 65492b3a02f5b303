// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { write } from "../src/engine/outbox";
import { enrol, everybody, ownLines, signIn, waitAfter } from "../src/engine/person";
import { round } from "../src/engine/round";
import { identityOf, waiting } from "../src/engine/store";
import { enter, operations, PIN, scene } from "./scene";

test("several people share a phone, each with a store and numbers of their own", async () => {
  const { join, phone } = await scene();
  const an = await join("An");
  const binh = await join("Bình");
  await write(an, "sos", {});
  await write(binh, "sos", {});
  assert.deepEqual((await everybody(phone)).map(({ person }) => person), ["An", "Bình"]);
  assert.deepEqual([(await operations(an))[0]!.n, (await operations(binh))[0]!.n], [1, 1]);
  assert.equal((await ownLines(binh)).length, 1);
});

test("switching and signing out leave everything that waits", async () => {
  const { join, ticks } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  an.db.close();
  await join("Bình");
  const back = await enter(an.me.device, ticks);
  assert.equal(await waiting(back.db), 1);
  assert.equal((await ownLines(back)).length, 1);
});

test("somebody's queue is sent while a colleague uses the phone", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const id = await write(an, "patrol.start", {});
  an.db.close();
  const binh = await join("Bình");
  await round(phone, server.net, binh);
  assert.deepEqual(server.order, [id]);
});

test("a queue goes out with nobody signed in", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  an.db.close();
  assert.deepEqual(await round(phone, server.net, null), { is: "done" });
  assert.equal(server.order.length, 1);
});

test("a revoked device keeps its queue, and a colleague carries it", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  server.revoked.add(an.me.token);
  await round(phone, server.net, an);
  assert.equal(await waiting(an.db), 1);
  assert.equal((await identityOf(an.db)).revoked, "revoked");
  const binh = await join("Bình");
  await round(phone, server.net, binh);
  assert.deepEqual([server.order.length, await waiting(an.db)], [1, 0]);
});

test("a device that was refused by mistake sends again when the server takes it", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  server.revoked.add(an.me.token);
  await round(phone, server.net, an);
  server.revoked.clear();
  assert.deepEqual(await round(phone, server.net, an), { is: "done" });
  assert.deepEqual([server.order.length, (await identityOf(an.db)).revoked], [1, ""]);
});

test("a restored server gets what others on the phone have sent, too", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  await round(phone, server.net, an);
  an.db.close();
  const binh = await join("Bình");
  server.restore(0);
  await round(phone, server.net, binh);
  await round(phone, server.net, binh);
  assert.equal(server.order.length, 1);
});

test("whoever enrols again is listed once, and the old queue still goes", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  an.db.close();
  ticks.pass(60_000);
  const again = await join("An");
  assert.deepEqual((await everybody(phone)).map(({ device }) => device), [again.me.device]);
  await round(phone, server.net, again);
  assert.equal(server.order.length, 1);
});

test("a used ticket is told in the server's words and leaves nothing behind", async () => {
  const { server, phone } = await scene();
  const end = await enrol(phone, server.net, { ticket: "used", name: "phone", pin: PIN, rounds: 10 });
  assert.deepEqual(end, { is: "no", why: "Ask for a new code." });
  assert.deepEqual(await everybody(phone), []);
});

test("no network at enrolment leaves nothing behind", async () => {
  const { server, phone } = await scene();
  server.troubles = ["silence"];
  assert.deepEqual(await enrol(phone, server.net, { ticket: "t", name: "", pin: PIN, rounds: 10 }), { is: "silence" });
  assert.deepEqual(await everybody(phone), []);
});

test("a wrong PIN opens nothing and waits longer each time", async () => {
  const { join, ticks } = await scene();
  const { me } = await join("An");
  const waits = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const end = await signIn(me.device, "000000", ticks);
    assert.equal(end.is, "wrong");
    const wait = end.is === "wrong" ? end.wait_ms : 0;
    waits.push(wait);
    ticks.pass(wait + 1);
  }
  assert.deepEqual(waits, [0, 0, 30_000, 60_000, 120_000]);
  assert.equal((await signIn(me.device, PIN, ticks)).is, "open");
  const after = await signIn(me.device, "000000", ticks);
  assert.equal(after.is === "wrong" && after.wait_ms, 0, "the right PIN forgives");
});

test("during the wait even the right PIN is not looked at", async () => {
  const { join, ticks } = await scene();
  const { me } = await join("An");
  for (let turn = 0; turn < 3; turn += 1) await signIn(me.device, "000000", ticks);
  assert.equal((await signIn(me.device, PIN, ticks)).is, "wrong");
  ticks.pass(30_001);
  assert.equal((await signIn(me.device, PIN, ticks)).is, "open");
});

test("no wait is longer than a quarter of an hour, whatever the clock was set to", async () => {
  assert.equal(waitAfter(100), 15 * 60_000);
  const { join, ticks } = await scene();
  const { me } = await join("An");
  ticks.at += 5 * 365 * 86_400_000;
  for (let turn = 0; turn < 3; turn += 1) await signIn(me.device, "000000", ticks);
  ticks.at = 0;
  const end = await signIn(me.device, PIN, ticks);
  assert.ok(end.is === "wrong" && end.wait_ms <= 15 * 60_000);
});
