// SPDX-License-Identifier: AGPL-3.0-or-later
/** When to try again: at once when something happens, ever more slowly while nothing helps. */
import type { Round } from "./round";

const FIRST_MS = 5000;
const LONGEST_MS = 10 * 60_000;
/** How often a phone that has nothing to send asks what is new. */
const IDLE_MS = 5 * 60_000;

/** The longest pauses, in milliseconds: while nothing helps, and while nothing is left to do. */
export interface Rhythm {
  longest(): number;
  idle(): number;
}

export const USUAL: Rhythm = { longest: () => LONGEST_MS, idle: () => IDLE_MS };

export interface Timer {
  after(ms: number, then: () => void): number;
  stop(handle: number): void;
  chance(): number;
}

export const TIMER: Timer = {
  after: (ms, then) => window.setTimeout(then, ms),
  stop: (handle) => window.clearTimeout(handle),
  chance: Math.random,
};

export class Pace {
  private failures = 0;
  private handle = 0;
  private running: Promise<void> | null = null;
  private wanted = false;

  constructor(
    private readonly work: () => Promise<Round | null>,
    private readonly told: () => void,
    private readonly timer: Timer = TIMER,
    private readonly rhythm: Rhythm = USUAL,
  ) {}

  /** Something happened: a new operation, the network, a person. */
  kick(): Promise<void> {
    this.failures = 0;
    this.wanted = true;
    return (this.running ??= this.run());
  }

  private async run(): Promise<void> {
    this.timer.stop(this.handle);
    let wait = 0;
    while (this.wanted) {
      this.wanted = false;
      wait = this.pause(await this.work().catch(() => null));
      if (wait === 0) this.wanted = true;
    }
    this.running = null;
    this.told();
    this.handle = this.timer.after(wait, () => {
      this.wanted = true;
      this.running ??= this.run();
    });
  }

  /** How long until the next round. Many phones get their network back at the same minute. */
  private pause(end: Round | null): number {
    if (end?.is === "done") {
      this.failures = 0;
      return this.rhythm.idle();
    }
    const spread = 0.75 + this.timer.chance() / 2;
    if (end?.wait_s === 0) return this.failures++ < 3 ? 0 : FIRST_MS;
    if (end?.wait_s) return end.wait_s * 1000 * (1 + this.timer.chance() / 2);
    return Math.min(this.rhythm.longest(), FIRST_MS * 2 ** this.failures++) * spread;
  }
}
