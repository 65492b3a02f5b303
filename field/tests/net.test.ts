// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { test } from "node:test";
import { overHttp, readReply } from "../src/engine/net";

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json; charset=utf-8", ...headers } });

test("answers are told apart", async () => {
  assert.deepEqual(await readReply(json(200, { a: 1 })), { is: "ok", body: { a: 1 } });
  assert.deepEqual(await readReply(json(401, { why: "revoked" })), { is: "unknown device", why: "revoked" });
  assert.deepEqual(await readReply(json(404, { why: "old" })), { is: "no", status: 404, why: "old" });
  assert.deepEqual(await readReply(json(413, {})), { is: "too much" });
  assert.deepEqual(await readReply(json(500, {})), { is: "silence" });
});

test("the page of a captive portal is no answer", async () => {
  const page = new Response("<html>", { status: 200, headers: { "Content-Type": "text/html" } });
  assert.deepEqual(await readReply(page), { is: "silence" });
});

test("a busy server says for how long, within reason", async () => {
  assert.deepEqual(await readReply(json(429, {}, { "Retry-After": "12" })), { is: "later", wait_s: 12 });
  assert.deepEqual(await readReply(json(503, {}, { "Retry-After": "999999" })), { is: "later", wait_s: 3600 });
  assert.deepEqual(await readReply(json(503, {})), { is: "later", wait_s: 30 });
});

test("a broken line or half an answer is silence", async () => {
  const gone = overHttp(() => "vi", "", async () => Promise.reject(new TypeError("failed")));
  assert.deepEqual(await gone.post("/sync/pull", {}), { is: "silence" });
  const half = overHttp(() => "vi", "", async () => new Response('{"epo', { headers: { "Content-Type": "application/json" } }));
  assert.deepEqual(await half.post("/sync/pull", {}), { is: "silence" });
});

test("a request carries token and language and no cookie", async () => {
  let asked: RequestInit = {};
  const net = overHttp(() => "en", "http://x", async (_url, init) => {
    asked = init ?? {};
    return json(200, {});
  });
  await net.post("/sync/push", { ops: [] }, "secret");
  const headers = new Headers(asked.headers);
  assert.deepEqual([headers.get("Authorization"), headers.get("Accept-Language"), asked.credentials], ["Device secret", "en", "omit"]);
});

test("a long body goes packed and says so, a short one plain", async () => {
  const asked: RequestInit[] = [];
  const net = overHttp(() => "vi", "", async (_url, init) => {
    asked.push(init ?? {});
    return json(200, {});
  });
  const long = { ops: Array.from({ length: 100 }, (_one, n) => ({ text: `việc thứ ${n}` })) };
  await net.post("/sync/push", long);
  await net.post("/sync/push", { ops: [] });

  const [first, second] = asked;
  assert.equal(new Headers(first?.headers).get("Content-Encoding"), "gzip");
  const body = first?.body;
  assert.ok(body instanceof Blob);
  const text = await new Response(body.stream().pipeThrough(new DecompressionStream("gzip"))).text();
  assert.deepEqual(JSON.parse(text), long);
  assert.ok(body.size * 2 < text.length);
  assert.equal(new Headers(second?.headers).get("Content-Encoding"), null);
  assert.equal(second?.body, '{"ops":[]}');
});
