// SPDX-License-Identifier: AGPL-3.0-or-later
/** A phone with people on it, for a test. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import type { Ticks } from "../src/engine/clock";
import { enrol, signIn, type Signed } from "../src/engine/person";
import { openPhone, type Kept, type Phone } from "../src/engine/store";
import { Server } from "./server";

export const PIN = "246810";
/** Few rounds: tests need no slow lock. */
const ROUNDS = 10;

export class Hands implements Ticks {
  at = Date.parse("2026-03-01T13:00:00Z");
  ran = 5000;
  wall = () => this.at;
  running = () => this.ran;

  /** Time goes by for both clocks. */
  pass(ms: number): void {
    this.at += ms;
    this.ran += ms;
  }
}

export interface Scene {
  server: Server;
  phone: Phone;
  ticks: Hands;
  join(name: string): Promise<Signed>;
}

export async function scene(): Promise<Scene> {
  globalThis.indexedDB = new IDBFactory();
  const server = new Server();
  const phone = await openPhone();
  const ticks = new Hands();
  return {
    server, phone, ticks,
    async join(name) {
      const done = await enrol(phone, server.net, { ticket: name, name: "phone", pin: PIN, rounds: ROUNDS }, ticks);
      if (done.is !== "done") throw new Error(done.is);
      ticks.pass(1000);
      return enter(done.device, ticks);
    },
  };
}

export async function enter(device: string, ticks: Ticks): Promise<Signed> {
  const opened = await signIn(device, PIN, ticks);
  if (opened.is !== "open") throw new Error("wrong PIN");
  return opened.signed;
}

export const operations = async (by: Signed): Promise<Kept[]> =>
  (await by.db.getAll("operations")).sort((a, b) => a.n - b.n);

export const standings = async (by: Signed): Promise<string[]> => (await operations(by)).map(({ standing }) => standing);

export const read = (one: Kept): Record<string, unknown> => JSON.parse(one.text) as Record<string, unknown>;
