// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { write } from "../src/engine/outbox";
import type { Signed } from "../src/engine/person";
import { MOST_BYTES } from "../src/engine/push";
import { hurry, round } from "../src/engine/round";
import { waiting } from "../src/engine/store";
import type { Kind } from "../src/engine/wire";
import { enter, operations, scene, standings } from "./scene";

async function writeMany(by: Signed, count: number, kind: Kind = "traffic.help"): Promise<string[]> {
  const ids = [];
  for (let at = 0; at < count; at += 1) ids.push(await write(by, kind, { at }));
  return ids;
}

const pushes = (requests: { path: string; body: Record<string, unknown> }[]) =>
  requests.filter(({ path }) => path === "/sync/push").map(({ body }) => (body["ops"] as { text: string }[]).map(({ text }) => JSON.parse(text).n as number));

test("a queue goes oldest first, at most a hundred at a time", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const ids = await writeMany(an, 130);
  assert.deepEqual(await round(phone, server.net, an), { is: "done" });
  assert.deepEqual(server.order, ids);
  assert.deepEqual(pushes(server.requests).map((sent) => sent.length), [100, 30]);
  assert.equal(await waiting(an.db), 0);
});

test("a request is never larger than 256 KB", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  for (let at = 0; at < 5; at += 1) await write(an, "patrol.end", { track: "ạ".repeat(30_000) });
  await round(phone, server.net, an);
  const sizes = server.requests.map(({ body }) => new TextEncoder().encode(JSON.stringify(body)).length);
  assert.ok(Math.max(...sizes) <= MOST_BYTES, String(sizes));
  assert.equal(server.order.length, 5);
});

test("a server that wants less gets less", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 10);
  server.most = 3;
  await round(phone, server.net, an);
  assert.equal(server.order.length, 10);
});

for (const trouble of ["silence", "answer lost", "portal"] as const) {
  test(`after ${trouble} the same is sent again and applied once`, async () => {
    const { join, server, phone } = await scene();
    const an = await join("An");
    const ids = await writeMany(an, 3);
    server.troubles = [trouble];
    assert.deepEqual(await round(phone, server.net, an), { is: "again", wait_s: null });
    assert.deepEqual(await standings(an), ["waiting", "waiting", "waiting"]);
    assert.deepEqual(await round(phone, server.net, an), { is: "done" });
    assert.deepEqual(server.order, ids);
    assert.deepEqual(await standings(an), ["accepted", "accepted", "accepted"]);
    const codes = (await operations(an)).map(({ code }) => code);
    assert.deepEqual(codes, ids.map((id) => server.applied.get(id)!.code));
  });
}

test("a tab killed before it heard the answer sends again after its restart", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  await writeMany(an, 2);
  server.troubles = ["answer lost"];
  await round(phone, server.net, an);
  an.db.close();
  const again = await enter(an.me.device, ticks);
  assert.equal(await waiting(again.db), 2);
  await round(phone, server.net, again);
  assert.deepEqual([server.order.length, await waiting(again.db)], [2, 0]);
});

test("a busy server is left alone for as long as it asks", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 1);
  server.troubles = [{ later: 17 }];
  assert.deepEqual(await round(phone, server.net, an), { is: "again", wait_s: 17 });
  assert.equal(await waiting(an.db), 1);
});

test("one bad operation never blocks the rest, and stays with the reason", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const [, bad, odd] = await writeMany(an, 4);
  server.judge = ({ id }) => (id === bad ? "refused" : id === odd ? "quarantined" : "accepted");
  await round(phone, server.net, an);
  assert.deepEqual(await standings(an), ["accepted", "refused", "quarantined", "accepted"]);
  const kept = await operations(an);
  assert.deepEqual([kept[1]!.why, kept[2]!.owner], ["why", "Lê Minh Quang"]);
  assert.equal(await waiting(an.db), 0);
});

test("one that the server cannot even read waits, and the others go", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const ids = await writeMany(an, 5);
  server.unreadable.add(ids[2]!);
  await round(phone, server.net, an);
  assert.deepEqual(await standings(an), ["accepted", "accepted", "waiting", "accepted", "accepted"]);
});

test("an answer about something else, or in an unknown word, takes nothing off the queue", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 1);
  const answers = [{ id: "other", answer: "accepted" }, { id: (await operations(an))[0]!.id, answer: "perhaps" }];
  const odd = { ...server.net, post: async () => ({ is: "ok" as const, body: { epoch: "e1", server_time: server.server_time, answers, missing: {} } }) };
  assert.deepEqual(await round(phone, odd, an), { is: "again", wait_s: null });
  assert.deepEqual(await standings(an), ["waiting"]);
});

