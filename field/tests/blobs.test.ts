// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { attachedTo, blobsWaiting, PIECE, type Extra } from "../src/engine/blobs";
import type { Bytes } from "../src/engine/bytes";
import { ownLines, type Signed } from "../src/engine/person";
import { write } from "../src/engine/outbox";
import { round } from "../src/engine/round";
import { waiting, type KeptBlob } from "../src/engine/store";
import { operations, read, scene } from "./scene";
import type { Server } from "./server";

const SIZE = 150_000;

/** Bytes of which no two runs are alike. */
const photo = (seed = 1, size = SIZE): Extra => ({
  type: "image/jpeg", bytes: Uint8Array.from({ length: size }, (_, at) => (at * seed * 7919) >> 3) as Bytes,
});
const file = (by: Signed, ...extras: Extra[]) => write(by, "report.file", { account: "Cháy" }, extras);
const blobs = (by: Signed): Promise<KeptBlob[]> => by.db.getAll("blobs");
const paths = (server: Server) => server.requests.map(({ path }) => path.split("/").slice(0, 3).join("/"));
const days = (n: number) => n * 86_400_000;

test("a photo goes after all text, in pieces, and is what was taken", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  await write(an, "sos", {});
  assert.deepEqual(await round(phone, server.net, an), { is: "done" });
  assert.equal(await blobsWaiting(an.db), 0);
  const asked = paths(server);
  assert.ok(asked.indexOf("/sync/blob") > asked.lastIndexOf("/sync/push"));
  assert.equal(asked.filter((path) => path === "/sync/blob").length, 1 + Math.ceil((SIZE + 28) / PIECE));
  const [one] = await blobs(an);
  assert.equal(one!.standing, "here");
  assert.deepEqual(await server.look(one!.id), photo().bytes);
});

test("nothing on the phone shows a photo, not even that of a finding", async () => {
  const { join } = await scene();
  const an = await join("An");
  const plain = photo(3, 4000);
  await write(an, "finding.note", { kind: "theft" }, [plain]);
  const kept = Buffer.from((await an.db.getAll("bytes"))[0]!);
  assert.ok(!kept.includes(Buffer.from(plain.bytes.slice(100, 132))));
  const [line] = await ownLines(an);
  assert.deepEqual(line!.body, { kind: "theft" });
});

test("operation, line and photo are written together or not at all", async () => {
  const { join } = await scene();
  const an = await join("An");
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (value, key) {
    if (this.name === "bytes") throw new DOMException("full", "QuotaExceededError");
    return add.call(this, value, key);
  };
  try {
    await assert.rejects(file(an, photo()));
  } finally {
    IDBObjectStore.prototype.add = add;
  }
  assert.deepEqual([await operations(an), await ownLines(an), await blobs(an)], [[], [], []]);
});

test("a photo that was cut off goes on where the server has it", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  let pieces = 0;
  server.meanwhile = async () => {
    if (paths(server).at(-1) === "/sync/blob" && ++pieces === 2) server.troubles = ["answer lost"];
  };
  assert.deepEqual(await round(phone, server.net, an), { is: "again", wait_s: null });
  assert.equal(await blobsWaiting(an.db), 1);
  const before = server.requests.length;
  await round(phone, server.net, an);
  const ranges = server.requests.slice(before).filter(({ path }) => path.includes("blob")).map(({ body }) => String(body["range"]));
  assert.match(ranges[0]!, /^bytes \*\//);
  assert.match(ranges[1]!, new RegExp(`^bytes ${2 * PIECE}-`));
  assert.equal(await blobsWaiting(an.db), 0);
});

test("what somebody writes meanwhile goes before the rest of a photo", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  let written = false;
  server.meanwhile = async () => {
    if (written || paths(server).at(-1) !== "/sync/blob") return;
    written = true;
    await write(an, "sos", {});
  };
  assert.deepEqual(await round(phone, server.net, an), { is: "again", wait_s: 0 });
  assert.equal(await waiting(an.db), 1);
  await round(phone, server.net, an);
  assert.deepEqual([await waiting(an.db), await blobsWaiting(an.db)], [0, 0]);
});

