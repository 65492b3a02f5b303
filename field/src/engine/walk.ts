// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * The way of the patrol that goes on: watched from its start to its end, and at no other time.
 *
 * Points lie in a store of their own, each shut under the PIN's key, so that a restart loses none.
 * When the patrol is over they go with it, sealed, and nothing of them stays on the phone.
 */
import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import { shut, unshut, type Box } from "./keys";
import type { Signed } from "./person";
import { fit, isWorth, type Fix } from "./track";

export const REASONS = ["battery", "wish", "no_signal"] as const;
/** Why a way is not recorded: a choice, or a phone that allows no positions. */
export type OffWhy = (typeof REASONS)[number] | "refused";

export type WalkState =
  | { is: "none" }
  | { is: "seeking" | "on"; points: number }
  | { is: "off"; why: OffWhy; points: number };

/** The part of the browser's `Geolocation` that is used. */
export type Positions = Pick<Geolocation, "watchPosition" | "clearWatch">;

interface WalkSchema extends DBSchema {
  points: { key: number; value: { patrol: string; box: Box } };
  off: { key: string; value: OffWhy };
}

const DENIED = 1;
const PATIENCE_MS = 60_000;
/** A position that is older says nothing about where somebody needs help. */
const FRESH_MS = 10 * 60_000;

export class Walk {
  state: WalkState = { is: "none" };
  private patrol = "";
  private last: Fix | null = null;
  private watching: number | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly db: IDBPDatabase<WalkSchema>,
    private readonly key: CryptoKey,
    private readonly changed: () => void,
    private readonly positions: Positions | undefined,
  ) {}

  static async open(by: Signed, changed: () => void, positions: Positions | undefined): Promise<Walk> {
    const db = await openDB<WalkSchema>(`binhyen-walk-${by.me.device}`, 1, {
      upgrade(made) {
        made.createObjectStore("points", { autoIncrement: true });
        made.createObjectStore("off");
      },
    });
    return new Walk(db, by.key, changed, positions);
  }

  /** The patrol that goes on, or none: from now on its way is watched, and no other. */
  follow(patrol: string): Promise<void> {
    return this.inTurn(async () => {
      if (patrol === this.patrol) return;
      this.stop();
      this.patrol = patrol;
      this.last = null;
      await this.clearOthers();
      if (!patrol) return this.be({ is: "none" });
      const points = (await this.db.count("points"));
      const why = await this.db.get("off", patrol);
      if (why) this.be({ is: "off", why, points });
      else this.watch(points);
    });
  }

  turnOff(why: OffWhy): Promise<void> {
    return this.inTurn(async () => {
      if (this.state.is === "none") return;
      this.stop();
      await this.db.put("off", why, this.patrol);
      this.be({ is: "off", why, points: this.state.points });
    });
  }

  turnOn(): Promise<void> {
    return this.inTurn(async () => {
      if (this.state.is !== "off") return;
      await this.db.delete("off", this.patrol);
      this.watch(this.state.points);
    });
  }

  /** What goes with the end of the patrol. */
  async told(): Promise<{ track?: string; way_off?: OffWhy }> {
    await this.queue;
    const all = await this.db.getAll("points");
    const fixes = await Promise.all(all.map(({ box }) => unshut<Fix>(this.key, box)));
    const track = fit(fixes.map(({ point }) => point));
    return { ...(track ? { track } : {}), ...(this.state.is === "off" ? { way_off: this.state.why } : {}) };
  }

  /** Where one is, for a call for help during a patrol whose way is watched. */
  here(now: number): { patrol: string; lat: number; long: number } | null {
    if (this.state.is !== "on" || !this.last || now - this.last.at > FRESH_MS) return null;
    const [lat, long] = this.last.point;
    return { patrol: this.patrol, lat, long };
  }

  close(): void {
    this.stop();
    this.db.close();
  }

  private watch(points: number): void {
    this.be({ is: "seeking", points });
    if (!this.positions) {
      void this.turnOff("refused");
      return;
    }
    this.watching = this.positions.watchPosition(
      ({ timestamp, coords }) => void this.hear({ at: timestamp, point: [coords.latitude, coords.longitude], accuracy_m: coords.accuracy }),
      ({ code }) => void (code === DENIED && this.turnOff("refused")),
      { enableHighAccuracy: true, maximumAge: 0, timeout: PATIENCE_MS },
    );
  }

  private hear(fix: Fix): Promise<void> {
    return this.inTurn(async () => {
      if (this.watching === null || this.state.is === "none" || !isWorth(this.last, fix)) return;
      await this.db.add("points", { patrol: this.patrol, box: await shut(this.key, fix) });
      this.last = fix;
      this.be({ is: "on", points: this.state.points + 1 });
    });
  }

  private stop(): void {
    if (this.watching !== null) this.positions?.clearWatch(this.watching);
    this.watching = null;
  }

  private async clearOthers(): Promise<void> {
    const tx = this.db.transaction(["points", "off"], "readwrite");
    const points = tx.objectStore("points");
    for (let at = await points.openCursor(); at; at = await at.continue()) {
      if (at.value.patrol !== this.patrol) await at.delete();
    }
    for (const patrol of await tx.objectStore("off").getAllKeys()) {
      if (patrol !== this.patrol) await tx.objectStore("off").delete(patrol);
    }
    await tx.done;
  }

  private be(state: WalkState): void {
    this.state = state;
    this.changed();
  }

  /** One thing after the other: a late position must not come behind the end. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.queue.then(work);
    this.queue = next.catch(() => undefined);
    return next;
  }
}
