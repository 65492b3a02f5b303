// SPDX-License-Identifier: AGPL-3.0-or-later
// The tests as plain JavaScript: Node 20 reads no TypeScript, and its own runner needs no package.
import { readdirSync } from "node:fs";
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    outDir: "node_modules/.tests",
    emptyOutDir: true,
    rolldownOptions: {
      input: readdirSync("tests")
        .filter((name) => name.endsWith(".test.ts"))
        .map((name) => `tests/${name}`),
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name].js" },
    },
  },
});
