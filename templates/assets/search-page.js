// @ts-check
/**
 * The search page: asks the engine (search/search.js) and shows its answers. The question stands in
 * the address (search-address.js). Whatever comes from the archive is set as text, never as HTML.
 */

import { addressOf, PAGE, wanted } from "./search-address.js";
import { complete } from "./search-box.js";
import { engine, today } from "./search-engine.js";
import { areOpen, clearFacets, isWide, offerFacets, showFacets } from "./search-facets.js";
import { entry, nameStories } from "./search-results.js";
import { cards, chipsOf, emptied, offers, saidEmpty, showChips, unused } from "./search-understood.js";
import { button, counted, element, keepingFocus, named, sentence, worded, words } from "./search-words.js";

/** @typedef {import("./search-engine.js").Engine} Engine */
/** @typedef {Awaited<ReturnType<Engine["search"]>>} Answer */
/** @typedef {import("./search-address.js").Choice} Choice */

const PAUSE = 180; // milliseconds without a key before a search
const STORY = 3; // of the first results: from so many reports on, one of them stands for the story
const MOST_NEAR = 6;
const TOLD = ["plural", "spelling", "root", "near"]; // words of a result that a reader might wonder at
const MOST_HEADING = 80; // letters of the query in the heading

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const box = /** @type {HTMLInputElement} */ (document.getElementById("find"));
const heading = byId("search-heading");
const status = byId("search-status");
const arrangement = byId("search-order");
const list = byId("search-results");
const notices = byId("search-notices");
const notes = byId("search-notes");
const after = byId("search-more");
const beyond = byId("search-beyond");
const others = /** @type {HTMLElement} */ (beyond.querySelector("ol"));
const none = byId("search-none");
const titled = { page: document.title, heading: heading.textContent ?? "" };

let asked = 0;
let stale = new AbortController();
let isSettled = true; // the question in the address was put, not just typed on the way to another
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {Choice} choice @param {boolean} keep whether «back» returns to what was before */
const go = (choice, keep = true) => {
  const url = addressOf(choice);
  if (keep) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  void show();
};

/** What the engine is asked. @param {Choice} choice */
const options = ({ sort, literal, filters: { from = [""], to = [""], ...lists } }) =>
  ({ sort, literal, today: today(), filters: { ...lists, from: from[0] ?? "", to: to[0] ?? "" }, signal: stale.signal });

/** Whether three of the first ten tell one story, and others another. @param {Answer} answer */
const repeats = ({ results }) => {
  const stories = results.slice(0, PAGE).flatMap(({ story }) => story || []);
  const often = stories.find((story) => stories.filter((other) => other === story).length >= STORY);
  return often !== undefined && results.some(({ story }) => story !== often);
};

/**
 * What was found, one result for a story where the reader wants it so, or where the first results would
 * tell little else; but whoever narrows them sees all that was counted.
 * @param {Engine} found @param {Choice} choice @returns {Promise<{answer: Answer, group: "" | "story"}>}
 */
const answered = async (found, choice) => {
  const ask = async (/** @type {"" | "story"} */ group) =>
    ({ answer: await found.search(choice.query, { ...options(choice), group, limit: choice.shown }), group });
  const first = await ask(choice.group === "story" ? "story" : "");
  const isWide = !Object.values(choice.filters).some((values) => values.length);
  return !choice.group && isWide && repeats(first.answer) ? ask("story").catch(() => first) : first;
};

/** The engine's own; it comes with the engine. @type {typeof import("../../generator/warraq/search/client/analysis.js").tokens} */
let tokens;

/** A folded word as one of `texts` writes it. @param {string} term @param {string[]} texts */
const written = (term, ...texts) => {
  for (const source of texts)
    for (const token of tokens(source)) if (token.term === term) return source.slice(token.start, token.end);
  return term;
};

/** Says once which other words than the reader's made results, unless a chip or the suggestion does. @param {Answer} answer @param {Choice} choice */
const reasons = ({ results, understood, suggestion }, choice) => {
  const meant = tokens(suggestion).map(({ term }) => term);
  const begun = understood.flatMap(({ kind, text }) => (kind === "completed" ? tokens(text).map(({ term }) => term) : []));
  /** @type {Map<string, Set<string>>} */
  const near = new Map();
  for (const { why, title, excerpt } of results)
    for (const { kind, query, found } of why)
      if (TOLD.includes(kind) && !begun.includes(query) && !meant.includes(found)) near.set(query, (near.get(query) ?? new Set()).add(written(found, title, excerpt.text)));
  return [...near].map(([query, found]) => {
    const said = [...found].slice(0, MOST_NEAR).join(words.list_separator);
    return element("p", { class: "near" }, ...sentence("search_near", { query: written(query, choice.query), found: said }));
  });
};

