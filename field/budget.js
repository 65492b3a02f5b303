// SPDX-License-Identifier: AGPL-3.0-or-later
// What a phone downloads the first time, compressed as the server sends it. Too much fails the build.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { gzipSync } from "node:zlib";

const FOLDER = "../binhyen/sync/static/field/";
const SHELL_KB = 300;
const SCRIPT_KB = 100;

const files = readdirSync(FOLDER, { recursive: true }).filter((name) => statSync(FOLDER + name).isFile());
const size = (name) => gzipSync(readFileSync(FOLDER + name), { level: 9 }).length / 1024;
const sum = (names) => names.reduce((total, name) => total + size(name), 0);
const shell = sum(files.filter((name) => !name.startsWith(".")));
const script = sum(files.filter((name) => name.endsWith(".js")));

console.log(`shell ${shell.toFixed(1)} of ${SHELL_KB} KB, script ${script.toFixed(1)} of ${SCRIPT_KB} KB, compressed`);
if (shell > SHELL_KB || script > SCRIPT_KB) {
  console.error("The phone app is too large: take something out, or load it later.");
  process.exit(1);
}
