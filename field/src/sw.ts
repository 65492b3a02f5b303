// SPDX-License-Identifier: AGPL-3.0-or-later
/// <reference lib="webworker" />
/**
 * The service worker: it keeps the shell, and nothing else.
 *
 * What people write lies in IndexedDB and never passes through here, so that neither an update nor
 * an emptied cache can lose any of it. A new shell waits until the page asks for it.
 */
declare const __SHELL_FILES__: string[];
declare const __SHELL_NAME__: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const FILES = __SHELL_FILES__;
const NAME = `shell-${__SHELL_NAME__}`;
const PAGE = "/field/";

worker.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(NAME).then((cache) =>
      // The page past the browser's own cache: an old one asks for scripts that are gone. The others
      // carry their content in their name, so what was just loaded is not loaded twice.
      cache.addAll(FILES.map((file) => new Request(file, { cache: file === PAGE ? "reload" : "default" }))),
    ),
  );
});

worker.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => names.filter((name) => name.startsWith("shell-") && name !== NAME))
      .then((old) => Promise.all(old.map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

worker.addEventListener("message", (event) => {
  if (event.data === "take over") void worker.skipWaiting();
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== worker.location.origin) return;
  const key = request.mode === "navigate" && url.pathname.startsWith(PAGE) ? PAGE : url.pathname;
  if (!FILES.includes(key)) return;
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(key))
      .then((kept) => kept ?? fetch(request)),
  );
});

export {};
