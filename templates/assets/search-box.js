// @ts-check
/**
 * The search box of every page: completes what is typed from the archive's own words and names, and
 * leads straight to the first articles. Fetched when the box is first focused, never with a page.
 */

import { isolated } from "./bidi.js";
import { engine, today } from "./search-engine.js";

/** @typedef {import("../../generator/warraq/search/client/types.js").Completion} Completion */

const PAUSE = 150; // milliseconds without a key before words are completed
const THOUGHT = 350; // before articles are asked for
const LEAST = 2; // letters
const MOST_ROWS = 8; // words and names, of which so many names
const MOST_NAMES = 3;
const MOST_ARTICLES = 3;

/** Makes a combobox of a search field. @param {HTMLInputElement} box */
export const complete = (box) => {
  if (box.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  list.id = `${box.id}-options`;
  list.className = "options";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.labels?.[0]?.textContent ?? "");
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");
  box.after(list);
  const answersHere = document.getElementById("search") !== null; // the search page shows articles itself
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let turn = 0;
  let chosen = -1;

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);

  /** @param {number} at */
  const choose = (at) => {
    chosen = at;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    const option = options()[at];
    if (option) {
      box.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else box.removeAttribute("aria-activedescendant");
  };

  const close = () => {
    clearTimeout(timer);
    turn++;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    choose(-1);
  };

  /** @param {HTMLElement | undefined} option */
  const take = (option) => {
    if (!option) return;
    if (option.dataset.url) location.assign(option.dataset.url);
    else {
      box.value = option.textContent ?? "";
      close();
      box.form?.requestSubmit();
    }
  };

  /** @param {string} text @param {string} url where it leads, if not to a question @param {string} [kind] of what is named */
  const option = (text, url, kind) => {
    const made = document.createElement("li");
    made.id = `${list.id}-${list.childElementCount}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dir = "auto";
    made.append(isolated(text));
    if (url) made.dataset.url = url;
    if (kind) {
      const note = document.createElement("span");
      note.className = "kind";
      note.append(kind);
      made.append(" ", note);
    }
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    made.addEventListener("click", () => take(made));
    list.append(made);
    return made;
  };

  /** A name leads to its page, or to the articles on what it names. @param {Completion} row */
  const name = ({ query, label = "", of: kind = "outlet", key = "", url = "" }) => {
    const said = box.form?.dataset ?? {};
    if (url) option(label, url, said[kind]);
    const only = new URL("../search/", import.meta.url);
    only.searchParams.set(kind, key);
    const before = query.slice(0, -label.length).trim();
    if (before) only.searchParams.set("q", before);
    option(String(said.only).replace("{name}", () => label), only.href, url ? "" : said[kind]).classList.add("only");
  };

  const show = () => {
    list.hidden = !list.childElementCount;
    box.setAttribute("aria-expanded", String(!list.hidden));
  };

  const ask = async () => {
    const now = ++turn;
    const typed = box.value;
    if (typed.trim().length < LEAST) return close();
    try {
      const found = await engine();
      const rows = await found.complete(typed, MOST_ROWS);
      const words = rows.filter(({ of }) => !of).map(({ query }) => query);
      if (now !== turn) return;
      list.replaceChildren();
      choose(-1);
      const place = (/** @type {Completion} */ { query }) => (query.startsWith(typed.trim()) ? 0 : 1); // «حلب» before «مياه حلب»
      rows.filter(({ of }) => of).sort((a, b) => place(a) - place(b)).slice(0, MOST_NAMES).forEach(name);
      for (const word of words) if (word !== typed) option(word, "");
      show();
      if (answersHere) return;
      await new Promise((done) => setTimeout(done, THOUGHT - PAUSE));
      if (now !== turn) return;
      const { results } = await found.search(typed, { limit: MOST_ARTICLES, fetched: 0, today: today() }); // half a word too
      if (now !== turn) return;
      for (const { title, url } of results) option(title, url).classList.add("direct");
      show();
    } catch {
      close(); // the form still leads to the search page, which says what is wrong
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", close);
  box.form?.addEventListener("submit", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const last = list.childElementCount - 1;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(options()[chosen]);
    else if (event.key === "ArrowDown" && chosen < last) choose(chosen + 1);
    else if (event.key === "ArrowUp" && chosen >= 0) choose(chosen - 1);
    else {
      if (event.key === "ArrowDown") close(); // past the end, on to the results
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  if (!answersHere && box.value.trim()) timer = setTimeout(ask, PAUSE); // typed while this was fetched
  void engine().catch(() => {});
};
