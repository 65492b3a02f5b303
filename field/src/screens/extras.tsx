// SPDX-License-Identifier: AGPL-3.0-or-later
/** Photos and one spoken note: optional, and never in the way. */
import type { TargetedEvent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Extra } from "../engine/blobs";
import { shrunk } from "../photo";
import { canRecord, LONGEST_S, record, type Recording } from "../sound";
import { say } from "../words";

export interface Taken extends Extra {
  /** A very small picture, or nothing for a recording. */
  thumb: string;
  seconds: number;
}

const MOST_PHOTOS = 3;

interface Props {
  taken: readonly Taken[];
  put: (taken: readonly Taken[]) => void;
  trouble: (words: string) => void;
}

export function Extras({ taken, put, trouble }: Props) {
  const photos = taken.filter(({ thumb }) => thumb).length;
  return (
    <>
      {taken.length > 0 && (
        <ul class="taken">
          {taken.map((one, at) => (
            <li key={one}>
              {one.thumb && <img src={one.thumb} alt="" />}
              <span>{one.thumb ? say("photo.title", { n: at + 1 }) : say("sound.title", { n: one.seconds })}</span>
              <button class="plain" type="button" onClick={() => put(taken.filter((other) => other !== one))}>{say("files.remove")}</button>
            </li>
          ))}
        </ul>
      )}
      <div class="extras">
        {photos < MOST_PHOTOS && <Camera put={(one) => put([...taken, one])} trouble={trouble} />}
        {photos === taken.length && canRecord() && <Microphone put={(one) => put([...taken, one])} trouble={trouble} />}
      </div>
      <small>{say("files.rule")}</small>
    </>
  );
}

interface Source {
  put: (one: Taken) => void;
  trouble: (words: string) => void;
}

function Camera({ put, trouble }: Source) {
  const [busy, setBusy] = useState(false);
  const take = async (event: TargetedEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (!file) return;
    setBusy(true);
    try {
      put({ ...(await shrunk(file)), type: "image/jpeg", seconds: 0 });
      trouble("");
    } catch {
      trouble(say("photo.bad"));
    } finally {
      input.value = "";
      setBusy(false);
    }
  };
  return (
    <label class="choice" aria-disabled={busy}>
      {busy ? say("photo.busy") : say("photo.add")}
      <input type="file" accept="image/*" capture="environment" disabled={busy} onChange={(event) => void take(event)} />
    </label>
  );
}

function Microphone({ put, trouble }: Source) {
  const [seconds, setSeconds] = useState(-1);
  const now = useRef<Recording | null>(null);
  const on = seconds >= 0;
  const stop = async () => {
    const recording = now.current;
    now.current = null;
    const said = await recording?.stop();
    setSeconds(-1);
    if (said) put({ ...said, thumb: "" });
  };
  useEffect(() => {
    if (!on) return;
    const clock = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(clock);
  }, [on]);
  useEffect(() => {
    if (seconds >= LONGEST_S) void stop();
  }, [seconds]);
  // Whoever leaves the screen has stopped speaking to it.
  useEffect(() => () => void now.current?.stop(), []);
  const begin = async () => {
    try {
      now.current = await record();
      setSeconds(0);
      trouble("");
    } catch {
      trouble(say("sound.no"));
    }
  };
  return (
    <button class="choice" type="button" aria-pressed={on} onClick={() => void (on ? stop() : begin())}>
      {on ? say("sound.stop", { n: seconds }) : say("sound.add")}
    </button>
  );
}