test("one of which the server could not read even the id is refused by its place", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const [first] = await writeMany(an, 2);
  const answers = [{ id: first, answer: "accepted", code: "A", why: null }, { id: null, answer: "refused", why: "unreadable" }];
  const odd = { ...server.net, post: async () => ({ is: "ok" as const, body: { epoch: "e1", server_time: server.server_time, answers, missing: {} } }) };
  await round(phone, odd, an);
  assert.deepEqual(await standings(an), ["accepted", "refused"]);
});

test("what the server misses is sent again", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const [first] = await writeMany(an, 2);
  await round(phone, server.net, an);
  server.applied.delete(first!);
  server.numbers.get(an.me.device)!.delete(1);
  await writeMany(an, 1);
  await round(phone, server.net, an);
  assert.ok(server.applied.has(first!));
});

test("a server that goes on missing what it has is not asked for ever", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 2);
  server.numbers.set(an.me.device, new Set([50]));
  await round(phone, server.net, an);
  assert.ok(server.requests.length < 8);
});

test("after a restore everything that is not safe goes again by itself", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const ids = await writeMany(an, 6);
  server.safe = ids.slice(0, 2);
  await round(phone, server.net, an);
  server.restore(3);
  await write(an, "sos", {});
  let end = await round(phone, server.net, an);
  if (end.is === "again") end = await round(phone, server.net, an);
  assert.deepEqual(end, { is: "done" });
  assert.deepEqual(ids.filter((id) => !server.applied.has(id)), []);
  assert.deepEqual(new Set(await standings(an)), new Set(["accepted"]));
  const resent = pushes(server.requests).flat().filter((n) => n <= 2);
  assert.deepEqual(resent, [1, 2], "what is safe was sent only once");
});

test("a restore is noticed by a pull too, when nothing waits", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 3);
  await round(phone, server.net, an);
  server.restore(1);
  assert.deepEqual(await round(phone, server.net, an), { is: "again", wait_s: 0 });
  assert.deepEqual(await round(phone, server.net, an), { is: "done" });
  assert.equal(server.order.length, 3);
});

test("a late answer from before the restore takes nothing off the queue", async () => {
  const { join, server, phone, ticks } = await scene();
  const an = await join("An");
  await writeMany(an, 1);
  const otherTab = await enter(an.me.device, ticks);
  server.meanwhile = async () => {
    server.meanwhile = null;
    // While this answer is on its way the server is restored, and another tab hears of it.
    server.restore(0);
    await otherTab.db.put("state", server.epoch, "epoch");
  };
  await round(phone, server.net, an);
  assert.deepEqual(await standings(an), ["waiting"]);
  await round(phone, server.net, an);
  assert.equal(server.order.length, 1);
});

test("two tabs that send at once lose nothing and double nothing", async () => {
  const { join, server, phone, ticks } = await scene();
  const one = await join("An");
  const other = await enter(one.me.device, ticks);
  const ids = await writeMany(one, 5);
  await Promise.all([round(phone, server.net, one), round(phone, server.net, other)]);
  assert.deepEqual(server.order, ids);
  assert.equal(await waiting(one.db), 0);
});

test("a call for help goes before what is older, and alone", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 120);
  const call = await write(an, "sos", {});
  assert.deepEqual(await round(phone, server.net, an), { is: "done" });
  assert.deepEqual(pushes(server.requests).map((sent) => sent.length), [1, 100, 20]);
  assert.equal(server.order[0], call);
  assert.equal(await waiting(an.db), 0);
});

test("a call for help does not wait for a colleague's queue, nor for a round that is under way", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const binh = await join("Bình");
  await writeMany(an, 130);
  let call = "";
  server.meanwhile = async () => {
    server.meanwhile = null;
    call = await write(binh, "sos", {});
    await hurry(phone, server.net);
  };
  await round(phone, server.net, an);
  assert.equal(server.order.indexOf(call), 100, "behind the one request that was under way");
});

test("hurrying sends nothing that can wait", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 3);
  await write(an, "sos", {});
  assert.deepEqual(await hurry(phone, server.net), { is: "done" });
  assert.equal(server.order.length, 1);
  assert.equal(await waiting(an.db), 3);
  server.requests = [];
  assert.deepEqual(await hurry(phone, server.net), { is: "done" });
  assert.deepEqual(server.requests, []);
});

test("a restore makes a call for help the first again", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await writeMany(an, 3);
  const call = await write(an, "sos", {});
  await round(phone, server.net, an);
  server.restore(0);
  await round(phone, server.net, an);
  await round(phone, server.net, an);
  assert.deepEqual([server.order[0], server.order.length], [call, 4]);
});
