// SPDX-License-Identifier: AGPL-3.0-or-later
/** Whether the way of the patrol is recorded, said on the home screen, and switching it off. */
import { REASONS } from "../engine/walk";
import { Choice, go, Main, Screen, Tile } from "../parts";
import type { Session } from "../session";
import { say } from "../words";

/** In a few words; empty when no patrol of this phone goes on. */
export function waySaid({ walk }: Session): string {
  const state = walk?.state ?? { is: "none" as const };
  if (state.is === "none") return "";
  if (state.is === "off") return say("way.off", { why: say(`way.why.${state.why}`) });
  return state.points ? say("way.on", { n: state.points }) : say("way.seeking");
}

export function WayTile({ session }: { session: Session }) {
  const words = waySaid(session);
  if (!words) return null;
  const isOff = session.walk?.state.is === "off";
  return <Tile icon="way" words={words} small={isOff ? say("way.tap_on") : say("way.tap_off")} act={() => go("way")} />;
}

export function Way({ session }: { session: Session }) {
  const { walk } = session;
  const words = waySaid(session);
  if (!walk || !words) return <Screen title={say("way.title")}><p>{say("way.none")}</p></Screen>;
  const { state } = walk;
  const isOff = state.is === "off";
  return (
    <Screen title={say("way.title")} foot={isOff && <Main word="way.again" act={() => walk.turnOn()} />}>
      <p class="big" role="status">{words}</p>
      {isOff && state.why === "refused" ? <p>{say("way.refused")}</p> : <p>{say("way.how")}</p>}
      <p class="soft">{say("way.kept")}</p>
      {!isOff && (
        <Choice
          title={say("way.turn_off")} is="" choose={(why) => void (why && walk.turnOff(why))}
          of={REASONS.map((why) => [why, say(`way.why.${why}`)] as const)}
        />
      )}
    </Screen>
  );
}
