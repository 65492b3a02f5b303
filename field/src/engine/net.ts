// SPDX-License-Identifier: AGPL-3.0-or-later
/** Asking the server; whatever is not a clear answer is silence, and changes nothing. */

export type Reply =
  | { is: "ok"; body: unknown }
  | { is: "later"; wait_s: number }
  | { is: "too much" }
  | { is: "unknown device"; why: string }
  | { is: "no"; status: number; why: string }
  | { is: "silence" };

export interface Net {
  post(path: string, body: unknown, token?: string): Promise<Reply>;
}

const PATIENCE_MS = 60_000;
const WAIT_S = 30;

/** Reads a response; a captive portal's page is no answer of ours. */
export async function readReply(response: Response): Promise<Reply> {
  if (response.status === 429 || response.status === 503) {
    const asked = Number(response.headers.get("Retry-After"));
    return { is: "later", wait_s: asked > 0 ? Math.min(asked, 3600) : WAIT_S };
  }
  if (response.status === 413) return { is: "too much" };
  if (!/\bjson\b/.test(response.headers.get("Content-Type") ?? "")) return { is: "silence" };
  const body: unknown = await response.json();
  if (response.ok) return { is: "ok", body };
  const why = String((body as { why?: unknown } | null)?.why ?? "");
  if (response.status === 401) return { is: "unknown device", why };
  return response.status < 500 ? { is: "no", status: response.status, why } : { is: "silence" };
}

export function overHttp(language: () => string, base = "", ask: typeof fetch = (...a) => fetch(...a)): Net {
  return {
    async post(path, body, token) {
      try {
        const response = await ask(base + path, {
          method: "POST",
          headers: {
            "Content-Type": "application/json",
            "Accept-Language": language(),
            ...(token ? { Authorization: `Device ${token}` } : {}),
          },
          body: JSON.stringify(body),
          credentials: "omit",
          redirect: "error",
          cache: "no-store",
          signal: AbortSignal.timeout(PATIENCE_MS),
        });
        return await readReply(response);
      } catch {
        return { is: "silence" };
      }
    },
  };
}