test("a photo that is kept out says why, and blocks neither its report nor another photo", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  const id = await file(an, photo(1), photo(5));
  const [bad] = await blobs(an);
  server.unwanted.add(bad!.id);
  await round(phone, server.net, an);
  assert.deepEqual((await attachedTo(an.db)).get(id), { waiting: 0, here: 1, refused: ["not a photo"] });
  assert.equal((await operations(an))[0]!.standing, "accepted");
  assert.equal(await an.db.count("bytes"), 2);
});

test("photos of a refused record are not sent, and stay", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  server.judge = () => "refused";
  await file(an, photo());
  await round(phone, server.net, an);
  assert.ok(!paths(server).includes("/sync/blob"));
  assert.equal((await blobs(an))[0]!.standing, "refused");
  assert.equal(await an.db.count("bytes"), 1);
});

test("a colleague's token carries the photos of a revoked device", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  server.revoked.add(an.me.token);
  an.db.close();
  const binh = await join("Bình");
  await round(phone, server.net, binh);
  assert.deepEqual([...server.blobs.values()].map(({ here }) => here), [true]);
});

test("a restored server gets its photos again, without anyone asking", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  await round(phone, server.net, an);
  server.restore(0);
  for (let turn = 0; turn < 4; turn += 1) await round(phone, server.net, an);
  assert.deepEqual([...server.blobs.values()].map(({ here }) => here), [true]);
  assert.equal(await blobsWaiting(an.db), 0);
});

test("a photo stays for 90 days after the server has it, and longer while it waits", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  await round(phone, server.net, an);
  server.now += days(89);
  await round(phone, server.net, an);
  assert.equal(await an.db.count("bytes"), 1);
  server.now += days(2);
  await round(phone, server.net, an);
  assert.deepEqual([await an.db.count("bytes"), await an.db.count("blobs")], [0, 0]);
});

test("a photo that is safe stays fourteen days more, and goes to no restored server", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  await round(phone, server.net, an);
  const [one] = await blobs(an);
  server.safe = [one!.id];
  await round(phone, server.net, an);
  server.safe = [];
  server.restore(1);
  server.now += days(13);
  await round(phone, server.net, an);
  assert.deepEqual([await blobsWaiting(an.db), await an.db.count("bytes")], [0, 1]);
  server.now += days(1);
  await round(phone, server.net, an);
  assert.deepEqual([await an.db.count("bytes"), await an.db.count("blobs")], [0, 0]);
});

test("a photo that the second store has is here, though the answer was lost", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo(1, 4000));
  const [one] = await blobs(an);
  server.safe = [one!.id];
  await round(phone, server.net, an);
  assert.ok(!paths(server).includes("/sync/blob"));
  assert.deepEqual([(await blobs(an))[0]!.standing, await blobsWaiting(an.db)], ["here", 0]);
});

test("bytes that always arrive as something else end after some tries", async () => {
  const { join, server, phone } = await scene();
  const an = await join("An");
  await file(an, photo());
  const [one] = await blobs(an);
  await an.db.put("bytes", new Uint8Array(one!.size), one!.id);
  for (let turn = 0; turn < 7; turn += 1) await round(phone, server.net, an);
  assert.deepEqual([...(await attachedTo(an.db)).values()], [{ waiting: 0, here: 0, refused: ["damaged"] }]);
});

test("what is announced is what is kept", async () => {
  const { join } = await scene();
  const an = await join("An");
  await write(an, "finding.note", { kind: "theft" }, [photo()]);
  const told = (read((await operations(an))[0]!)["body"] as { blobs: { id: string; size: number }[] }).blobs[0]!;
  assert.equal((await an.db.get("bytes", told.id))!.length, told.size);
});
