// SPDX-License-Identifier: AGPL-3.0-or-later
/** The conversations that the server replays as well: `contracts/sync/`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { b64, unb64, utf8 } from "../src/engine/bytes";
import { seal, sign } from "../src/engine/keys";
import { readReply } from "../src/engine/net";
import { write } from "../src/engine/outbox";
import { settle } from "../src/engine/push";
import { readPush, STANDINGS, type Envelope, type Sealed } from "../src/engine/wire";
import { operations, read, scene } from "./scene";

interface Pair {
  private: string;
  public: string;
}
interface Step {
  says: string;
  body: { ops?: Envelope[] };
  answer: { status: number; body: Record<string, unknown> };
}
interface Golden {
  keys: { phone: Pair; seal: Pair & { id: string } };
  sealed: Record<string, { kind: string; body: unknown }>;
  steps: Step[];
}

const golden = JSON.parse(readFileSync("../contracts/sync/push.json", "utf8")) as Golden;
const CURVE = { namedCurve: "P-256" };

/** A fixed private key, as only a test has one. */
function privateKey(pair: Pair, name: "ECDSA" | "ECDH"): Promise<CryptoKey> {
  const point = unb64(pair.public);
  const jwk = { kty: "EC", crv: "P-256", d: pair.private, x: b64(point.slice(1, 33)), y: b64(point.slice(33)) };
  return crypto.subtle.importKey("jwk", jwk, { name, ...CURVE }, false, name === "ECDSA" ? ["sign"] : ["deriveBits"]);
}

const publicKey = (pair: Pair): Promise<CryptoKey> =>
  crypto.subtle.importKey("raw", unb64(pair.public), { name: "ECDSA", ...CURVE }, false, ["verify"]);

const isGood = async (one: Envelope): Promise<boolean> =>
  crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, await publicKey(golden.keys.phone), unb64(one.sig), utf8(one.text));

async function unseal(id: string, sealed: Sealed): Promise<unknown> {
  const from = await crypto.subtle.importKey("raw", unb64(sealed.from), { name: "ECDH", ...CURVE }, false, []);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: from }, await privateKey(golden.keys.seal, "ECDH"), 256);
  const hkdf = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("binhyen seal 1") },
    hkdf, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
  );
  const plain = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: unb64(sealed.iv), additionalData: utf8(id) }, key, unb64(sealed.box),
  );
  return JSON.parse(new TextDecoder().decode(plain));
}

const first = golden.steps[0]!;
const accepted = first.body.ops ?? [];

test("what the contract signs, the phone's own means find signed, and sign alike", async () => {
  for (const one of accepted) assert.ok(await isGood(one), one.text);
  const again = await sign(await privateKey(golden.keys.phone, "ECDSA"), accepted[0]!.text);
  assert.ok(await isGood(again));
  assert.ok(!(await isGood({ ...again, text: `${again.text} ` })));
});

test("what is sealed in the contract, and what the phone seals, opens with the server's key", async () => {
  for (const [id, wanted] of Object.entries(golden.sealed)) {
    const op = accepted.map(({ text }) => JSON.parse(text) as { id: string; sealed: Sealed }).find((one) => one.id === id);
    assert.deepEqual(await unseal(id, op!.sealed), wanted.body);
    const own = await seal({ id: golden.keys.seal.id, key: golden.keys.seal.public }, id, utf8(JSON.stringify(wanted.body)));
    assert.deepEqual(await unseal(id, own), wanted.body);
    await assert.rejects(unseal("another id", own));
  }
});

test("an operation of the phone has exactly the fields of the contract's", async () => {
  const { join } = await scene();
  const an = await join("An");
  await write(an, "patrol.start", {});
  const fields = (text: string) => Object.keys(JSON.parse(text) as object).sort();
  assert.deepEqual(Object.keys(read((await operations(an))[0]!)).sort(), fields(accepted[0]!.text));
});

for (const [at, step] of golden.steps.entries()) {
  test(`the phone understands the answer when ${step.says}`, async () => {
    const told = { ...step.answer.body, epoch: "e1", server_time: "2026-03-01T13:00:00.000Z" };
    const reply = await readReply(new Response(JSON.stringify(told), {
      status: step.answer.status, headers: { "Content-Type": "application/json" },
    }));
    if (step.answer.status !== 200) {
      assert.equal(reply.is, "no");
      return;
    }
    const said = readPush(reply.is === "ok" ? reply.body : null);
    assert.ok(said, `step ${at}`);
    const { join } = await scene();
    const an = await join("An");
    const ids = [];
    for (const [n, op] of (step.body.ops ?? []).entries()) {
      const id = said.answers[n]?.id ?? `unreadable ${n}`;
      ids.push(id);
      if (await an.db.get("operations", id)) continue;
      await an.db.add("operations", {
        id, n: n + 1, kind: "sos", ...op, standing: "waiting", queue: n + 1, code: "", why: "", owner: "",
        answered_at: "", safe_at: "",
      });
    }
    const done = await settle(an.db, ids, said, "e1");
    assert.equal(done?.left, 0);
    for (const kept of await operations(an)) assert.ok((STANDINGS as readonly string[]).includes(kept.standing));
  });
}
