// SPDX-License-Identifier: AGPL-3.0-or-later
/** Looking back: what waits and what was received, and the log book. */
import { useEffect, useState } from "preact/hooks";
import type { Attached } from "../engine/blobs";
import type { Kept } from "../engine/store";
import type { OwnLine } from "../engine/person";
import { Main, Screen } from "../parts";
import { entries, type Entry } from "../rules";
import type { Session } from "../session";
import { clockTime, dayText, say } from "../words";
import { FINDINGS, HELPS } from "./notes";

const PAGE = 30;
/** Some places of the kinds' bodies that tell a line apart. */
const TELLING = ["route", "place", "note"] as const;

const isOneOf = <T extends string>(of: readonly T[], one: unknown): one is T => of.includes(one as T);

/** What one line says of itself, in a few words. */
function about({ kind, body }: OwnLine): string {
  if (kind === "report.file") return say("report.sealed_line");
  const told: string[] = [];
  const what = body["kind"];
  if (kind === "finding.note" && isOneOf(FINDINGS, what)) told.push(say(`finding.kind.${what}`));
  if (kind === "traffic.help" && isOneOf(HELPS, what)) told.push(say(`traffic.kind.${what}`));
  for (const name of TELLING) if (typeof body[name] === "string") told.push(String(body[name]));
  return told.join(" · ");
}

const standingOf = (one: Kept) => (one.standing === "accepted" && one.safe_at ? "safe" : one.standing);

/** Own operations, and what became of their photos. */
function useOperations(session: Session): [Kept[], Map<string, Attached>] {
  const [found, setFound] = useState<Kept[]>([]);
  const [attached, setAttached] = useState(new Map<string, Attached>());
  const { waiting, look } = session.count;
  useEffect(() => {
    void session.operations().then(setFound);
    void session.attached().then(setAttached);
  }, [session, waiting, look, session.known]);
  return [found, attached];
}

function Files({ waiting, here, refused }: Attached) {
  return (
    <>
      {waiting > 0 && <span class="when">{say("files.waiting", { n: waiting })}</span>}
      {here > 0 && <span class="when">{say("files.here", { n: here })}</span>}
      {refused.map((why) => <span class="standing refused">{say("files.refused", { why })}</span>)}
    </>
  );
}

export function Sent({ session }: { session: Session }) {
  const [found, attached] = useOperations(session);
  const [pages, setPages] = useState(1);
  const times = new Map(session.known.lines.map((line) => [line.id, line]));
  return (
    <Screen title={say("send.title")} foot={<Main word="send.now" act={() => session.sendNow()} />}>
      <p class="soft">{say("send.explain")}</p>
      {session.revoked && <p class="trouble">{say("send.revoked", { why: session.revoked })}</p>}
      {session.count.others.map(({ name, n }) => <p key={name} class="soft">{say("send.others", { name, n })}</p>)}
      {!found.length && <p>{say("send.none")}</p>}
      <ol class="lines">
        {found.slice(0, pages * PAGE).map((one) => {
          const line = times.get(one.id);
          const standing = standingOf(one);
          const files = attached.get(one.id);
          return (
            <li key={one.id}>
              <b>{say(`kind.${one.kind}`)}</b>
              {line && <span class="when">{dayText(line.at)}, {clockTime(line.at)}</span>}
              <span class={`standing ${standing}`}>{say(`standing.${standing}`)}</span>
              {one.code && <span class="when">{say("receipt")} <code>{one.code}</code></span>}
              {one.why && <span>{one.why}</span>}
              {files && <Files {...files} />}
              {one.owner && <span class="when">{say("owner", { owner: one.owner })}</span>}
            </li>
          );
        })}
      </ol>
      {found.length > pages * PAGE && <button class="plain" onClick={() => setPages(pages + 1)}>{say("book.more")}</button>}
    </Screen>
  );
}

/** What an entry is called, what it says, and how far it is. */
function shownAs(entry: Entry): { title: string; text: string; state: string } {
  if ("line" in entry) return { title: say(`kind.${entry.line.kind}`), text: about(entry.line), state: "" };
  const { route, state, ended_at } = entry.patrol;
  return { title: say("book.patrol"), text: route, state: `${say(`book.state.${state}`)}${ended_at ? ` ${clockTime(ended_at)}` : ""}` };
}

export function Book({ session }: { session: Session }) {
  const [pages, setPages] = useState(1);
  const all = entries(session.known.lines, session.known.patrols);
  const shown = all.slice(0, pages * PAGE);
  return (
    <Screen title={say("book.title")}>
      {!all.length && <p>{say("book.empty")}</p>}
      <ol class="lines">
        {shown.map((entry, place) => {
          const { at } = entry;
          const { title, text, state } = shownAs(entry);
          return (
          <li key={entry.id}>
            {(place === 0 || dayText(shown[place - 1]?.at ?? at) !== dayText(at)) && <h2>{dayText(at)}</h2>}
            <b>{clockTime(at)} · {title}</b>
            {text && <span>{text}</span>}
            {state && <span class="when">{state}</span>}
          </li>
          );
        })}
      </ol>
      {all.length > shown.length && <button class="plain" onClick={() => setPages(pages + 1)}>{say("book.more")}</button>}
    </Screen>
  );
}
