// SPDX-License-Identifier: AGPL-3.0-or-later
/** Words in the language of this phone. A language that lacks one does not build. */
import { en } from "./en";
import { vi } from "./vi";

export type Word = keyof typeof vi;
export type Words = Readonly<Record<Word, string>>;
export type Language = "vi" | "en";

const DICTIONARIES: Readonly<Record<Language, Words>> = { vi, en };
const VIETNAM = "Asia/Ho_Chi_Minh";

let language: Language = "vi";

export const currentLanguage = (): Language => language;

export function setLanguage(to: Language): void {
  language = to;
  if (typeof document !== "undefined") document.documentElement.lang = to;
}

/** A text with its gaps filled; a number or name never becomes markup. */
export function say(word: Word, gaps: Readonly<Record<string, string | number>> = {}): string {
  return DICTIONARIES[language][word].replace(/\{(\w+)\}/g, (_all, name: string) => String(gaps[name] ?? ""));
}

/** Making one takes an old phone longer than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

function shown(iso: string, parts: Intl.DateTimeFormatOptions): string {
  const key = language + JSON.stringify(parts);
  const made = formats.get(key) ?? new Intl.DateTimeFormat(language === "vi" ? "vi-VN" : "en-GB", { timeZone: VIETNAM, ...parts });
  formats.set(key, made);
  return made.format(new Date(iso));
}

/** 21:05 */
export const clockTime = (iso: string): string => shown(iso, { hour: "2-digit", minute: "2-digit", hour12: false });

/** Thứ Hai, 02/03/2026 */
export const dayText = (iso: string): string => {
  const weekday = shown(iso, { weekday: "long" });
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}, ${shown(iso, { day: "2-digit", month: "2-digit", year: "numeric" })}`;
};

/** Th 2, 02/03 21:05; how the weekday is shortened depends on the browser. */
export const shortTime = (iso: string): string =>
  `${shown(iso, { weekday: "short" })}, ${shown(iso, { day: "2-digit", month: "2-digit", year: "numeric" }).slice(0, 5)} ${clockTime(iso)}`;

/** A wait in words that one can wait for. */
export const waitText = (ms: number): string =>
  ms < 90_000
    ? `${Math.ceil(ms / 1000)} ${language === "vi" ? "giây" : "s"}`
    : say("minutes", { n: Math.ceil(ms / 60_000) });
