// SPDX-License-Identifier: AGPL-3.0-or-later
/** The home screen: five tasks, and quietly what waits. */
import { CallButton, go, Icon, Main, Police, Screen, Tile } from "../parts";
import type { Session } from "../session";
import { clockTime, say, shortTime } from "../words";
import { PlacesTile } from "./places";
import { WayTile } from "./way";
import { stageSaid, titleOf } from "./sos";

/** Always there, and calm. */
export function Sending({ session }: { session: Session }) {
  const { waiting, look } = session.count;
  return (
    <button class={`sending ${look ? "look" : ""}`} onClick={() => go("sent")}>
      <Icon name={waiting ? "clock" : "check"} />
      {waiting ? say("send.waiting", { n: waiting }) : say("send.all")}
      {look > 0 && <b>{say("send.look", { n: look })}</b>}
    </button>
  );
}

export function Home({ session }: { session: Session }) {
  const { going, shifts, calls, counts, numbers, pays } = session.known;
  const next = shifts[0];
  return (
    <main>
      <header class="home">
        <img src="/static/field/sign.svg" alt="" width="40" height="40" />
        <div>
          <h1>{session.signed?.me.person.name}</h1>
          <p>{session.signed?.me.place.name}</p>
        </div>
        <CallButton />
        <button class="back" onClick={() => go("settings")} aria-label={say("task.settings")}>
          <Icon name="settings" />
        </button>
      </header>
      <div class="content">
        {session.storageLow && <p class="trouble">{say("storage")}</p>}
        {calls.map((call) => (
          <Tile key={call.id} call icon="alarm" words={titleOf(call)} small={stageSaid(call)} act={() => go(`sos/${call.id}`)} />
        ))}
        {going ? (
          <Tile first icon="end" words={say("task.end")} small={say("under_way", { time: clockTime(going.since) })} act={() => go("end")} />
        ) : (
          <Tile first icon="start" words={say("task.start")} act={() => go("start")} />
        )}
        <PlacesTile session={session} />
        <WayTile session={session} />
        <Tile icon="finding" words={say("task.finding")} act={() => go("finding")} />
        <Tile icon="traffic" words={say("task.traffic")} act={() => go("traffic")} />
        <Tile icon="report" words={say("task.report")} act={() => go("report")} />
        <Police numbers={numbers} />
        <Tile icon="book" words={say("task.book")} act={() => go("book")} />
        <Tile icon="map" words={say("task.map")} act={() => go("map")} />
        {(next || counts) && (
          <Tile
            icon="clock" words={say("task.shifts")} act={() => go("shifts")}
            small={next ? `${shortTime(next.starts_at)}${next.acknowledged ? "" : ` · ${say("shifts.unseen")}`}` : ""}
          />
        )}
        {pays.length > 0 && <Tile icon="money" words={say("task.pay")} act={() => go("pay")} />}
      </div>
      <footer><Sending session={session} /></footer>
    </main>
  );
}

/** After something was written: what happens now, and the way on. */
export function Saved() {
  return (
    <Screen title={say("saved")} back={false} foot={<Main word="home" act={() => location.replace("#/")} />}>
      <p class="done"><Icon name="check" /></p>
      <p>{say("saved.why")}</p>
    </Screen>
  );
}
