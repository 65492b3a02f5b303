// SPDX-License-Identifier: AGPL-3.0-or-later
/** One's own shifts ahead, and saying that one has seen them. */
import { useState } from "preact/hooks";
import { Screen, Trouble } from "../parts";
import type { Counts } from "../rules";
import type { Session } from "../session";
import { clockTime, dayText, say } from "../words";
import { keep } from "./keep";

export function Shifts({ session }: { session: Session }) {
  const { shifts, counts } = session.known;
  const [trouble, setTrouble] = useState("");
  return (
    <Screen title={say("task.shifts")}>
      <Trouble words={trouble} />
      {!shifts.length && <p>{say("shifts.none")}</p>}
      <ol class="lines">
        {shifts.map(({ id, starts_at, ends_at, place, acknowledged }) => (
          <li key={id}>
            <h2>{dayText(starts_at)}</h2>
            <b>{clockTime(starts_at)}–{clockTime(ends_at)}</b>
            {place && <span>{place}</span>}
            {acknowledged ? (
              <span class="standing accepted">{say("shifts.acknowledged")}</span>
            ) : (
              <button class="choice" onClick={() => void keep(session, "shift.acknowledge", { assignment: id }, setTrouble)}>
                {say("shifts.acknowledge")}
              </button>
            )}
          </li>
        ))}
      </ol>
      {counts && <Mine counts={counts} />}
    </Screen>
  );
}

/** How much one serves, for oneself: beside the middle of the team, and no other number. */
function Mine({ counts }: { counts: Counts }) {
  return (
    <>
      <p class="big">{say("counts.title")}</p>
      <ol class="lines">
        {counts.lines.map(({ measure, mine, middle }) => (
          <li key={measure}>
            <b>{say(`counts.${measure}`)}: {mine}</b>
            {middle && <span>{say("counts.middle", { n: [...new Set(middle)].join("–") })}</span>}
          </li>
        ))}
      </ol>
      <p class="soft">{say(counts.lines.some(({ middle }) => middle) ? "counts.how" : "counts.few")}</p>
      <p class="soft">{say("counts.day", { day: dayText(counts.day) })}</p>
    </>
  );
}
