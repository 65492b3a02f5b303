// SPDX-License-Identifier: AGPL-3.0-or-later
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { clockTime, dayText, say, setLanguage, shortTime, type Word } from "../src/words";
import { en } from "../src/words/en";
import { vi } from "../src/words/vi";

const gaps = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
const KEYS = Object.keys(vi) as Word[];
/** Words that are the same in both languages. */
const SAME = new Set<Word>(["app", "settings.me"]);

test("both languages are complete", () => {
  assert.deepEqual(Object.keys(en).sort(), [...KEYS].sort());
  assert.deepEqual(KEYS.filter((key) => !vi[key].trim() || !en[key].trim()), []);
});

test("nothing was left untranslated", () => {
  assert.deepEqual(KEYS.filter((key) => vi[key] === en[key] && !SAME.has(key)), []);
});

test("both languages leave the same gaps", () => {
  assert.deepEqual(KEYS.filter((key) => String(gaps(vi[key])) !== String(gaps(en[key]))), []);
});

test("Vietnamese is written in composed letters", () => {
  assert.deepEqual(KEYS.filter((key) => vi[key] !== vi[key].normalize("NFC")), []);
});

test("no word stands in the dictionaries that no screen says", () => {
  const folders = ["src", "src/screens", "src/parts"];
  const sources = folders.flatMap((folder) => {
    try {
      return readdirSync(folder).filter((name) => /\.tsx?$/.test(name)).map((name) => readFileSync(`${folder}/${name}`, "utf8"));
    } catch {
      return [];
    }
  }).join("\n");
  const families = ["kind.", "standing.", "finding.kind.", "traffic.kind.", "report.kind.", "report.channel.", "book.state.", "theme.", "sos.is.", "sos.over.", "dial.", "way.why.", "map.wind.", "places.result.", "counts."];
  const unsaid = KEYS.filter((key) => !sources.includes(`"${key}"`) && !families.some((begin) => key.startsWith(begin)));
  assert.deepEqual(unsaid.filter((key) => !["minutes"].includes(key)), []);
});

test("times and days are Vietnam's, in the reader's language", () => {
  setLanguage("vi");
  assert.equal(clockTime("2026-03-01T18:05:00Z"), "01:05");
  assert.equal(dayText("2026-03-01T18:05:00Z"), "Thứ Hai, 02/03/2026");
  assert.match(shortTime("2026-03-01T18:05:00Z"), /^Th(ứ)? 2, 02\/03 01:05$/);
  setLanguage("en");
  assert.equal(dayText("2026-03-01T18:05:00Z"), "Monday, 02/03/2026");
  setLanguage("vi");
});

test("a gap is filled with text and nothing else", () => {
  assert.equal(say("send.waiting", { n: 3 }), "Chờ gửi: 3");
});
