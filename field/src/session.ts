// SPDX-License-Identifier: AGPL-3.0-or-later
/** What the screens know: who is here, what waits, and the sender that runs beside them. */
import { attachedTo, blobsWaiting, type Attached, type Extra } from "./engine/blobs";
import { utf8 } from "./engine/bytes";
import { overHttp } from "./engine/net";
import { write } from "./engine/outbox";
import { Pace, TIMER, USUAL } from "./engine/pace";
import { enrol, everybody, ownLines, signIn, things, type Enrolment, type Opened, type OwnLine, type Signed } from "./engine/person";
import { hurry, oneTab, round } from "./engine/round";
import { identityOf, openPerson, openPhone, waiting, type Kept, type Listed, type Phone } from "./engine/store";
import { URGENT, type Body, type Kind, type Thing } from "./engine/wire";
import { Walk } from "./engine/walk";
import { callsNow, isCall, type Call, type Help } from "./calls";
import type { Place } from "./map";
import { newestFirst, type Pay } from "./pay";
import { going, shiftsAhead, startedHere, toCall, toCheck, type CallNumber, type Counts, type Going, type Patrol, type Shift, type ToCheck } from "./rules";
import { currentLanguage, setLanguage, type Language } from "./words";

export interface Member extends Thing {
  name: string;
  team: string;
  post: string;
}

export interface Me extends Thing {
  member: string | null;
  team: string | null;
}

export interface Known {
  me: Me | null;
  members: Member[];
  places: string[];
  /** The same with their points. */
  spots: Place[];
  patrols: Patrol[];
  lines: OwnLine[];
  shifts: Shift[];
  going: Going | null;
  /** The list that the patrol under way checks off. */
  toCheck: ToCheck[];
  /** Calls for help that are not over, the newest first. */
  calls: Call[];
  /** How much one serves; null before the first roster. */
  counts: Counts | null;
  /** Telephones of offices to call. */
  numbers: CallNumber[];
  /** One's own pay, the newest month first. */
  pays: Pay[];
}

export interface Count {
  waiting: number;
  look: number;
  others: { name: string; n: number }[];
}

export type Theme = "auto" | "light" | "dark";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];
const NOTHING: Count = { waiting: 0, look: 0, others: [] };
const NOBODY: Known = { me: null, members: [], places: [], spots: [], patrols: [], lines: [], shifts: [], going: null, toCheck: [], calls: [], counts: null, numbers: [], pays: [] };
const MANY_PATROLS = 200;
/** After so long out of sight the PIN is asked again; what was being typed stays under the cover. */
const COVER_MS = 10 * 60_000;
/** How often it is tried to send a call for help, and asked who has seen it. */
const ALARM_MS = 10_000;
/** Some of the storage that the browser grants; below it we say so. */
const FEW_BYTES = 20_000_000;

export class Session {
  people: Listed[] = [];
  signed: Signed | null = null;
  /** The way of the patrol that goes on and was started on this phone. */
  walk: Walk | null = null;
  known: Known = NOBODY;
  count: Count = NOTHING;
  revoked = "";
  theme: Theme = "auto";
  storageLow = false;
  /** Whether the screens are covered until the PIN is typed again. */
  covered = false;
  update: ServiceWorker | null = null;

  private readonly net = overHttp(currentLanguage);
  private readonly pace = new Pace(() => oneTab(() => round(this.phone, this.net, this.signed)), () => void this.refresh(), TIMER, {
    longest: () => (this.known.calls.length ? ALARM_MS : USUAL.longest()),
    idle: () => (this.known.calls.length ? ALARM_MS : USUAL.idle()),
  });
  /** Beside the rounds, which may be busy with a long queue: a call for help waits for none. */
  private readonly alarm = new Pace(
    () => hurry(this.phone, this.net), () => void this.refresh(), TIMER, { ...USUAL, longest: () => ALARM_MS },
  );
  private readonly listeners = new Set<() => void>();
  private readonly tabs = new BroadcastChannel("binhyen");

  private constructor(private readonly phone: Phone) {}

