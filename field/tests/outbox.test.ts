// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDB } from "idb";
import { unb64, utf8 } from "../src/engine/bytes";
import { write } from "../src/engine/outbox";
import { ownLines } from "../src/engine/person";
import { round } from "../src/engine/round";
import { openPerson, waiting } from "../src/engine/store";
import { enter, operations, read, scene } from "./scene";

test("an operation says who, what, its number and when", async () => {
  const { join, ticks } = await scene();
  const an = await join("An");
  ticks.pass(7000);
  const id = await write(an, "patrol.start", { team: "t", route: "Bến cá" });
  const [kept] = await operations(an);
  const said = read(kept!);
  assert.equal(said["v"], 1);
  assert.deepEqual([said["id"], said["device"], said["n"], said["kind"]], [id, an.me.device, 1, "patrol.start"]);
  assert.deepEqual(said["body"], { team: "t", route: "Bến cá" });
  assert.equal(said["server_at"], "2026-03-01T13:00:01.000Z");
  assert.equal(said["clock"], "2026-03-01T13:00:08.000Z");
  assert.equal(kept!.standing, "waiting");
});

test("the signature is over the very bytes that are kept", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await write(an, "finding.note", { kind: "theft", note: "Đường Nguyễn Huệ" });
  const [kept] = await operations(an);
  assert.equal(unb64(kept!.sig).length, 64);
  await round(phone, server.net, an);
  assert.equal(server.applied.get(kept!.id)?.text, kept!.text);
  assert.equal((await operations(an))[0]!.standing, "accepted");
});

test("the private key can sign and can never be read", async () => {
  const { join } = await scene();
  const an = await join("An");
  assert.equal(an.me.signing.extractable, false);
  await assert.rejects(crypto.subtle.exportKey("jwk", an.me.signing));
});

test("line and operation are written together or not at all", async () => {
  const { join } = await scene();
  const an = await join("An");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (value, key) {
    if (this.name === "lines") throw new DOMException("full", "QuotaExceededError");
    return add.call(this, value, key);
  };
  try {
    await assert.rejects(write(an, "patrol.start", {}));
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  assert.deepEqual(await operations(an), []);
  assert.deepEqual(await ownLines(an), []);
  await write(an, "patrol.start", {});
  assert.deepEqual((await operations(an)).map(({ n }) => n), [1]);
});

test("two tabs number without a gap and without a double", async () => {
  const { join, ticks } = await scene();
  const one = await join("An");
  const other = await enter(one.me.device, ticks);
  await Promise.all(Array.from({ length: 12 }, (_, at) => write(at % 2 ? one : other, "traffic.help", { at })));
  assert.deepEqual((await operations(one)).map(({ n }) => n), Array.from({ length: 12 }, (_, at) => at + 1));
});

test("a report is sealed to the server and readable to nobody here", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const secret = "Cãi nhau to ở nhà số 4";
  const id = await write(an, "report.file", { category: "dispute", account: secret });
  const everything = JSON.stringify([await operations(an), await ownLines(an)]);
  assert.ok(!everything.includes("Cãi") && !everything.includes("dispute"));
  assert.equal(read((await operations(an))[0]!)["body"], undefined);
  await round(phone, server.net, an);
  assert.deepEqual(await server.unseal(id), { category: "dispute", account: secret });
});

test("what lies on the phone shows no names or words without the PIN", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.objects.push({ type: "member", id: "m1", name: "Nguyễn Văn Bình" });
  await round(phone, server.net, an);
  const held = await an.db.getAll("objects");
  const bytes = Buffer.from(held[0]!.box.bytes);
  assert.ok(!bytes.includes(Buffer.from(utf8("Bình"))));
});

test("an app with a newer schema finds every queued byte as it was", async () => {
  const { join, ticks } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", { route: "Chợ" });
  await write(an, "patrol.end", { patrol: "p" });
  const before = await operations(an);
  const name = an.db.name;
  an.db.close();
  const newer = await openDB(name, 3, {
    upgrade: (db) => void db.createObjectStore("later"),
  });
  assert.deepEqual(await newer.getAllFromIndex("operations", "queue"), before);
  newer.close();
  assert.ok(ticks);
});

test("a queue of the first released schema is still a queue", async () => {
  await scene();
  // Written out as version 1 made it: this must never be changed, only followed by another test.
  const old = await openDB("binhyen-person-d1", 1, {
    upgrade(db) {
      db.createObjectStore("state");
      const operations_ = db.createObjectStore("operations", { keyPath: "id" });
      operations_.createIndex("n", "n", { unique: true });
      operations_.createIndex("queue", "queue");
      operations_.createIndex("standing", "standing");
      db.createObjectStore("lines", { keyPath: "id" }).createIndex("n", "n");
      db.createObjectStore("objects", { keyPath: "key" }).createIndex("type", ["type", "sort"]);
    },
  });
  const kept = { id: "a", n: 1, kind: "sos", text: "{}", sig: "s", standing: "waiting", queue: 1, code: "", why: "", owner: "", answered_at: "", safe_at: "" };
  await old.add("operations", kept);
  old.close();
  const now = await openPerson("d1");
  assert.equal(await waiting(now), 1);
  assert.deepEqual(await now.get("operations", "a"), kept);
});
