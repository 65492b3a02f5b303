// SPDX-License-Identifier: AGPL-3.0-or-later
/** Checking places off the patrol's list: one tap each, and another tap corrects it. */
import { useState } from "preact/hooks";
import { Choice, go, Screen, Tile, Trouble } from "../parts";
import { RESULTS } from "../rules";
import type { Session } from "../session";
import { say } from "../words";

const countOf = ({ known: { toCheck } }: Session) => ({ n: toCheck.filter(({ result }) => result).length, of: toCheck.length });

export function PlacesTile({ session }: { session: Session }) {
  if (!session.known.toCheck.length) return null;
  return <Tile icon="check" words={say("places.title")} small={say("places.count", countOf(session))} act={() => go("places")} />;
}

export function Places({ session }: { session: Session }) {
  const { toCheck } = session.known;
  const [trouble, setTrouble] = useState("");
  const tick = (place: string, result: string) =>
    session.write("place.checked", { place, result }).catch(() => setTrouble(`${say("not_saved")} ${say("not_saved.why")}`));
  if (!toCheck.length) return <Screen title={say("places.title")}><p>{say("places.none")}</p></Screen>;
  return (
    <Screen title={say("places.title")}>
      <Trouble words={trouble} />
      <p class="big" role="status">{say("places.count", countOf(session))}</p>
      {toCheck.map(({ id, words, result }) => (
        <Choice
          key={id} title={words} is={result} choose={(one) => one && one !== result && void tick(id, one)}
          of={RESULTS.map((one) => [one as typeof result, say(`places.result.${one}`)] as const)}
        />
      ))}
      <p class="soft">{say("places.how")}</p>
    </Screen>
  );
}
