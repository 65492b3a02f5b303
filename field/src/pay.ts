// SPDX-License-Identifier: AGPL-3.0-or-later
/** One's own pay as the server told it: whole đồng, with its words in every language. */
import type { Thing } from "./engine/wire";
import type { Language } from "./words";

/** The same words by language. */
export type Said = Readonly<Record<Language, string>>;

export interface PayLine {
  name: Said;
  amount: number;
  /** How the amount came about, or why there is none. */
  said: Said;
  article: Said;
  /** The duties that it counted. */
  duties: { starts_at: string; ends_at: string }[];
}

/** What one month brought, or what changed about it afterwards. */
export interface Pay extends Thing {
  /** 2026-09 */
  month: string;
  kind: "regular" | "correction";
  state: "approved" | "paid";
  total: number;
  paid_on: string | null;
  /** Why it was not paid out; null where it was, or is still to be. */
  unpaid: Said | null;
  lines: PayLine[];
  /** Duties that were recorded and are not paid. */
  aside: { day: string; time: string; name: Said; why: Said }[];
}

/** The newest month first; a correction before what it corrects. */
export const newestFirst = (pays: readonly Pay[]): Pay[] =>
  [...pays].sort((a, b) => b.month.localeCompare(a.month) || a.kind.localeCompare(b.kind));

/** What brought something, then what did not and says why. */
export const inOrder = (lines: readonly PayLine[]): PayLine[] => [
  ...lines.filter(({ amount }) => amount !== 0),
  ...lines.filter(({ amount }) => amount === 0),
];

/** 1.440.000 đồng; in English 1,440,000 đồng; never broken between two lines. */
export const dong = (amount: number, language: Language): string =>
  `${new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(amount)}\u00a0đồng`;
