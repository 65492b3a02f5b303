// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The engine as it stands on a phone, against the real server over a network that breaks by a seed.
 *
 * `tests/browser/test_engine.py` starts the server, gives tickets and says which seeds; without it
 * there is nothing to do here. What came of each seed is written down for it, so that it can look
 * into the server's tables.
 */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { blobsWaiting, type Extra } from "../src/engine/blobs";
import { utf8, type Bytes } from "../src/engine/bytes";
import type { Ticks } from "../src/engine/clock";
import { overHttp } from "../src/engine/net";
import { write } from "../src/engine/outbox";
import { enrol, signIn, things, type Signed } from "../src/engine/person";
import { round } from "../src/engine/round";
import { openPhone, waiting, type Kept, type KeptBlob, type Phone } from "../src/engine/store";
import { readPull, type Kind, type Thing } from "../src/engine/wire";

interface Given {
  url: string;
  /** A JPEG, in base64. */
  photo: string;
  /** A seed and a ticket for each of its two people. */
  seeds: { seed: number; tickets: string[] }[];
  out: string;
}

const given = process.env["BINHYEN_ENGINE"]
  ? (JSON.parse(readFileSync(process.env["BINHYEN_ENGINE"], "utf8")) as Given)
  : null;
const PIN = "246810";
const STEPS = 18;
/** Rounds after which a quiet network must have brought everything home. */
const QUIET = 12;

