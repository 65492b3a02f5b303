// SPDX-License-Identifier: AGPL-3.0-or-later
/** Enrolment, pull, and an old queue, as `contracts/sync/` has them and the server replays them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { unb64, utf8 } from "../src/engine/bytes";
import { readReply, type Net, type Reply } from "../src/engine/net";
import { enrol, signIn, things } from "../src/engine/person";
import { pullOnce } from "../src/engine/pull";
import { pushOnce } from "../src/engine/push";
import { openPerson, openPhone, readState, waiting, type Kept } from "../src/engine/store";
import { readPull, type PullAnswer, type Thing } from "../src/engine/wire";
import { Hands, PIN, scene } from "./scene";

interface Step {
  says: string;
  address: string;
  body: Record<string, unknown>;
  answer: { status: number; body: Record<string, unknown> };
}

const agreed = <T>(name: string): T => JSON.parse(readFileSync(`../contracts/sync/${name}`, "utf8")) as T;

const SAMPLES: Record<string, unknown> = {
  epoch: "e1", moment: "2026-03-01T13:00:00.000Z", cursor: "c1", number: 7, day: "2026-03-01",
  id: "00000000-0000-0000-0000-00000000000d", token: "token",
};

/** A contract's value with something in the place of each mark. */
function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value !== "object" || value === null) return value;
  const mark = (value as Record<string, unknown>)["*"];
  if (typeof mark === "string") return SAMPLES[mark];
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
}

const heard = ({ answer }: Step): Promise<Reply> =>
  readReply(new Response(JSON.stringify(filled(answer.body)), {
    status: answer.status, headers: { "Content-Type": "application/json" },
  }));

const answering = (steps: Step[], asked: Record<string, unknown>[] = []): Net => ({
  post: async (_path, body) => {
    asked.push(body as Record<string, unknown>);
    return heard(steps.shift()!);
  },
  put: async () => ({ is: "silence" }),
});

const enrolment = agreed<{ steps: Step[] }>("enrol.json").steps;
const pulls = agreed<{ steps: Step[] }>("pull.json").steps;
const queue = agreed<{ device: string; keys: { phone: { public: string } }; operations: Kept[] }>("queue-v1.json");

for (const step of enrolment) {
  test(`the phone understands when ${step.says}`, async () => {
    globalThis.indexedDB = new IDBFactory();
    const phone = await openPhone();
    const asked: Record<string, unknown>[] = [];
    const done = await enrol(phone, answering([step], asked), { ticket: "t", name: "m", pin: PIN, rounds: 10 }, new Hands());
    if (step.answer.status !== 200) {
      assert.deepEqual(done, { is: "no", why: step.answer.body["why"] });
      assert.equal((await phone.getAll("people")).length, 0);
      return;
    }
    assert.deepEqual(Object.keys(asked[0]!).sort(), Object.keys(step.body).sort());
    assert.equal(done.is, "done");
    const opened = await signIn(String(SAMPLES["id"]), PIN, new Hands());
    assert.equal(opened.is, "open");
    const person = step.answer.body["person"] as { id: string; name: string };
    assert.deepEqual((await phone.getAll("people")).map(({ name }) => name), [person.name]);
  });
}

const everything = pulls.find(({ answer }) => (answer.body["purge"] as unknown[] | undefined)?.length)!;

for (const step of pulls) {
  test(`the phone understands when ${step.says}`, async () => {
    const { join } = await scene();
    const by = await join("An");
    const cursor = (filled(step.body["cursor"]) as string | null | undefined) ?? null;
    await by.db.put("state", { cursor, purge: [], at: "" }, "pulled");
    const gone = (everything.answer.body["purge"] as string[])[0]!;
    const asked: Record<string, unknown>[] = [];
    const result = await pullOnce(by, answering([step, everything], asked));
    if (step.answer.status !== 200) {
      assert.equal(result.is, "no");
      assert.equal((await readState(by.db, "pulled"))?.cursor, cursor);
      return;
    }
    assert.equal(result.is, "done");
    const over = step.answer.body["start_over"] === true;
    const said = readPull(filled((over ? everything : step).answer.body)) as PullAnswer;
    assert.equal(asked.length, over ? 2 : 1);
    assert.deepEqual(Object.keys(asked.at(-1)!).sort(), cursor && !over ? ["cursor"] : ["cursor", "have"]);
    for (const type of new Set(said.objects.map((one) => one.type))) {
      const held = await things<Thing>(by, type);
      assert.equal(held.length, said.objects.filter((one) => one.type === type).length);
    }
    const kit = (of: readonly Thing[]) => of.map((one) => one["kit"]).filter(Boolean);
    assert.deepEqual(kit(await things<Thing>(by, "patrol")), kit(said.objects));
    assert.ok(!(await by.db.getAllKeys("objects")).some((key) => key.endsWith(gone)));
    assert.equal((await readState(by.db, "pulled"))?.cursor, said.cursor);
  });
}

test("a queue of schema 1 is sent byte for byte by this app, the oldest first", async () => {
  globalThis.indexedDB = new IDBFactory();
  const old = await openDB(`binhyen-person-${queue.device}`, 1, {
    upgrade(db) {
      db.createObjectStore("state");
      const operations = db.createObjectStore("operations", { keyPath: "id" });
      operations.createIndex("n", "n", { unique: true });
      operations.createIndex("queue", "queue");
      operations.createIndex("standing", "standing");
      db.createObjectStore("lines", { keyPath: "id" }).createIndex("n", "n");
      db.createObjectStore("objects", { keyPath: "key" }).createIndex("type", ["type", "sort"]);
    },
  });
  for (const one of queue.operations) await old.add("operations", one);
  await old.put("state", "e1", "epoch");
  old.close();
  const db = await openPerson(queue.device);
  assert.equal(await waiting(db), queue.operations.length);
  const point = await crypto.subtle.importKey(
    "raw", unb64(queue.keys.phone.public), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"],
  );
  const sent: { text: string; sig: string }[] = [];
  const net: Net = {
    post: async (_path, body) => {
      sent.push(...(body as { ops: { text: string; sig: string }[] }).ops);
      const answers = sent.map(({ text }) => ({ id: (JSON.parse(text) as { id: string }).id, answer: "accepted", code: "C" }));
      return { is: "ok", body: { epoch: "e1", server_time: SAMPLES["moment"], answers, missing: {} } };
    },
    put: async () => ({ is: "silence" }),
  };
  assert.equal((await pushOnce(db, net, "token")).is, "answered");
  assert.deepEqual(sent, queue.operations.map(({ text, sig }) => ({ text, sig })));
  for (const { text, sig } of sent) {
    assert.ok(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, point, unb64(sig), utf8(text)));
  }
  assert.equal(await waiting(db), 0);
});