/** What makes entries of results. Words that all of the first ones lack are said once, above. @param {Engine} found @param {Answer} answer @param {Choice} choice */
const entries = (found, { results, understood }, choice) => {
  const empty = emptied(understood).map(({ text }) => text);
  const unused = empty.flatMap((text) => tokens(text).map(({ term }) => term)); // said already
  const read = { query: choice.query, literal: [...choice.literal, ...empty] };
  const everywhere = (results[0]?.missing ?? []).filter((term) => results.every(({ missing }) => missing.includes(term)));
  const lacking = (/** @type {string[]} */ terms) => terms.filter((term) => !unused.includes(term)).map((term) => written(term, choice.query));
  const said = lacking(everywhere).join(words.list_separator);
  return {
    said: said ? [element("p", { class: "near" }, ...sentence("search_lacking", { words: said }))] : [],
    made: (/** @type {Answer["results"]} */ some) => some.map((result) =>
      entry(found, result, choice, read, lacking(result.missing.filter((term) => !everywhere.includes(term))))),
  };
};

/**
 * Lists results; those that hold little of the query, and so are not counted, under a heading of their own.
 * @param {Answer["results"]} results @param {ReturnType<typeof entries>["made"]} made
 */
const append = (results, made) => {
  list.append(...made(results.filter(({ isFound }) => isFound)));
  others.append(...made(results.filter(({ isFound }) => !isFound)));
  beyond.hidden = !others.childElementCount;
};

const partial = () => element("p", { class: "notice" }, words.search_partial);

/** @param {Answer} answer @param {Choice} choice @param {Node[]} lacking */
const remark = (answer, choice, lacking) => {
  notices.replaceChildren(...unused(answer), ...(answer.problems.length ? [partial()] : []));
  /** @type {Node[]} */
  const said = cards(answer.understood, choice, go);
  const { suggestion } = answer;
  if (suggestion && suggestion !== choice.query) {
    const link = element("a", { href: addressOf({ ...choice, query: suggestion }) }, named(suggestion));
    said.push(element("p", {}, `${words.search_suggest}: `, link));
  }
  said.push(...lacking, ...reasons(answer, choice));
  said.push(...offers(answer, choice));
  notes.replaceChildren(...said);
};

/** In which order, and whether one result stands for its story. @param {Answer} answer @param {Choice} choice @param {boolean} isGrouped */
const arrange = (answer, choice, isGrouped) => {
  if (answer.total < 2 && !isGrouped) return arrangement.replaceChildren();
  const tick = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: "group" }));
  tick.checked = isGrouped;
  tick.addEventListener("change", () => go({ ...choice, group: tick.checked ? "story" : "none" }));
  const select = /** @type {HTMLSelectElement} */ (element("select", { name: "sort" }));
  for (const sort of ["relevance", "newest", "oldest"]) select.append(element("option", { value: sort }, words[`sort_${sort}`]));
  select.value = choice.sort;
  select.addEventListener("change", () => go({ ...choice, sort: /** @type {Choice["sort"]} */ (select.value) }));
  const order = element("label", {}, element("span", {}, words.search_sort), select);
  const hasStories = isGrouped || answer.results.some(({ story }) => story);
  return arrangement.replaceChildren(...(hasStories ? [element("label", {}, tick, words.search_group)] : []), order);
};

/** @param {Choice} choice @param {boolean} isAsked */
const name = (choice, isAsked) => {
  const letters = [...choice.query.trim()];
  const query = letters.slice(0, MOST_HEADING).join("") + (letters.length > MOST_HEADING ? "…" : "");
  const text = !isAsked ? titled.heading : query ? worded("search_heading", { query }) : words.search_results;
  heading.replaceChildren(...(isAsked && query ? sentence("search_heading", { query }) : [text]));
  document.title = titled.page.replace(titled.heading, () => text);
};

/**
 * Counts come after the results, as they need more files than those: at once where there is room for
 * them or something was chosen, else when asked for.
 * @param {Answer} answer @param {Choice} choice @param {number} turn
 */
const countFacets = (answer, choice, turn) => {
  const count = async () => {
    /** @type {Awaited<ReturnType<Answer["counts"]>>} */
    const facets = await answer.counts().catch(() => ({})); // what was found stands without them, too
    if (turn !== asked) return;
    showFacets(facets, choice, go);
    nameStories(facets.story ?? []);
  };
  if (isWide() || Object.keys(choice.filters).length || areOpen()) return count();
  return offerFacets(count);
};

