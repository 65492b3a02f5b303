// SPDX-License-Identifier: AGPL-3.0-or-later
/** Findings, help with traffic, reports: a kind, then the few words that it needs. */
import { useState } from "preact/hooks";
import { Choice, go, Main, Screen, Text, Tick, Tile, Trouble } from "../parts";
import { helpedWhen } from "../rules";
import type { Session } from "../session";
import { say } from "../words";
import { Extras, type Taken } from "./extras";
import { keep } from "./keep";

export const FINDINGS = ["public_order", "theft", "gambling", "drugs", "weapons", "traffic", "fire_safety", "environment", "other"] as const;
export const HELPS = ["guidance", "jam", "accident"] as const;
export const REPORTS = ["violation", "social_evil", "domestic_violence", "dispute", "fire", "accident", "disaster"] as const;
export const CHANNELS = ["noticed", "in_person", "phone", "anonymous"] as const;
const DURATIONS_MIN = [15, 30, 60, 120] as const;
const USUAL_MIN = 30;

const words = (text: string, name: string) => (text.trim() ? { [name]: text.trim() } : {});
const is = <T extends string>(of: readonly T[], one: string | undefined): T | undefined => of.find((known) => known === one);

export function Finding({ session, chosen }: { session: Session; chosen: string | undefined }) {
  const { going, places } = session.known;
  const [place, setPlace] = useState("");
  const [note, setNote] = useState("");
  const [handed, setHanded] = useState(false);
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  const [trouble, setTrouble] = useState("");
  const kind = is(FINDINGS, chosen);
  if (!going) return <Screen title={say("finding.title")}><p>{say("finding.none")}</p></Screen>;
  if (!kind) {
    return (
      <Screen title={say("finding.title")}>
        {FINDINGS.map((one) => <Tile key={one} words={say(`finding.kind.${one}`)} act={() => go(`finding/${one}`)} />)}
      </Screen>
    );
  }
  const save = () =>
    keep(session, "finding.note", { patrol: going.id, kind, ...words(place, "place"), ...words(note, "note"), handed }, setTrouble, taken);
  return (
    <Screen title={say(`finding.kind.${kind}`)} foot={<Main word="save" act={save} />}>
      <Trouble words={trouble} />
      <Text title={say("finding.place")} hint={say("optional")} value={place} put={setPlace} most={120} suggest={place ? [] : places} />
      <Text title={say("finding.note")} hint={say("finding.note.hint")} value={note} put={setNote} most={200} long />
      <Extras taken={taken} put={setTaken} trouble={setTrouble} />
      <Tick words={say("finding.handed")} is={handed} put={setHanded} />
    </Screen>
  );
}

export function Traffic({ session, chosen }: { session: Session; chosen: string | undefined }) {
  const { going, me, places } = session.known;
  const [place, setPlace] = useState("");
  const [minutes, setMinutes] = useState<number>(USUAL_MIN);
  const [trouble, setTrouble] = useState("");
  const kind = is(HELPS, chosen);
  if (!me?.team) return <Screen title={say("traffic.title")}><p>{say("start.none")}</p></Screen>;
  if (!kind) {
    return (
      <Screen title={say("traffic.title")}>
        {HELPS.map((one) => <Tile key={one} words={say(`traffic.kind.${one}`)} act={() => go(`traffic/${one}`)} />)}
      </Screen>
    );
  }
  const save = async () => {
    if (!place.trim()) return setTrouble(say("traffic.no_place"));
    const when = helpedWhen(session.now(), minutes, session.isSure(), going);
    await keep(session, "traffic.help", { team: me.team, kind, duration_min: minutes, place: place.trim(), ...when }, setTrouble);
  };
  return (
    <Screen title={say(`traffic.kind.${kind}`)} foot={<Main word="save" act={save} />}>
      <Trouble words={trouble} />
      <Choice title={say("traffic.how_long")} is={minutes} choose={setMinutes} of={DURATIONS_MIN.map((n) => [n, say("minutes", { n })] as const)} />
      <Text title={say("traffic.place")} value={place} put={setPlace} most={120} suggest={place ? [] : places} />
    </Screen>
  );
}

export function Report({ session, chosen }: { session: Session; chosen: readonly (string | undefined)[] }) {
  const { me } = session.known;
  const [account, setAccount] = useState("");
  const [taken, setTaken] = useState<readonly Taken[]>([]);
  const [trouble, setTrouble] = useState("");
  const category = is(REPORTS, chosen[0]);
  const channel = is(CHANNELS, chosen[1]);
  if (!me?.team) return <Screen title={say("report.title")}><p>{say("start.none")}</p></Screen>;
  if (!category) {
    return (
      <Screen title={say("report.title")}>
        <p class="soft">{say("report.emergency")}</p>
        {REPORTS.map((one) => <Tile key={one} words={say(`report.kind.${one}`)} act={() => go(`report/${one}`)} />)}
      </Screen>
    );
  }
  if (!channel) {
    return (
      <Screen title={say("report.channel")}>
        {CHANNELS.map((one) => <Tile key={one} words={say(`report.channel.${one}`)} act={() => go(`report/${category}/${one}`)} />)}
      </Screen>
    );
  }
  const file = async () => {
    if (!account.trim()) return setTrouble(say("report.no_words"));
    await keep(session, "report.file", { team: me.team, category, channel, account: account.trim().normalize("NFC") }, setTrouble, taken);
  };
  return (
    <Screen title={say(`report.kind.${category}`)} foot={<Main word="report.go" act={file} />}>
      <Trouble words={trouble} />
      <Text title={say("report.words")} hint={say("report.words.hint")} value={account} put={setAccount} most={500} long />
      <Extras taken={taken} put={setTaken} trouble={setTrouble} />
      <p class="soft">{say("report.sealed")}</p>
    </Screen>
  );
}
