// SPDX-License-Identifier: AGPL-3.0-or-later
/** Asking the server; whatever is not a clear answer is silence, and changes nothing. */

import type { Bytes } from "./bytes";

export type Reply =
  | { is: "ok"; body: unknown }
  | { is: "later"; wait_s: number }
  | { is: "too much"; why?: string }
  | { is: "unknown device"; why: string }
  | { is: "no"; status: number; why: string }
  | { is: "silence" };

export interface Net {
  post(path: string, body: unknown, token?: string): Promise<Reply>;
  /** A piece of something larger; `range` says which. */
  put(path: string, piece: Bytes, range: string, token: string): Promise<Reply>;
}

const PATIENCE_MS = 60_000;
/** 64 KB over the slowest network that still is one. */
const PATIENCE_PIECE_MS = 180_000;
const WAIT_S = 30;
const WORTH_PACKING = 2048;

/** Reads a response; a captive portal's page is no answer of ours. */
export async function readReply(response: Response): Promise<Reply> {
  if (response.status === 429 || response.status === 503) {
    const asked = Number(response.headers.get("Retry-After"));
    return { is: "later", wait_s: asked > 0 ? Math.min(asked, 3600) : WAIT_S };
  }
  const isJson = /\bjson\b/.test(response.headers.get("Content-Type") ?? "");
  if (response.status === 413 && !isJson) return { is: "too much" };
  if (!isJson) return { is: "silence" };
  const body: unknown = await response.json();
  if (response.ok) return { is: "ok", body };
  const why = String((body as { why?: unknown } | null)?.why ?? "");
  if (response.status === 413) return why ? { is: "too much", why } : { is: "too much" };
  if (response.status === 401) return { is: "unknown device", why };
  return response.status < 500 ? { is: "no", status: response.status, why } : { is: "silence" };
}

/** A body and its headers: what is long goes packed, where the browser can; a month's queue is a third of its size. */
async function packed(text: string): Promise<{ body: string | Blob; headers: Record<string, string> }> {
  const headers = { "Content-Type": "application/json" };
  if (text.length < WORTH_PACKING || typeof CompressionStream === "undefined") return { body: text, headers };
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return { body: await new Response(stream).blob(), headers: { ...headers, "Content-Encoding": "gzip" } };
}

export function overHttp(language: () => string, base = "", ask: typeof fetch = (...a) => fetch(...a)): Net {
  const send = async (path: string, patience_ms: number, token: string | undefined, init: RequestInit): Promise<Reply> => {
    try {
      const response = await ask(base + path, {
        ...init,
        headers: {
          ...init.headers, "Accept-Language": language(), ...(token ? { Authorization: `Device ${token}` } : {}),
        },
        credentials: "omit",
        redirect: "error",
        cache: "no-store",
        signal: AbortSignal.timeout(patience_ms),
      });
      return await readReply(response);
    } catch {
      return { is: "silence" };
    }
  };
  return {
    post: async (path, body, token) =>
      send(path, PATIENCE_MS, token, { method: "POST", ...(await packed(JSON.stringify(body))) }),
    put: (path, piece, range, token) =>
      send(path, PATIENCE_PIECE_MS, token, {
        method: "PUT", headers: { "Content-Type": "application/octet-stream", "Content-Range": range }, body: piece,
      }),
  };
}
