// SPDX-License-Identifier: AGPL-3.0-or-later
import { createHash } from "node:crypto";
import { defineConfig, type Plugin } from "vite";

const BASE = "/static/field/";
const PAGE = "/field/";

/** Writes into the service worker what the shell consists of, and a name that changes with it. */
function shell(): Plugin {
  return {
    name: "shell",
    enforce: "post",
    generateBundle(_options, bundle) {
      const worker = bundle["sw.js"];
      if (!worker || worker.type !== "chunk") throw new Error("the service worker is missing");
      const parts = Object.values(bundle).filter((part) => part !== worker);
      // The pictures of the home screen are fetched by the phone's system, not by the shell.
      const names = [...parts.map((part) => part.fileName).filter((name) => !/\.html$/.test(name)), "sign.svg"];
      const hash = createHash("sha256").update(worker.code);
      for (const part of parts) hash.update(part.type === "chunk" ? part.code : part.source);
      worker.code = worker.code
        .replace("__SHELL_FILES__", JSON.stringify([PAGE, ...names.map((name) => BASE + name)]))
        .replace("__SHELL_NAME__", JSON.stringify(hash.digest("hex").slice(0, 12)));
    },
  };
}

export default defineConfig({
  base: BASE,
  plugins: [shell()],
  build: {
    outDir: "../binhyen/sync/static/field",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { index: "index.html", sw: "src/sw.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