/** @param {Engine} found @param {Choice} choice @param {"" | "story"} group @param {Answer} answer @param {number} shown */
const further = (found, choice, group, answer, shown) => {
  after.replaceChildren();
  if (shown >= answer.total) return;
  const more = /** @type {HTMLButtonElement} */ (button({ class: "more" }, async () => {
    more.disabled = true;
    const turn = asked;
    const next = await found.search(choice.query, { ...options(choice), group, limit: PAGE, offset: shown }).catch(() => undefined);
    if (turn !== asked) return; // a later question stopped it
    more.disabled = next?.problems.length === 0;
    if (!more.disabled) notices.replaceChildren(...unused(answer), partial()); // and it may be had yet
    if (!next?.results.length) return;
    const before = list.childElementCount;
    append(next.results, entries(found, answer, choice).made);
    history.replaceState(null, "", addressOf(choice, shown + PAGE)); // a link to it shows as many
    further(found, choice, group, answer, shown + PAGE);
    list.children[before]?.querySelector("a")?.focus();
  }, words.search_more));
  after.append(more);
};

const nothing = () => {
  keepingFocus(() => {
    for (const part of [list, others, arrangement, notices, notes, after]) part.replaceChildren();
    showChips([], wanted(), go);
    clearFacets();
  });
  none.hidden = beyond.hidden = true;
};

/** @param {Answer} answer */
const told = ({ articles, relation, problems, understood }) => {
  const count = counted("count_articles", articles);
  if (articles) return [relation === "gte" ? worded("search_at_least", { count }) : count];
  const empty = saidEmpty(understood, "search_no_days");
  return problems.length ? [words.search_failed] : empty.length ? empty : [words.search_none];
};

/** What was taken off, for who hears the status and does not see its chips. @param {ReturnType<typeof chipsOf>} chips */
const takenOff = (chips) => {
  const names = chips.filter(({ isOn }) => !isOn).map(({ label }) => label).join(words.list_separator);
  return names ? [element("span", { class: "unseen" }, worded("search_taken_off", { names }))] : [];
};

/** Shows what the address asks for. */
const show = async () => {
  const turn = ++asked;
  stale.abort();
  stale = new AbortController();
  const choice = wanted();
  const isAsked = choice.query.trim() !== "" || Object.values(choice.filters).some((values) => values.length);
  name(choice, isAsked);
  if (!isAsked) {
    status.textContent = "";
    nothing();
    return;
  }
  if (!list.childElementCount) status.textContent = words.search_loading;
  try {
    const found = await engine();
    ({ tokens } = await import(new URL("../search/analysis.js", import.meta.url).href));
    const { answer, group } = await answered(found, choice);
    if (turn !== asked) return; // a later question was asked meanwhile
    const chips = chipsOf(answer.understood, choice);
    const { said, made } = entries(found, answer, choice);
    status.replaceChildren(...told(answer), ...takenOff(chips));
    keepingFocus(() => {
      for (const part of [list, others]) part.replaceChildren();
      append(answer.results, made);
      none.hidden = answer.articles > 0;
      showChips(chips, choice, go);
      remark(answer, choice, said);
      arrange(answer, choice, group === "story");
      further(found, choice, group, answer, answer.results.length && choice.shown);
    });
    await countFacets(answer, choice, turn);
  } catch {
    if (turn !== asked) return;
    nothing();
    status.textContent = words.search_failed;
  }
};

/** The links of the results, the box before them. */
const stops = () => [box, .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".results .headline a"))];

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return; // the completions took it
  const at = stops().indexOf(/** @type {HTMLElement} */ (document.activeElement));
  if (at < 0) return;
  if (event.key === "Escape" && at > 0) box.focus();
  else if (event.key === "ArrowDown") stops()[at + 1]?.focus();
  else if (event.key === "ArrowUp" && at > 0) stops()[at - 1]?.focus();
  else return;
  event.preventDefault();
});

box.value = wanted().query;
box.addEventListener("focus", () => complete(box), { once: true });
if (document.activeElement === box) complete(box);
box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => {
    go({ ...wanted(), query: box.value }, isSettled && wanted().query !== "");
    isSettled = false;
  }, PAUSE);
});
box.addEventListener("blur", () => (isSettled = true));
box.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  go({ ...wanted(), query: box.value }, isSettled && box.value !== wanted().query);
  isSettled = true;
});
addEventListener("popstate", () => {
  box.value = wanted().query;
  isSettled = true;
  void show();
});
void show();
