// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Net, Reply } from "../src/engine/net";
import { write } from "../src/engine/outbox";
import { ownLines, things } from "../src/engine/person";
import { round } from "../src/engine/round";
import { readState } from "../src/engine/store";
import { enter, operations, scene } from "./scene";

const DAY = 86_400_000;
const patrol = (id: string, started_at: string) => ({ type: "patrol", id, started_at, state: "done" });

test("objects and cursor come together, newest patrols first", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push(patrol("p1", "2026-02-01T13:00:00Z"), patrol("p2", "2026-02-03T13:00:00Z"), { type: "team", id: "t", name: "Tổ 1" });
  await round(phone, server.net, an);
  assert.deepEqual((await things(an, "patrol", 10)).map(({ id }) => id), ["p2", "p1"]);
  assert.deepEqual((await things(an, "patrol", 1)).map(({ id }) => id), ["p2"]);
  assert.equal((await readState(an.db, "pulled"))?.cursor, "e1:3");
});

test("a store that breaks while objects come keeps the old cursor", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push(patrol("p1", "2026-02-01T13:00:00Z"));
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (this.name === "objects") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  };
  try {
    await assert.rejects(round(phone, server.net, an));
  } finally {
    IDBObjectStore.prototype.put = put;
  }
  assert.equal((await readState(an.db, "pulled"))?.cursor, null);
  await round(phone, server.net, an);
  assert.equal((await things(an, "patrol")).length, 1);
});

for (const body of [{}, null, [], "", { objects: [], purge: ["t"], safe: [] }, { epoch: "e1", server_time: "x", cursor: "c", objects: [], purge: [], safe: [] }]) {
  test(`an answer like ${JSON.stringify(body)} removes and moves nothing`, async () => {
    const { join, server, phone } = await scene();
    const an = await join("An");
    server.objects.push({ type: "team", id: "t", name: "Tổ 1" });
    await round(phone, server.net, an);
    const odd: Net = { ...server.net, post: async () => ({ is: "ok", body }) };
    assert.deepEqual(await round(phone, odd, an), { is: "again", wait_s: null });
    assert.equal((await things(an, "team")).length, 1);
    assert.equal((await readState(an.db, "pulled"))?.cursor, "e1:1");
  });
}

for (const reply of [{ is: "no", status: 403, why: "" }, { is: "unknown device", why: "revoked" }, { is: "silence" }] as Reply[]) {
  test(`an answer of "${reply.is}" removes nothing`, async () => {
    const { join, server, phone } = await scene();
    const an = await join("An");
    server.objects.push({ type: "team", id: "t", name: "Tổ 1" });
    await round(phone, server.net, an);
    await write(an, "sos", {});
    await round(phone, { ...server.net, post: async () => reply }, an);
    assert.equal((await things(an, "team")).length, 1);
    assert.equal((await operations(an)).length, 1);
  });
}

test("only what is named goes, and only when nothing waits", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push(patrol("p1", "1"), patrol("p2", "2"));
  await round(phone, server.net, an);
  server.purge = ["p1"];
  server.meanwhile = async () => {
    server.meanwhile = null;
    await write(an, "sos", {});
  };
  await round(phone, server.net, an);
  assert.equal((await things(an, "patrol")).length, 2, "something waits: nothing goes");
  server.purge = [];
  await round(phone, server.net, an);
  assert.deepEqual((await things(an, "patrol")).map(({ id }) => id), ["p2"]);
});

test("what was to go and comes back stays", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push(patrol("p1", "1"));
  await round(phone, server.net, an);
  server.purge = ["p1"];
  server.meanwhile = async () => {
    server.meanwhile = null;
    await write(an, "sos", {});
  };
  await round(phone, server.net, an);
  server.purge = [];
  server.objects.push(patrol("p1", "1"));
  await round(phone, server.net, an);
  assert.equal((await things(an, "patrol")).length, 1);
});

test("a phone that must start over says what it has", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push(patrol("p1", "1"));
  await round(phone, server.net, an);
  server.restore(0);
  await round(phone, server.net, an);
  const last = server.requests.at(-1)!;
  assert.deepEqual(last.body, { cursor: null, have: ["p1"] });
});

test("an answer that another tab has overtaken is left", async () => {
  const { join, server, phone, ticks } = await scene();
  const one = await join("An");
  const other = await enter(one.me.device, ticks);
  server.objects.push(patrol("p1", "1"));
  server.meanwhile = async () => {
    server.meanwhile = null;
    server.objects.push({ ...patrol("p1", "1"), state: "void" });
    await round(phone, server.net, other);
  };
  await round(phone, server.net, one);
  assert.deepEqual((await things(one, "patrol")).map(({ state }) => state), ["void"]);
});

test("what became of a quarantined operation is told with its receipt", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.judge = () => "quarantined";
  const id = await write(an, "patrol.start", {});
  await round(phone, server.net, an);
  server.objects.push({ type: "answer", id, standing: "accepted", code: "7KQ3-M9XD", why: "", owner: "" });
  await round(phone, server.net, an);
  const [kept] = await operations(an);
  assert.deepEqual([kept!.standing, kept!.code, kept!.owner], ["accepted", "7KQ3-M9XD", ""]);
});

test("an accepted operation is kept until it is safe, and fourteen days more", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const id = await write(an, "patrol.start", {});
  await round(phone, server.net, an);
  server.now += 400 * DAY;
  await round(phone, server.net, an);
  assert.equal((await operations(an)).length, 1, "never safe, never removed");
  server.safe = [id];
  await round(phone, server.net, an);
  server.now += 13.9 * DAY;
  await round(phone, server.net, an);
  assert.equal((await operations(an)).length, 1);
  server.now += 0.2 * DAY;
  await round(phone, server.net, an);
  assert.deepEqual([await operations(an), await ownLines(an)], [[], []]);
});

test("what was refused is kept even when it is safe", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.judge = () => "refused";
  server.safe = [await write(an, "patrol.start", {})];
  await round(phone, server.net, an);
  server.now += 40 * DAY;
  await round(phone, server.net, an);
  assert.equal((await operations(an))[0]!.why, "why");
});