/** Numbers from 0 up to 1, the same for the same seed. */
function chances(seed: number): () => number {
  let at = seed >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A network between the engine and the server: it drops, doubles, delays and cuts. */
class Air {
  breaks = true;
  private late: (() => Promise<Response>)[] = [];

  constructor(private readonly chance: () => number) {}

  ask: typeof fetch = async (address, init) => {
    const send = () => fetch(address, { ...init, signal: null });
    if (!this.breaks) return send();
    const fate = this.chance();
    if (fate < 0.12) throw new TypeError("dropped on its way there");
    if (fate < 0.2) {
      this.late.push(send);
      throw new TypeError("delayed: it arrives later, and nobody hears the answer");
    }
    if (fate < 0.3) await (await send()).arrayBuffer();
    const answer = await send();
    if (fate < 0.4) {
      await answer.arrayBuffer();
      throw new TypeError("the answer was lost");
    }
    if (fate > 0.92) {
      const text = await answer.text();
      const { status, headers } = answer;
      return new Response(text.slice(0, Math.floor(text.length * this.chance())), { status, headers });
    }
    return answer;
  };

  /** What was delayed arrives now, the newest first. */
  async deliver(): Promise<void> {
    for (const send of this.late.splice(0).reverse()) await (await send()).arrayBuffer();
  }
}

/** A wall clock that people set as they like, and a running one that is right. */
class Clocks implements Ticks {
  skew = 0;
  wall = () => Date.now() + this.skew;
  running = () => performance.now();
}

class Scenario {
  private readonly chance: () => number;
  private readonly air: Air;
  private readonly net;
  private readonly ticks = new Clocks();
  private phone!: Phone;
  private people: Signed[] = [];
  private going: (string | null)[] = [];
  /** Ids of what each person wrote. */
  readonly written: string[][] = [];

  constructor(private readonly world: Given, seed: number) {
    this.chance = chances(seed);
    this.air = new Air(this.chance);
    this.net = overHttp(() => "vi", world.url, this.air.ask);
  }

  private one<T>(of: readonly T[]): T {
    return of[Math.floor(this.chance() * of.length)]!;
  }

  async begin(tickets: readonly string[]): Promise<void> {
    globalThis.indexedDB = new IDBFactory();
    this.phone = await openPhone();
    this.air.breaks = false;
    for (const ticket of tickets) {
      const done = await enrol(this.phone, this.net, { ticket, name: "phone", pin: PIN, rounds: 10 }, this.ticks);
      assert.equal(done.is, "done");
      if (done.is === "done") this.people.push(await this.enter(done.device));
      await round(this.phone, this.net, this.people.at(-1)!);
      this.written.push([]);
      this.going.push(null);
    }
    this.air.breaks = true;
  }

  private async enter(device: string): Promise<Signed> {
    const opened = await signIn(device, PIN, this.ticks);
    if (opened.is !== "open") throw new Error("wrong PIN");
    return opened.signed;
  }

  async play(): Promise<void> {
    for (let step = 0; step < STEPS; step += 1) {
      const who = Math.floor(this.chance() * this.people.length);
      const what = this.chance();
      if (what < 0.45) await this.record(who);
      else if (what < 0.8) await round(this.phone, this.net, this.chance() < 0.2 ? null : this.people[who]!);
      else if (what < 0.88) await this.air.deliver();
      else if (what < 0.94) this.ticks.skew = this.one([0, -Date.now(), 86_400_000, -3_600_000]);
      else await this.restart(who);
    }
  }

  /** The app is killed and opened again: what was in memory only is gone. */
  private async restart(who: number): Promise<void> {
    const { me, db } = this.people[who]!;
    db.close();
    this.people[who] = await this.enter(me.device);
  }

  private async record(who: number): Promise<void> {
    const by = this.people[who]!;
    const [me] = await things<Thing>(by, "person");
    const team = me?.["team"];
    const place = `Ngã ba ${this.written[who]!.length}`;
    const on = this.going[who];
    const what = this.chance();
    const note = async (kind: Kind, body: Record<string, unknown>, extras: Extra[] = []) => {
      const id = await write(by, kind, body, extras);
      this.written[who]!.push(id);
      return id;
    };
    if (what < 0.3 && !on) {
      const planned_end = new Date(Date.now() + 3_600_000).toISOString();
      this.going[who] = await note("patrol.start", { team, route: place, planned_end, members: [me?.["member"]] });
    } else if (what < 0.3 && on) {
      await note("patrol.end", { patrol: on });
      this.going[who] = null;
    } else if (what < 0.5 && on) {
      await note("finding.note", { patrol: on, kind: "theft", place, handed: false }, this.chance() < 0.3 ? [this.photo()] : []);
    } else if (what < 0.7) {
      await note("report.file", { team, category: "fire", channel: "noticed", account: place }, this.chance() < 0.5 ? [this.sound()] : []);
    } else {
      await note("traffic.help", { team, kind: "jam", duration_min: 5, place });
    }
  }

  private photo(): Extra {
    return { type: "image/jpeg", bytes: new Uint8Array(Buffer.from(this.world.photo, "base64")) as Bytes };
  }

  private sound(): Extra {
    const bytes = new Uint8Array(70_000 + Math.floor(this.chance() * 80_000)) as Bytes;
    bytes.set(utf8("OggS"));
    return { type: "audio/ogg", bytes };
  }

  /** The network is back: everything goes home, and what the phone holds is what the server tells. */
  async quiet(): Promise<{ ops: Kept[]; blobs: KeptBlob[] }> {
    this.air.breaks = false;
    await this.air.deliver();
    const ops: Kept[] = [];
    const blobs: KeptBlob[] = [];
    for (const [who, by] of this.people.entries()) {
      if (this.going[who]) this.written[who]!.push(await write(by, "patrol.end", { patrol: this.going[who] }));
    }
    for (const [who, by] of this.people.entries()) {
      for (let turn = 0; turn < QUIET; turn += 1) {
        if ((await round(this.phone, this.net, by)).is === "done") break;
      }
      assert.deepEqual([await waiting(by.db), await blobsWaiting(by.db)], [0, 0], "something still waits");
      const mine = await by.db.getAll("operations");
      assert.deepEqual(mine.map(({ id }) => id).sort(), [...this.written[who]!].sort(), "something was lost on the phone");
      assert.deepEqual(mine.map(({ n }) => n).sort((a, b) => a - b), mine.map((_, at) => at + 1), "numbers have a gap");
      for (const one of mine) {
        assert.ok(one.standing === "accepted" || (one.standing === "quarantined" && one.owner), `${one.kind}: ${one.standing} ${one.why}`);
      }
      ops.push(...mine);
      blobs.push(...(await by.db.getAll("blobs")));
    }
    for (const by of this.people) await this.holdsWhatTheServerTells(by);
    return { ops, blobs };
  }

  private async holdsWhatTheServerTells(by: Signed): Promise<void> {
    await round(this.phone, this.net, by);
    const reply = await this.net.post("/sync/pull", { cursor: null, have: [] }, by.me.token);
    const said = reply.is === "ok" ? readPull(reply.body) : null;
    assert.ok(said && said !== "start over");
    const plain = (all: readonly Thing[]) =>
      all.map(({ version: _version, ...rest }) => JSON.stringify(rest, Object.keys(rest).sort())).sort();
    const told = said.objects.filter(({ type }) => type !== "answer");
    const types = new Set((await by.db.getAll("objects")).map(({ type }) => type));
    const held = (await Promise.all([...types].map((type) => things<Thing>(by, type)))).flat();
    assert.deepEqual(plain(held), plain(told), "the phone holds something else than the server tells");
  }

  close(): void {
    for (const { db } of this.people) db.close();
    this.phone.close();
  }
}

const results: { seed: number; ops: { id: string; kind: string; standing: string }[]; blobs: string[] }[] = [];

for (const { seed, tickets } of given?.seeds ?? []) {
  test(`seed ${seed}`, async () => {
    const scenario = new Scenario(given!, seed);
    await scenario.begin(tickets);
    try {
      await scenario.play();
      const { ops, blobs } = await scenario.quiet();
      for (const { standing, why } of blobs) assert.equal(standing, "here", why);
      results.push({
        seed, ops: ops.map(({ id, kind, standing }) => ({ id, kind, standing })), blobs: blobs.map(({ id }) => id),
      });
    } finally {
      scenario.close();
      writeFileSync(given!.out, JSON.stringify(results));
    }
  });
}
