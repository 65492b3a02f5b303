// SPDX-License-Identifier: AGPL-3.0-or-later
/** Starting and ending a patrol: two taps each when the phone can fill in the rest. */
import { useState } from "preact/hooks";
import { Choice, Main, Screen, Text, Tick, Trouble } from "../parts";
import { plansNow } from "../rules";
import type { Session } from "../session";
import { clockTime, say } from "../words";
import { keep } from "./keep";
import { waySaid } from "./way";

const HOUR_MS = 3_600_000;
const DURATIONS = [1, 2, 4] as const;
const USUAL_HOURS = 2;
export function Start({ session }: { session: Session }) {
  const { me, members, patrols, lines, places } = session.known;
  const plans = plansNow(patrols, session.now());
  const last = lines.find(({ kind }) => kind === "patrol.start")?.body;
  const mine = me?.member ? [me.member] : [];
  const before = (last?.["members"] as string[] | undefined)?.filter((id) => members.some((one) => one.id === id));
  const [plan, setPlan] = useState(plans[0]?.id ?? "");
  const [route, setRoute] = useState(String(last?.["route"] ?? patrols[0]?.route ?? ""));
  const [hours, setHours] = useState<number>(USUAL_HOURS);
  const [crew, setCrew] = useState<readonly string[]>(before?.length ? before : mine);
  const [trouble, setTrouble] = useState("");
  if (!me?.team || !members.length) {
    return <Screen title={say("start.title")}><p>{say("start.none")}</p></Screen>;
  }

  const chosen = plans.find(({ id }) => id === plan);
  const start = async () => {
    if (!chosen && !route.trim()) return setTrouble(say("start.no_route"));
    if (!chosen && !crew.length) return setTrouble(say("start.no_one"));
    const until = new Date(session.now() + hours * HOUR_MS).toISOString();
    const body = chosen
      ? { patrol: chosen.id, team: chosen.team, route: chosen.route || "-", planned_end: chosen.planned_end, members: chosen.members }
      : { team: me.team, route: route.trim(), planned_end: until, members: crew };
    await keep(session, "patrol.start", body, setTrouble);
  };
  return (
    <Screen title={say("start.title")} foot={<Main word="start.go" act={start} />}>
      <Trouble words={trouble} />
      {plans.length > 0 && (
        <Choice
          title={say("start.title")} is={plan} choose={setPlan}
          of={[
            ...plans.map((one) => [one.id, `${say("start.planned", { time: clockTime(String(one.planned_start)) })} · ${one.route}`] as const),
            ["", say("start.unplanned")],
          ]}
        />
      )}
      {!!chosen?.kit?.length && <p class="kit"><b>{say("start.kit")}</b> {chosen.kit.join(", ")}</p>}
      {!chosen && (
        <>
          <Text title={say("start.route")} hint={say("start.route.hint")} value={route} put={setRoute} most={200} suggest={route ? [] : places} />
          <Choice title={say("start.until")} is={hours} choose={setHours} of={DURATIONS.map((n) => [n, say("hours", { n })] as const)} />
          <fieldset>
            <legend>{say("start.who")}</legend>
            {[...members].sort((a, b) => Number(b.id === me.member) - Number(a.id === me.member)).map(({ id, name }) => (
              <Tick key={id} words={name} is={crew.includes(id)} put={(is) => setCrew(is ? [...crew, id] : crew.filter((one) => one !== id))} />
            ))}
          </fieldset>
        </>
      )}
    </Screen>
  );
}

export function End({ session }: { session: Session }) {
  const { going } = session.known;
  const [note, setNote] = useState("");
  const [trouble, setTrouble] = useState("");
  if (!going) return <Screen title={say("end.title")}><p>{say("end.none")}</p></Screen>;
  const end = async () => {
    const way = await session.walk?.told().catch(() => ({}));
    await keep(session, "patrol.end", { patrol: going.id, ...way, ...(note.trim() ? { note: note.trim() } : {}) }, setTrouble);
  };
  return (
    <Screen title={say("end.title")} foot={<Main word="end.go" act={end} />}>
      <Trouble words={trouble} />
      <p class="big">{say("under_way", { time: clockTime(going.since) })}</p>
      <p class="soft">{waySaid(session)}</p>
      <Text title={say("end.note")} hint={say("optional")} value={note} put={setNote} most={300} long />
    </Screen>
  );
}
