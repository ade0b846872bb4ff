// The colours a reader chose, the age of an article, a button that copies its address, and what was searched for.
// Everything here is a comfort: a page is complete without it.
// @ts-check
"use strict";
(() => {
  const root = document.documentElement;
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const KEY = "scheme";

  /** @param {string} scheme "light", "dark", or "" for the system's */
  const paint = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
  };

  const stored = () => {
    try {
      return localStorage.getItem(KEY) || "";
    } catch {
      return ""; // storage may be forbidden
    }
  };

  paint(stored()); // before the first paint: this script stands in <head>

  const schemes = () => {
    const group = document.querySelector(".scheme");
    if (!(group instanceof HTMLElement)) return;
    const buttons = group.querySelectorAll("button");
    const mark = () => {
      for (const button of buttons)
        button.setAttribute("aria-pressed", String((root.dataset.scheme || "") === button.value));
    };
    for (const button of buttons)
      button.addEventListener("click", () => {
        paint(button.value);
        try {
          if (button.value) localStorage.setItem(KEY, button.value);
          else localStorage.removeItem(KEY);
        } catch {
          // chosen for this page only
        }
        mark();
      });
    mark();
    group.hidden = false;
  };

  const age = () => {
    const line = document.querySelector("[data-age]");
    if (!(line instanceof HTMLElement)) return;
    const [year = 0, month = 1, day = 1] = (line.dataset.age || "").split("-").map(Number);
    const now = new Date();
    const days = Math.floor((now.getTime() - new Date(year, month - 1, day).getTime()) / 864e5);
    if (days < 30) return;
    const months = (now.getFullYear() - year) * 12 + now.getMonth() + 1 - month - Number(now.getDate() < day);
    const digits = root.dataset.digits || "latn";
    const words = new Intl.RelativeTimeFormat(`${root.lang}-u-nu-${digits}`);
    const ago = months >= 12 ? words.format(-Math.floor(months / 12), "year") : words.format(-Math.max(1, months), "month");
    line.append(` (${ago})`);
  };

  const copying = () => {
    const link = document.querySelector("[data-copy]");
    if (!(link instanceof HTMLAnchorElement) || !navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = link.dataset.copy || "";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(link.href);
      button.textContent = link.dataset.copied || "";
    });
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    status.append(button);
    link.after(" ", status);
  };

  // Browsers run no module and read no index from a disk: there the search page says so.
  const isDisk = location.protocol === "file:";
  const fromDisk = () => {
    const said = document.getElementById("from-disk");
    if (said) said.hidden = !isDisk;
    const form = document.querySelector("form.find");
    if (isDisk && form instanceof HTMLFormElement) form.action += "index.html"; // a folder shows its files there
  };

  // Who comes from the search page sees what was found.
  const found = () => {
    const isAsked = location.search.includes("q=") && document.querySelector("article.article");
    if (isAsked && !isDisk) void import(new URL("found.js", here).href).catch(() => {});
  };

  document.addEventListener("DOMContentLoaded", () => {
    schemes();
    fromDisk();
    age();
    copying();
    found();
    // "/" goes to the search box, as readers of archives expect.
    document.addEventListener("keydown", (event) => {
      const at = event.target;
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) return;
      const box = document.getElementById("find");
      if (box) {
        event.preventDefault();
        box.focus();
      }
    });
    // The engine comes when a reader means to search, never with a page.
    document.getElementById("find")?.addEventListener("focus", async ({ target }) => {
      const { complete } = await import(new URL("search-box.js", here).href);
      complete(target);
    }, { once: true });
  });
})();
