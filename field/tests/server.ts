// SPDX-License-Identifier: AGPL-3.0-or-later
/** A small server that keeps the protocol's word, and a network that breaks on demand. */
import { b64, unb64, utf8, type Bytes } from "../src/engine/bytes";
import type { Net, Reply } from "../src/engine/net";
import type { Announced, Envelope, Thing } from "../src/engine/wire";

type Trouble = "silence" | "answer lost" | "portal" | { later: number };

interface Applied {
  text: string;
  code: string;
  standing: string;
}

export class Server {
  epoch = "e1";
  now = Date.parse("2026-03-01T13:00:00Z");
  applied = new Map<string, Applied>();
  order: string[] = [];
  numbers = new Map<string, Set<number>>();
  objects: Thing[] = [];
  purge: string[] = [];
  safe: string[] = [];
  revoked = new Set<string>();
  most = 100;
  /** What comes next on the wire, one for each request; then it works. */
  troubles: Trouble[] = [];
  requests: { path: string; token: string | undefined; body: Record<string, unknown> }[] = [];
  judge: (op: Record<string, unknown>) => string = () => "accepted";
  unreadable = new Set<string>();
  /** Runs while a request is under way, before the answer is given. */
  meanwhile: (() => Promise<void>) | null = null;
  private points = new Map<string, string>();
  private sealing: CryptoKeyPair | null = null;
  private people = 0;

  /** What operations announced, and the bytes of it that came. */
  blobs = new Map<string, { told: Announced; bytes: Bytes; here: boolean }>();
  /** What is kept out for good. */
  unwanted = new Set<string>();

  net: Net = {
    post: (path, body, token) => this.post(path, body as Record<string, unknown>, token),
    put: (path, piece, range, token) => this.put(path, piece, range, token),
  };

  private async put(path: string, piece: Bytes, range: string, token: string): Promise<Reply> {
    this.requests.push({ path, token, body: { range } });
    const trouble = this.troubles.shift();
    if (trouble === "silence") return { is: "silence" };
    if (trouble === "portal") return { is: "ok", body: "<html>" };
    if (typeof trouble === "object") return { is: "later", wait_s: trouble.later };
    if (this.revoked.has(token)) return { is: "unknown device", why: "revoked" };
    const answer = await this.take(path.split("/").pop() ?? "", piece, range);
    await this.meanwhile?.();
    return trouble === "answer lost" ? { is: "silence" } : answer;
  }

