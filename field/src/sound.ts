// SPDX-License-Identifier: AGPL-3.0-or-later
/** A spoken note of at most a minute, where the browser can record. */
import type { Bytes } from "./engine/bytes";

export const LONGEST_S = 60;
const BITS = 24_000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

export const canRecord = (): boolean =>
  typeof MediaRecorder !== "undefined" && !!navigator.mediaDevices?.getUserMedia && !!typeToRecord();

const typeToRecord = (): string | undefined => TYPES.find((one) => MediaRecorder.isTypeSupported(one));

export interface Recorded {
  type: string;
  bytes: Bytes;
  seconds: number;
}

export interface Recording {
  /** End it; what was said, or null if nothing was. */
  stop(): Promise<Recorded | null>;
}

/** Begin to record; it ends by itself after a minute. Throws when the phone does not allow it. */
export async function record(): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream, { mimeType: typeToRecord() ?? "", audioBitsPerSecond: BITS });
  const parts: Blob[] = [];
  const began = performance.now();
  const ended = new Promise<void>((done) => {
    recorder.onstop = () => {
      for (const track of stream.getTracks()) track.stop();
      done();
    };
  });
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.start();
  const limit = setTimeout(() => recorder.state === "recording" && recorder.stop(), LONGEST_S * 1000);
  return {
    async stop() {
      clearTimeout(limit);
      if (recorder.state === "recording") recorder.stop();
      await ended;
      const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
      const seconds = Math.min(LONGEST_S, Math.max(1, Math.round((performance.now() - began) / 1000)));
      return bytes.length ? { type: recorder.mimeType.split(";")[0] ?? "", bytes, seconds } : null;
    },
  };
}
