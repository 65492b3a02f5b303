// SPDX-License-Identifier: AGPL-3.0-or-later
/** Calling for help, and how far a call is: never said to be farther than it is. */
import { useState } from "preact/hooks";
import type { Call } from "../calls";
import { Choice, Dial, goHome, Main, Screen, Text, Trouble } from "../parts";
import type { Session } from "../session";
import { clockTime, say } from "../words";

const OVER = ["safe", "helped", "mistake"] as const;
/** Who may say to have seen a colleague's call. */
const ANSWERS: readonly unknown[] = ["leader", "deputy"];

export const titleOf = (call: Call): string =>
  call.mine ? say("sos.mine", { time: clockTime(call.at) }) : say("sos.theirs", { name: call.name || say("sos.colleague"), time: clockTime(call.at) });

export const stageSaid = ({ is, seen_by, seen_at }: Call): string =>
  is === "seen" ? say("sos.seen", { name: seen_by, time: clockTime(seen_at) }) : say(`sos.is.${is}`);

export function Sos({ session, chosen }: { session: Session; chosen: string | undefined }) {
  const { calls } = session.known;
  const call = calls.find(({ id, mine }) => (chosen ? id === chosen : mine));
  if (chosen && !call) return <Screen title={say("sos.title")}><p class="big">{say("sos.none")}</p></Screen>;
  if (!call) return <Ask session={session} />;
  return call.mine ? <Mine key={call.id} session={session} call={call} /> : <Theirs key={call.id} session={session} call={call} />;
}

/** The second of two taps; the first brought one here from another corner of the screen. */
function Ask({ session }: { session: Session }) {
  const { me, places, numbers } = session.known;
  const [place, setPlace] = useState("");
  const [trouble, setTrouble] = useState("");
  if (!me?.team) {
    return <Screen title={say("sos.title")}><p class="big">{say("sos.no_team")}</p><Dial numbers={numbers} /></Screen>;
  }
  const ask = async () => {
    const where = place.trim() ? { place: place.trim().normalize("NFC") } : {};
    await write(session, "sos", { team: me.team, ...where, ...session.walk?.here(Date.now()) }, setTrouble);
  };
  return (
    <Screen title={say("sos.title")} foot={<Main alarm word="sos.go" act={ask} />}>
      <Trouble words={trouble} />
      <p>{say("sos.how")}</p>
      <Dial numbers={numbers} />
      <Text title={say("sos.place")} hint={say("optional")} value={place} put={setPlace} most={120} suggest={place ? [] : places.slice(0, 3)} />
    </Screen>
  );
}

function Mine({ session, call }: { session: Session; call: Call }) {
  const [asks, setAsks] = useState(false);
  const [trouble, setTrouble] = useState("");
  const end = async (outcome: (typeof OVER)[number]) => {
    if (await write(session, "sos.over", { call: call.id, outcome }, setTrouble)) goHome();
  };
  return (
    <Screen title={titleOf(call)}>
      <Trouble words={trouble} />
      <Far call={call} />
      {call.is !== "seen" && <p>{say(call.is === "waiting" ? "sos.dial_now" : "sos.dial_too")}</p>}
      <Dial numbers={session.known.numbers} />
      {asks ? (
        <Choice title={say("sos.over.how")} is="" choose={(one) => void (one && end(one))} of={OVER.map((one) => [one, say(`sos.over.${one}`)] as const)} />
      ) : (
        <div class="choices"><button class="choice" onClick={() => setAsks(true)}>{say("sos.over")}</button></div>
      )}
    </Screen>
  );
}

function Theirs({ session, call }: { session: Session; call: Call }) {
  const [trouble, setTrouble] = useState("");
  const answers = ANSWERS.includes(session.known.me?.["role"]) && call.is === "arrived" && !call.answered;
  const see = async () => void (await write(session, "sos.see", { call: call.id }, setTrouble));
  return (
    <Screen title={titleOf(call)} foot={answers && <Main word="sos.see" act={see} />}>
      <Trouble words={trouble} />
      <Far call={call} />
      {call.answered && call.is !== "seen" && <p>{say("sos.answered")}</p>}
      <p>{say("sos.dial_too")}</p>
      <Dial numbers={session.known.numbers} />
    </Screen>
  );
}

/** How far a call is, read out when it changes. */
const Far = ({ call }: { call: Call }) => (
  <div class={`far ${call.is}`} role="status">
    <p class="big">{stageSaid(call)}</p>
    {call.place && <p>{say("sos.where", { place: call.place })}</p>}
    {call.is === "held" && <p>{call.why}</p>}
  </div>
);

async function write(
  session: Session, kind: "sos" | "sos.see" | "sos.over", body: Readonly<Record<string, unknown>>, trouble: (words: string) => void,
): Promise<boolean> {
  try {
    await session.write(kind, body);
    return true;
  } catch {
    trouble(`${say("not_saved")} ${say("sos.dial_now")}`);
    return false;
  }
}
