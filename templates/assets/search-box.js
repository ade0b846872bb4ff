// @ts-check
/**
 * The search box of every page: completes what is typed from the archive's own words and names, and
 * leads straight to the first articles. Fetched when the box is first focused, never with a page.
 */

import { isolated } from "./bidi.js";
import { engine } from "./search-engine.js";

const PAUSE = 150; // milliseconds without a key before words are completed
const THOUGHT = 350; // before articles are asked for
const LEAST = 2; // letters
const MOST_WORDS = 6;
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

  /** @param {string} text @param {string} url */
  const option = (text, url) => {
    const made = document.createElement("li");
    made.id = `${list.id}-${list.childElementCount}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dir = "auto";
    made.append(isolated(text));
    if (url) made.dataset.url = url;
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    made.addEventListener("click", () => take(made));
    list.append(made);
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
      const words = [...new Set((await found.complete(typed, MOST_WORDS)).map(({ query }) => query))];
      if (now !== turn) return;
      list.replaceChildren();
      choose(-1);
      for (const word of words) if (word !== typed) option(word, "");
      show();
      if (answersHere) return;
      await new Promise((done) => setTimeout(done, THOUGHT - PAUSE));
      if (now !== turn) return;
      const few = { limit: MOST_ARTICLES, fetched: 0 };
      let { results } = await found.search(typed, few);
      if (!results.length && words[0]) ({ results } = await found.search(words[0], few)); // a word only begun
      if (now !== turn) return;
      for (const { title, url } of results) option(title, url);
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
