// SPDX-License-Identifier: AGPL-3.0-or-later
// Comfort only: every page works without this file.
"use strict";
(() => {
  const root = document.documentElement;
  const KEY = "binhyen-shortcuts";
  const isOn = () => localStorage.getItem(KEY) !== "off";

  // Menus close with Escape and when one clicks elsewhere.
  const openDrops = () => document.querySelectorAll("details.drop[open]");
  document.addEventListener("click", (event) => {
    for (const drop of openDrops()) if (!drop.contains(event.target)) drop.open = false;
  });

  // Light and dark change at once; the cookie is set by the server.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-theme-switch]")) return;
    event.preventDefault();
    const button = form.querySelector("button[name=theme]");
    const order = ["auto", "light", "dark"];
    const theme = button.value;
    const body = new FormData(form);
    body.set("theme", theme);
    fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (theme === "auto") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
    for (const other of document.querySelectorAll("form[data-theme-switch] button[name=theme]")) {
      other.value = order[(order.indexOf(theme) + 1) % order.length];
      const use = other.querySelector("use");
      use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#theme-${theme}`));
      const said = other.dataset[theme];
      other.setAttribute("aria-label", said);
      other.title = said;
    }
  });

  // A form that changed asks before it is left, and is sent once.
  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keeps]");
    if (form) form.dataset.changed = "yes";
  });
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-keeps][data-changed]")) event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    delete event.target.dataset.changed;
  });

  // Keys: one letter each, off by choice, never while typing.
  const help = document.getElementById("keys");
  const toggle = document.getElementById("keys-on");
  if (toggle) {
    toggle.checked = isOn();
    toggle.addEventListener("change", () => localStorage.setItem(KEY, toggle.checked ? "on" : "off"));
  }
  document.querySelectorAll("[data-opens-keys]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => help.showModal());
  });
  const step = (by) => {
    const links = [...document.querySelectorAll("main .row-link")];
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
    links[Math.max(0, Math.min(links.length - 1, next))].focus();
  };
  const follow = (selector) => document.querySelector(selector)?.click();
  const keys = {
    "/": () => [...document.querySelectorAll("input[type=search]")].find((i) => i.offsetParent)?.focus(),
    "?": () => help?.showModal(),
    j: () => step(1),
    k: () => step(-1),
    t: () => follow(".brand"),
    n: () => follow(".heading .button.primary"),
    "[": () => follow("a[rel=prev]"),
    "]": () => follow("a[rel=next]"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const drop of openDrops()) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || !isOn()) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
