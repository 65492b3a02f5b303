// SPDX-License-Identifier: AGPL-3.0-or-later
/** The conversation about a recording, as `contracts/sync/photos.json` has it and the server replays it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { sendBlob } from "../src/engine/blobs";
import { unb64, type Bytes } from "../src/engine/bytes";
import { readReply, type Net, type Reply } from "../src/engine/net";
import { pullOnce } from "../src/engine/pull";
import { settle } from "../src/engine/push";
import { readPush } from "../src/engine/wire";
import { scene } from "./scene";

interface Step {
  says: string;
  address: string;
  body: { range?: string; piece?: string; ops?: { text: string; sig: string }[] };
  answer: { status: number; body: Record<string, unknown> };
}

const golden = JSON.parse(readFileSync("../contracts/sync/photos.json", "utf8")) as { blob: string; steps: Step[] };
const SAMPLES: Record<string, unknown> = { epoch: "e1", server_time: "2026-03-01T13:00:00.000Z", cursor: "c1", objects: [] };

const filled = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, SAMPLES[name] ?? value]));
const heard = ({ answer }: Step): Promise<Reply> =>
  readReply(new Response(JSON.stringify(filled(answer.body)), {
    status: answer.status, headers: { "Content-Type": "application/json" },
  }));

test("a recording goes the way of the contract: announced, taken in pieces, safe", async () => {
  const { join } = await scene();
  const an = await join("An");
  const [push, ...rest] = golden.steps;
  const puts = rest.filter(({ body }) => body.range);
  const taken = puts.filter(({ answer }) => answer.status === 200);
  const bytes = new Uint8Array(Buffer.concat(taken.map(({ body }) => unb64(body.piece ?? "")))) as Bytes;
  const ids = push!.body.ops!.map(({ text }) => (JSON.parse(text) as { id: string }).id);
  for (const [at, op] of push!.body.ops!.entries()) {
    await an.db.add("operations", {
      id: ids[at]!, n: at + 1, kind: "sos", ...op, standing: "waiting", queue: at + 1, code: "", why: "", owner: "",
      answered_at: "", safe_at: "",
    });
  }
  await an.db.add("blobs", {
    id: golden.blob, op: ids[1]!, n: 2, type: "audio/ogg", size: bytes.length, standing: "waiting", queue: 2, why: "",
    tries: 0, answered_at: "",
  });
  await an.db.add("bytes", bytes, golden.blob);
  const reply = await heard(push!);
  assert.equal((await settle(an.db, ids, readPush(reply.is === "ok" ? reply.body : null)!, "e1"))?.left, 0);

  const asked: string[] = [];
  const net: Net = {
    post: async () => heard(rest.at(-1)!),
    put: async (_path, _piece, range) => {
      asked.push(range);
      return heard(taken[asked.length - 1]!);
    },
  };
  const blob = (await an.db.get("blobs", golden.blob))!;
  assert.deepEqual(await sendBlob(an.db, net, "token", blob, async () => false), { is: "settled" });
  assert.deepEqual([asked[0], asked.at(-1)], [taken[0]!.body.range, taken[2]!.body.range]);
  assert.equal((await pullOnce(an, net)).is, "done");
  assert.ok((await an.db.get("blobs", golden.blob))?.safe_at);
  for (const id of ids) assert.ok((await an.db.get("operations", id))?.safe_at);
});

for (const step of golden.steps.filter(({ answer }) => answer.status !== 200)) {
  test(`the phone hears why when ${step.says}`, async () => {
    const reply = await heard(step);
    assert.deepEqual(reply, { is: "no", status: step.answer.status, why: step.answer.body["why"] });
  });
}