  private async take(id: string, piece: Bytes, range: string): Promise<Reply> {
    const blob = this.blobs.get(id);
    if (!blob) return { is: "no", status: 404, why: "unknown" };
    if (this.unwanted.has(id)) return { is: "no", status: 422, why: "not a photo" };
    const begin = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? blob.bytes.length);
    if (begin > blob.bytes.length) return { is: "no", status: 416, why: "gap" };
    const whole = new Uint8Array(Math.max(blob.bytes.length, begin + piece.length));
    whole.set(blob.bytes);
    whole.set(piece, begin);
    blob.bytes = whole;
    if (whole.length === blob.told.size) {
      const sum = Buffer.from(await crypto.subtle.digest("SHA-256", whole)).toString("hex");
      blob.here = sum === blob.told.sha256;
      if (!blob.here) {
        blob.bytes = new Uint8Array();
        return { is: "no", status: 409, why: "damaged" };
      }
    }
    const { epoch, server_time } = this;
    return { is: "ok", body: { state: blob.here ? "here" : "part", have: blob.bytes.length, epoch, server_time } };
  }

  /** What a blob shows to whoever holds the server's key. */
  async look(id: string): Promise<Bytes> {
    const { told, bytes } = this.blobs.get(id)!;
    const raw = unb64((await this.opened(told.key as unknown as Record<string, string>, id)) as string);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["decrypt"]);
    const how = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: utf8(id) };
    return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.slice(12)));
  }

  private async announce(read: Record<string, unknown>): Promise<void> {
    const body = read["body"] ?? (await this.opened(read["sealed"] as Record<string, string>, String(read["id"])));
    for (const told of (body as { blobs?: Announced[] }).blobs ?? []) {
      this.blobs.set(told.id, { told, bytes: new Uint8Array(), here: false });
    }
  }

  private async post(path: string, body: Record<string, unknown>, token?: string): Promise<Reply> {
    this.requests.push({ path, token, body });
    const trouble = this.troubles.shift();
    if (trouble === "silence") return { is: "silence" };
    if (trouble === "portal") return { is: "ok", body: "<html>" };
    if (typeof trouble === "object") return { is: "later", wait_s: trouble.later };
    this.now += 1000;
    if (path !== "/sync/enrol" && (!token || this.revoked.has(token))) {
      return { is: "unknown device", why: "revoked" };
    }
    const answer = await this.answer(path, body, token);
    await this.meanwhile?.();
    return trouble === "answer lost" ? { is: "silence" } : answer;
  }

  private answer(path: string, body: Record<string, unknown>, token?: string): Promise<Reply> | Reply {
    if (path === "/sync/enrol") return this.enrol(body);
    if (path === "/sync/claim") return this.claim(body, token);
    return path === "/sync/push" ? this.push(body) : this.pull(body);
  }

  /** A restore from before a device was enrolled. */
  lose(device: string): void {
    this.restore(0);
    this.points.delete(device);
    this.revoked.add(`token-${device}`);
  }

  private async claim(body: Record<string, unknown>, token?: string): Promise<Reply> {
    const { device, key, sig } = body as { device: string; key: string; sig: string };
    const words = utf8(`binhyen claim 1 ${device} ${token?.replace("token-", "")}`);
    const point = await crypto.subtle.importKey("raw", unb64(key), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
    if (!(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, point, unb64(sig), words))) {
      return { is: "no", status: 422, why: "another key" };
    }
    this.points.set(device, key);
    return { is: "ok", body: { device, epoch: this.epoch, server_time: this.server_time } };
  }

  get server_time(): string {
    return new Date(this.now).toISOString();
  }

  private async enrol(body: Record<string, unknown>): Promise<Reply> {
    if (body["ticket"] === "used") return { is: "no", status: 404, why: "Ask for a new code." };
    this.sealing ??= await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
    const device = crypto.randomUUID();
    this.points.set(device, String(body["key"]));
    this.people += 1;
    return {
      is: "ok",
      body: {
        device, token: `token-${device}`, epoch: this.epoch, server_time: this.server_time,
        seal_key: { id: "k1", key: b64(await crypto.subtle.exportKey("raw", this.sealing.publicKey)) },
        person: { id: String(body["ticket"]), name: `Người ${this.people}` },
        place: { code: "22918", name: "Mũi Né" },
      },
    };
  }

  /** What the server reads in a sealed operation. */
  async unseal(id: string): Promise<unknown> {
    const { sealed } = JSON.parse(this.applied.get(id)?.text ?? "") as { sealed: Record<string, string> };
    return this.opened(sealed, id);
  }

  private async opened(sealed: Record<string, string>, id: string): Promise<unknown> {
    const from = await crypto.subtle.importKey("raw", unb64(sealed["from"] ?? ""), { name: "ECDH", namedCurve: "P-256" }, false, []);
    const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: from }, this.sealing!.privateKey, 256);
    const hkdf = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8("binhyen seal 1") },
      hkdf, { name: "AES-GCM", length: 256 }, false, ["decrypt"],
    );
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: unb64(sealed["iv"] ?? ""), additionalData: utf8(id) }, key, unb64(sealed["box"] ?? ""),
    );
    return JSON.parse(new TextDecoder().decode(plain));
  }

  private async push(body: Record<string, unknown>): Promise<Reply> {
    const ops = body["ops"] as Envelope[];
    if (ops.length > this.most) return { is: "too much" };
    const answers = [];
    for (const op of ops) {
      const read = JSON.parse(op.text) as Record<string, unknown>;
      if (this.unreadable.has(String(read["id"]))) return { is: "no", status: 400, why: "unreadable" };
      answers.push(await this.apply(op, read));
    }
    const missing: Record<string, number[]> = {};
    for (const [device, numbers] of this.numbers) {
      const most = Math.max(...numbers);
      const lacking = Array.from({ length: most }, (_, at) => at + 1).filter((n) => !numbers.has(n));
      if (lacking.length) missing[device] = lacking;
    }
    return { is: "ok", body: { epoch: this.epoch, server_time: this.server_time, answers, missing } };
  }

  private async apply(op: Envelope, read: Record<string, unknown>) {
    const id = String(read["id"]);
    const device = String(read["device"]);
    if (!this.points.has(device)) return { id, answer: "refused", code: null, why: "unknown phone", owner: null };
    const point = await crypto.subtle.importKey(
      "raw", unb64(this.points.get(device) ?? ""), { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"],
    );
    const good = await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, point, unb64(op.sig), utf8(op.text));
    const known = this.applied.get(id);
    if (known) return { id, answer: "duplicate", code: known.code, standing: known.standing };
    const standing = good ? this.judge(read) : "refused";
    const code = `CODE-${String(this.order.length).padStart(4, "0")}`;
    this.applied.set(id, { text: op.text, code, standing });
    this.order.push(id);
    if (standing !== "refused") await this.announce(read);
    this.numbers.set(device, (this.numbers.get(device) ?? new Set()).add(Number(read["n"])));
    return { id, answer: standing, code, why: standing === "accepted" ? "" : "why", owner: standing === "quarantined" ? "Lê Minh Quang" : "" };
  }

  private pull(body: Record<string, unknown>): Reply {
    if (body["cursor"] === null && !body["have"]) return { is: "ok", body: { start_over: true } };
    const [epoch, at] = String(body["cursor"] ?? `${this.epoch}:0`).split(":");
    if (epoch !== this.epoch && !body["have"]) return { is: "ok", body: { start_over: true } };
    const objects = this.objects.slice(Number(at));
    return {
      is: "ok",
      body: {
        epoch: this.epoch, server_time: this.server_time, cursor: `${this.epoch}:${this.objects.length}`,
        more: false, objects, purge: this.purge, safe: this.safe,
      },
    };
  }

  /** A restore from a backup that holds the first `count` operations. */
  restore(count: number): void {
    this.epoch = `${this.epoch}+`;
    for (const id of this.order.splice(count)) {
      const { device, n } = JSON.parse(this.applied.get(id)!.text) as { device: string; n: number };
      this.numbers.get(device)?.delete(n);
      this.applied.delete(id);
      this.blobs.clear();
    }
  }
}