  static async begin(): Promise<Session> {
    const session = new Session(await openPhone());
    const language = await session.phone.get("settings", "language");
    setLanguage(language === "en" ? "en" : "vi");
    const theme = await session.phone.get("settings", "theme");
    session.show(THEMES.find((one) => one === theme) ?? "auto");
    session.people = await everybody(session.phone);
    session.tabs.onmessage = () => void session.refresh();
    addEventListener("online", () => void session.sendNow());
    let hiddenSince = Date.now();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) hiddenSince = Date.now();
      else session.seenAgain(Date.now() - hiddenSince);
    });
    await session.refresh();
    void session.sendNow();
    return session;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  async speak(language: Language): Promise<void> {
    setLanguage(language);
    await this.phone.put("settings", language, "language");
    this.changed();
  }

  async dress(theme: Theme): Promise<void> {
    this.show(theme);
    await this.phone.put("settings", theme, "theme");
    this.changed();
  }

  private show(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset["theme"] = theme;
  }

  async enrol(ticket: string, pin: string): Promise<Enrolment> {
    const done = await enrol(this.phone, this.net, { ticket, pin, name: phoneName() });
    if (done.is !== "done") return done;
    // Ask the browser not to clear what lies here when the phone runs full.
    await navigator.storage?.persist?.();
    this.people = await everybody(this.phone);
    await this.enter(done.device, pin);
    return done;
  }

  async enter(device: string, pin: string): Promise<Opened> {
    const opened = await signIn(device, pin);
    if (opened.is !== "open") return opened;
    this.leave();
    this.signed = opened.signed;
    this.walk = await Walk.open(opened.signed, () => this.walked(), navigator.geolocation).catch(() => null);
    await this.refresh();
    await Promise.race([this.pace.kick(), new Promise((done) => setTimeout(done, 1500))]);
    return opened;
  }

  private seenAgain(after_ms: number): void {
    this.covered ||= !!this.signed && after_ms > COVER_MS;
    this.changed();
    void this.sendNow();
  }

  /** Take the cover off: the PIN once more, for the person who is signed in. */
  async uncover(pin: string): Promise<Opened> {
    const opened = await signIn(this.signed?.me.device ?? "", pin);
    if (opened.is === "open") {
      opened.signed.db.close();
      this.covered = false;
      this.changed();
    }
    return opened;
  }

  /** Nothing is removed: the store is closed, and its queue goes on being sent. */
  leave(): void {
    this.walk?.close();
    this.signed?.db.close();
    this.signed = this.walk = null;
    this.walked();
    this.known = NOBODY;
    this.covered = false;
    this.changed();
  }

  async write(kind: Kind, body: Body, extras: readonly Extra[] = []): Promise<void> {
    if (!this.signed) throw new Error("nobody is signed in");
    await write(this.signed, kind, body, extras);
    this.tabs.postMessage("written");
    await this.refresh();
    if (URGENT.has(kind)) void this.alarm.kick();
    void this.pace.kick();
  }

  /** Something changed about the way: every screen shows whether it is recorded. */
  private walked(): void {
    document.documentElement.toggleAttribute("data-way", this.walk?.state.is === "on" || this.walk?.state.is === "seeking");
    this.changed();
  }

  /** A newer version of the app waits. */
  offer(worker: ServiceWorker): void {
    this.update = worker;
    this.changed();
  }

  sendNow(): Promise<void> {
    void this.alarm.kick();
    return this.pace.kick();
  }

  /** Own operations, newest first. */
  async operations(): Promise<Kept[]> {
    return this.signed ? (await this.signed.db.getAll("operations")).sort((a, b) => b.n - a.n) : [];
  }

  /** What became of one's photos and recordings, by operation. */
  async attached(): Promise<Map<string, Attached>> {
    return this.signed ? attachedTo(this.signed.db) : new Map<string, Attached>();
  }

  now(): number {
    return this.signed?.clock.now() ?? Date.now();
  }

  /** Whether what the clock says can be trusted enough to name a moment. */
  isSure(): boolean {
    return this.signed ? !this.signed.clock.read().doubt : false;
  }

  private async refresh(): Promise<void> {
    const by = this.signed;
    try {
      if (by) {
        this.known = await known(by);
        await this.walk?.follow(startedHere(this.known.going, this.known.lines));
        this.revoked = (await identityOf(by.db)).revoked;
      }
      this.count = await this.counted();
    } catch (error) {
      // Somebody signed out, or another person in, while this was read.
      if (by === this.signed) throw error;
      return;
    }
    const room = await navigator.storage?.estimate?.();
    this.storageLow = !!room?.quota && room.quota - (room.usage ?? 0) < FEW_BYTES;
    this.changed();
  }

  private async counted(): Promise<Count> {
    const count: Count = { waiting: 0, look: 0, others: [] };
    for (const { device, name } of await this.phone.getAll("people")) {
      const mine = this.signed?.me.device === device;
      const db = mine && this.signed ? this.signed.db : await openPerson(device);
      const n = (await waiting(db)) + (await blobsWaiting(db));
      if (mine) {
        count.waiting = n;
        for (const standing of ["refused", "quarantined"]) {
          count.look += await db.countFromIndex("operations", "standing", standing);
        }
      } else {
        if (n) count.others.push({ name, n });
        db.close();
      }
    }
    return count;
  }
}

async function known(by: Signed): Promise<Known> {
  const [people, members, places, patrols, shifts, helps, numbers, counts, pays, lines] = await Promise.all([
    things<Me>(by, "person"),
    things<Member>(by, "member"),
    things<Place>(by, "place"),
    things<Patrol>(by, "patrol", MANY_PATROLS),
    things<Shift>(by, "shift", MANY_PATROLS),
    things<Help>(by, "help"),
    things<CallNumber>(by, "number"),
    things<Counts>(by, "counts"),
    things<Pay>(by, "pay"),
    ownLines(by),
  ]);
  const me = people.find(({ id }) => id === by.me.person.id) ?? people[0] ?? null;
  const sent = await Promise.all(lines.filter(isCall).map(({ id }) => by.db.get("operations", id)));
  const mine = members.filter(({ team }) => !me?.team || team === me.team);
  const on = going(patrols, lines, me?.member ?? "");
  return {
    me, members: mine, patrols, lines, places: places.map(({ name }) => name), spots: places,
    shifts: shiftsAhead(shifts, lines, by.clock.now()),
    going: on, toCheck: toCheck(on, patrols, lines),
    calls: callsNow({ helps, lines, sent, members, me: me?.member ?? "", now: by.clock.now() }),
    counts: counts[0] ?? null, numbers: toCall(numbers), pays: newestFirst(pays),
  };
}

/** How a phone is called in the office's list: what it is, nothing that is only its own. */
function phoneName(): string {
  const found = /Android [\d.]+; ([^;)]+)/.exec(navigator.userAgent)?.[1] ?? "";
  const plain = found.replace(/[^\w .-]/g, "").trim();
  return utf8(plain).length && plain !== "K" ? plain.slice(0, 60) : "Android";
}
