// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * When something was done, without believing the phone's wall clock.
 *
 * The last time that the server said, and how long the running clock has run since. The running
 * clock of a web page starts anew with the page and stands still in some phones' sleep: then there
 * is doubt, and the server decides what that means.
 */
import type { Moment } from "./wire";

export interface Ticks {
  /** Milliseconds of the wall clock, which anybody can set. */
  wall(): number;
  /** Milliseconds of a clock that only runs forward, from an unknown beginning. */
  running(): number;
}

export const TICKS: Ticks = { wall: () => Date.now(), running: () => performance.now() };

/** What of it survives a restart. */
export interface Seen {
  server_at: string;
  ran_ms: number;
}

/** How far the two clocks may drift apart before one of them must have been broken. */
const DRIFT_MS = 60_000;
/** A phone is hardly longer without a network: a wall clock beyond it was set wrong. */
const LONG_MS = 60 * 86_400_000;

export class RunningClock {
  private wallThen: number;
  private runningThen: number;
  private broken: boolean;

  /** `seen` was kept by an earlier page, so the running clock was broken since. */
  constructor(
    private readonly ticks: Ticks,
    private seen: Seen,
    broken = true,
  ) {
    this.broken = broken;
    this.wallThen = ticks.wall();
    this.runningThen = ticks.running();
  }

  /** The server has just said its time. */
  hear(server_time: string): void {
    this.seen = { server_at: server_time, ran_ms: 0 };
    this.broken = false;
    this.wallThen = this.ticks.wall();
    this.runningThen = this.ticks.running();
  }

  read(): Moment {
    const ran = Math.max(0, this.ticks.running() - this.runningThen);
    const wall = this.ticks.wall() - this.wallThen;
    if (Math.abs(wall - ran) > DRIFT_MS) this.broken = true;
    return {
      server_at: this.seen.server_at,
      ran_ms: Math.round(this.seen.ran_ms + ran),
      clock: new Date(this.ticks.wall()).toISOString(),
      doubt: this.broken,
    };
  }

  /** What to keep for the page after this one. */
  keep(): Seen {
    const { server_at, ran_ms } = this.read();
    return { server_at, ran_ms };
  }

  /** Milliseconds, best guess: for showing and for plans, never for judging. */
  now(): number {
    const { server_at, ran_ms, clock, doubt } = this.read();
    const least = Date.parse(server_at) + ran_ms;
    const wall = Date.parse(clock);
    return doubt && wall > least && wall - least < LONG_MS ? wall : least;
  }
}
