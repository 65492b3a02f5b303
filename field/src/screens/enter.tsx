// SPDX-License-Identifier: AGPL-3.0-or-later
/** Coming in: enrolling with a link, choosing who one is, the PIN. */
import { useEffect, useState } from "preact/hooks";
import type { Listed } from "../engine/store";
import { Dial, go, goHome, Icon, Main, Pin, Screen, Text, Tile, Trouble } from "../parts";
import { isEasy, ticketIn } from "../rules";
import type { Session } from "../session";
import { say, waitText } from "../words";

export function NoTicket({ session }: { session: Session }) {
  const [link, setLink] = useState("");
  const [trouble, setTrouble] = useState("");
  const read = () => {
    const ticket = ticketIn(link);
    if (ticket) location.hash = `t=${ticket}`;
    else setTrouble(say("enrol.bad_link"));
  };
  return (
    <Screen title={say("enrol.title")} back={session.people.length > 0} foot={<Main word="next" act={read} />}>
      <p>{say("enrol.how")}</p>
      <Text title={say("enrol.link")} value={link} put={setLink} most={300} />
      <Trouble words={trouble} />
    </Screen>
  );
}

export function Enrol({ session, ticket }: { session: Session; ticket: string }) {
  const [first, setFirst] = useState("");
  const [trouble, setTrouble] = useState("");
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");

  const run = async (pin: string) => {
    setBusy(true);
    setFailed("");
    const end = await session.enrol(ticket, pin);
    setBusy(false);
    if (end.is === "done") return goHome();
    setTrouble(end.is === "no" ? `${say("enrol.refused")} ${end.why}` : say("enrol.no_network"));
    if (end.is === "silence") setFailed(pin);
  };
  const choose = (pin: string) => {
    setTrouble(isEasy(pin) ? say("enrol.easy") : "");
    if (!isEasy(pin)) setFirst(pin);
  };
  const repeat = (pin: string) => {
    if (pin === first) return void run(pin);
    setTrouble(say("enrol.differ"));
    setFirst("");
  };

  if (busy) return <Screen title={say("enrol.title")} back={false}><p class="quiet">{say("enrol.working")}</p></Screen>;
  if (failed) {
    return (
      <Screen title={say("enrol.title")} back={false} foot={<Main word="enrol.retry" act={() => run(failed)} />}>
        <Trouble words={trouble} />
      </Screen>
    );
  }
  return (
    <Screen title={say("enrol.title")} back={false}>
      <Trouble words={trouble} />
      {first ? <Pin key="again" title={say("enrol.again")} done={repeat} /> : <Pin key="pin" title={say("enrol.pin")} done={choose} />}
      <p class="soft">{say("enrol.pin.why")}</p>
    </Screen>
  );
}

export function People({ session }: { session: Session }) {
  return (
    <Screen title={say("people.title")} back={false}>
      <p class="soft">{say("people.explain")}</p>
      {session.people.map(({ device, name, place }) => (
        <Tile key={device} icon="person" words={name} small={place} act={() => go(`pin/${device}`)} />
      ))}
      <button class="plain" onClick={() => go("enrol")}>{say("enrol.add")}</button>
    </Screen>
  );
}

export function EnterPin(props: { session: Session; who: Listed; done: () => void }) {
  const { session, who } = props;
  const [trouble, setTrouble] = useState("");
  const [until, setUntil] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!until) return undefined;
    const handle = setTimeout(() => setUntil(0), until);
    return () => clearTimeout(handle);
  }, [until]);

  const enter = async (pin: string) => {
    setBusy(true);
    const end = session.covered ? await session.uncover(pin) : await session.enter(who.device, pin);
    setBusy(false);
    if (end.is === "open") return props.done();
    setTrouble(end.wait_ms ? say("pin.wait", { time: waitText(end.wait_ms) }) : say("pin.wrong"));
    setUntil(end.wait_ms);
  };
  return (
    <Screen title={who.name} back={false}>
      <p class="soft">{who.place}</p>
      <Pin key={String(busy)} title={say("pin.title", { name: who.name })} done={(pin) => void enter(pin)} disabled={busy || until > 0} />
      {busy ? <p class="quiet">{say("wait")}</p> : <Trouble words={trouble} />}
      <p class="soft">{say("pin.forgot")}</p>
      {!session.covered && (
        <button class="plain" onClick={() => go("people")}>
          <Icon name="back" /> {say("pin.other")}
        </button>
      )}
      <Dial />
    </Screen>
  );
}
