// @ts-check
/**
 * The search page: asks the engine (search/search.js) and shows its answers. The query and the
 * choices stand in the address, so a search can be linked and gone back to. Whatever comes from the
 * archive is set as text, never as HTML; every word of its own comes from the page (data-words).
 */

import { isolated } from "./bidi.js";
import { complete, engine } from "./search-box.js";

/** @typedef {import("./search-box.js").Engine} Engine */
/** @typedef {Awaited<ReturnType<Engine["search"]>>} Answer */
/** @typedef {Answer["results"][number]} Result */
/** @typedef {NonNullable<Answer["facets"]>[string][number]} FacetValue */
/** @typedef {ReturnType<typeof wanted>} Choice */

const PAGE = 10;
const MOST_SHOWN = 200; // results that a link may ask for at once
// As in search/format.js, with the year, in the order of the page.
const FACETS = ["outlet", "year", "topic", "person", "place", "organization"];
const FILTERS = [...FACETS, "story"];
const ENDS = ["from", "to"];
const MOST_VALUES = 12;
const PAUSE = 180; // milliseconds without a key before a search

const place = /** @type {HTMLElement} */ (document.getElementById("search"));
const box = /** @type {HTMLInputElement} */ (document.getElementById("find"));
const status = /** @type {HTMLElement} */ (document.getElementById("search-status"));
const list = /** @type {HTMLElement} */ (document.getElementById("search-results"));
const side = /** @type {HTMLElement} */ (document.getElementById("search-facets"));
const notes = /** @type {HTMLElement} */ (document.getElementById("search-notes"));
const after = /** @type {HTMLElement} */ (document.getElementById("search-more"));
const none = /** @type {HTMLElement} */ (document.getElementById("search-none"));
/** @type {Record<string, any>} */
const words = JSON.parse(place.dataset.words ?? "{}");
const tongue = `${document.documentElement.lang}-u-nu-${words.digits}`;
const numbers = new Intl.NumberFormat(tongue);
const plurals = new Intl.PluralRules(document.documentElement.lang);

let asked = 0;
let stale = new AbortController();
let isSettled = true; // the question in the address was put, not just typed on the way to another
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {string} code @param {Record<string, string>} gaps */
const worded = (code, gaps) => String(words[code]).replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);

/** @param {string} code @param {number} number */
const counted = (code, number) => {
  const form = number === 0 ? "zero" : plurals.select(number);
  return String(words[code][form] ?? words[code].other).replace("{n}", numbers.format(number));
};

/** @param {string} text */
const digits = (text) => text.replace(/[0-9]/g, (digit) => numbers.format(Number(digit)));

/** "2025-10-12", "2025-10" or "" as readers write it. @param {string} iso */
const day = (iso) => {
  const [year = "", month = "", of = ""] = iso.slice(0, 10).split("-");
  if (!year) return words.undated;
  const name = month ? words.months[Number(month) - 1] : "";
  const pattern = of ? words.date_short : month ? words.month_pattern : "{year}";
  return digits(pattern.replace("{day}", String(Number(of))).replace("{month}", name).replace("{year}", year));
};

/**
 * An element with children; strings become text.
 * @param {string} name @param {Record<string, string>} attributes @param {(Node | string)[]} children
 */
const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** A name, or another text from the archive, that keeps to itself. @param {string} text @param {Record<string, string>} attributes */
const named = (text, attributes = {}) => element("bdi", attributes, isolated(text));

/** `dir` for a text most of whose words run against the page: it may begin with a foreign one, or hold one long name. @param {string} text @returns {Record<string, string>} */
const turned = (text) => {
  const found = text.match(/[\p{L}\p{M}]+/gu) ?? [];
  const dir = 2 * found.filter((word) => /[\u0590-\u08ff]/.test(word)).length >= found.length ? "rtl" : "ltr";
  return dir === document.documentElement.dir ? {} : { dir };
};

/** Fills a part of the page anew; what had the keyboard's focus in it has it again. @param {HTMLElement} part @param {Node[]} children */
const refill = (part, ...children) => {
  const held = part.contains(document.activeElement) && /** @type {HTMLInputElement} */ (document.activeElement);
  part.replaceChildren(...children);
  if (!held) return;
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (part.querySelectorAll("input, select"));
  const same = [...fields].find(({ name, type, value }) => name === held.name && (type !== "checkbox" || value === held.value));
  (same ?? part.querySelector("summary"))?.focus();
};

/** What the address asks for; `shown` is how many results. */
const wanted = () => {
  const address = new URLSearchParams(location.search);
  /** @type {Record<string, string[]>} */
  const filters = {};
  for (const kind of FILTERS) {
    const values = address.getAll(kind);
    if (values.length) filters[kind] = values;
  }
  for (const end of ENDS) {
    const value = address.get(end);
    if (value) filters[end] = [value];
  }
  const sort = /** @type {"relevance" | "newest" | "oldest"} */ (address.get("sort") ?? "relevance");
  const shown = Math.min(Math.max(Number(address.get("shown")) || 0, PAGE), MOST_SHOWN);
  const group = address.get("group") === "story" ? "story" : "";
  return { query: address.get("q") ?? "", sort, group: /** @type {"" | "story"} */ (group), filters, shown };
};

/** @param {Choice} choice @param {number} [shown] */
const addressOf = (choice, shown = PAGE) => {
  const address = new URLSearchParams();
  if (choice.query) address.set("q", choice.query);
  if (choice.sort !== "relevance") address.set("sort", choice.sort);
  if (choice.group) address.set("group", choice.group);
  for (const [kind, values] of Object.entries(choice.filters)) for (const value of values) address.append(kind, value);
  if (shown > PAGE) address.set("shown", String(shown));
  return address.size ? `?${address}` : location.pathname;
};

/** @param {Choice} choice @param {boolean} keep whether «back» returns to what was before */
const go = (choice, keep) => {
  const url = addressOf(choice);
  if (keep) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
  void show();
};

/** What the engine is asked. @param {Choice} choice */
const options = ({ sort, group, filters: { from = [""], to = [""], ...lists } }) =>
  ({ sort, group, filters: { ...lists, from: from[0] ?? "", to: to[0] ?? "" }, signal: stale.signal });

/** @param {string} kind @param {string} value @param {boolean} on */
const choose = (kind, value, on) => {
  const choice = wanted();
  const values = (choice.filters[kind] ?? []).filter((other) => other !== value);
  if (on) values.push(value);
  choice.filters[kind] = values;
  go(choice, true);
};

/** What brings a result's words into its excerpt when it comes into view. @type {WeakMap<Element, () => void>} */
const waiting = new WeakMap();
const viewed = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    viewed.unobserve(target);
    waiting.get(target)?.();
  }
});

/** The engine's own; it comes with the engine. @type {typeof import("../../generator/warraq/search/client/analysis.js").tokens} */
let tokens;

/** A folded word as one of `texts` writes it. @param {string} term @param {string[]} texts */
const written = (term, ...texts) => {
  for (const source of texts)
    for (const token of tokens(source)) if (token.term === term) return source.slice(token.start, token.end);
  return term;
};

/** Which other words than the reader's made this a result. @param {Result} result @param {Choice} choice */
const reasons = ({ why, title, excerpt }, choice) => {
  const said = why.filter(({ kind }) => ["plural", "spelling", "root", "near"].includes(kind)).map(({ query, found }) =>
    worded("search_why", { query: written(query, choice.query), found: written(found, title, excerpt.text) }));
  return said.length ? [element("p", { class: "meta why" }, said.join(words.list_separator))] : [];
};

/** @param {Engine} found @param {Result} result @param {Choice} choice */
const entry = (found, result, choice) => {
  const meta = element("p", { class: "meta" }, element("time", result.date ? { datetime: result.date } : {}, day(result.date)));
  if (result.standing) meta.append(" ", element("span", { class: `badge ${result.standing}` }, words[result.standing]));
  if (result.source) meta.append(" ", named(result.source, { class: "outlet" }));
  const link = element("a", { href: result.url, ...turned(result.title) }, isolated(result.title, result.titleMarks));
  const item = element("li", {}, meta, element("p", { class: "headline" }, link));
  const shown = ({ text, marks } = result.excerpt) => element("p", { class: "summary", ...turned(text) }, isolated(text, marks));
  const summary = shown();
  if (result.excerpt.text) item.append(summary, ...reasons(result, choice));
  if (result.story) item.dataset.story = result.story;
  if (result.more) {
    const all = { ...choice, group: /** @type {const} */ (""), filters: { ...choice.filters, story: [result.story] } };
    item.append(element("p", { class: "note" }, element("a", { href: addressOf(all) }, counted("search_of_story", result.more))));
  }
  if (choice.query && !result.titleMarks.length && !result.excerpt.marks.length) {
    waiting.set(item, async () => {
      const excerpt = await found.excerpt(result, choice.query);
      if (excerpt.marks.length) summary.replaceWith(shown(excerpt));
    });
    viewed.observe(item);
  }
  return item;
};

/** Names the story of each result that belongs to one. @param {FacetValue[]} stories */
const nameStories = (stories) => {
  for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-story]"))) {
    const story = stories.find(({ value }) => value === item.dataset.story);
    if (story) item.append(element("p", { class: "note" }, `${words.search_story}: `, named(story.label)));
    delete item.dataset.story;
  }
};

const order = new Intl.Collator(document.documentElement.lang, { numeric: true, ignorePunctuation: true });
const filed = (/** @type {string} */ name) => name.replace(/^ال(?=..)/, "");

/** The more often, the earlier; as often, by name. @param {FacetValue} a @param {FacetValue} b */
const ranked = (a, b) => b.count - a.count || order.compare(filed(a.label), filed(b.label));

/** A year, or what has none. @param {FacetValue} found */
const labelled = ({ value, label }, /** @type {string} */ kind) =>
  kind !== "year" ? label : value === "0" ? words.undated : digits(label);

/** @param {string} kind @param {FacetValue[]} values @param {string[]} chosen */
const facet = (kind, values, chosen) => {
  const group = element("fieldset", { class: kind }, element("legend", {}, words[`facet_${kind}`]));
  const most = Math.max(...values.map(({ count }) => count));
  const shown = kind === "year" ? values : values.filter(({ value }, at) => at < MOST_VALUES || chosen.includes(value));
  for (const found of shown) {
    const { value, count } = found;
    const tick = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: kind, value }));
    tick.checked = chosen.includes(value);
    tick.addEventListener("change", () => choose(kind, value, tick.checked));
    const name = named(labelled(found, kind));
    const label = element("label", {}, tick, " ", name, " ", element("span", { class: "count" }, `(${numbers.format(count)})`));
    label.style.setProperty("--share", String(count / most)); // the years are a histogram
    group.append(label);
  }
  return group;
};

/** From this day to that. @param {Choice} choice */
const span = (choice) => {
  const group = element("fieldset", { class: "span" }, element("legend", {}, words.facet_day));
  for (const end of ENDS) {
    const field = /** @type {HTMLInputElement} */ (element("input", { type: "date", name: end, value: choice.filters[end]?.[0] ?? "" }));
    field.addEventListener("change", () =>
      go({ ...wanted(), filters: { ...wanted().filters, [end]: field.value ? [field.value] : [] } }, true));
    group.append(element("label", {}, words[`search_${end}`], " ", field));
  }
  return group;
};

/** @param {Record<string, FacetValue[]>} facets @param {Choice} choice */
const showFacets = (facets, choice) => {
  const chosen = element("div", { class: "chosen" });
  const groups = [];
  for (const kind of FILTERS) {
    const values = (facets[kind] ?? []).filter(({ count }) => count > 0);
    if (kind === "year") values.reverse();
    else values.sort(ranked);
    for (const value of choice.filters[kind] ?? []) {
      const label = labelled(values.find((found) => found.value === value) ?? { value, label: value, count: 0 }, kind);
      const button = element("button", { type: "button", "aria-label": worded("search_remove", { name: label }) }, named(label), " ×");
      button.addEventListener("click", () => choose(kind, value, false));
      chosen.append(button);
    }
    if (kind !== "story" && (values.length > 1 || choice.filters[kind])) groups.push(facet(kind, values, choice.filters[kind] ?? []));
  }
  for (const end of ENDS) {
    const [value] = choice.filters[end] ?? [];
    if (!value) continue;
    const label = `${words[`search_${end}`]} ${day(value)}`;
    const button = element("button", { type: "button", "aria-label": worded("search_remove", { name: label }) }, named(label), " ×");
    button.addEventListener("click", () => choose(end, value, false));
    chosen.append(button);
  }
  if (chosen.childElementCount) {
    const clear = element("button", { type: "button" }, words.search_clear);
    clear.addEventListener("click", () => go({ ...choice, filters: {} }, true));
    chosen.append(clear);
  }
  const details = element("details", { open: "" }, element("summary", {}, words.search_facets), ...groups, span(choice));
  refill(side, chosen, details);
};

/**
 * Counts come after the results, as they need more files than those: at once where there is room for
 * them or something was chosen, else when asked for.
 * @param {Engine} found @param {Choice} choice @param {number} turn
 */
const countFacets = (found, choice, turn) => {
  const count = async () => {
    const { facets = {} } = await found.search(choice.query, { ...options(choice), group: "", limit: 0, facets: true });
    if (turn !== asked) return;
    showFacets(facets, choice);
    nameStories(facets.story ?? []);
  };
  const wide = matchMedia("(min-width: 64em)").matches;
  if (wide || Object.keys(choice.filters).length || side.querySelector("details")?.open) return count();
  const details = element("details", {}, element("summary", {}, words.search_facets));
  details.addEventListener("toggle", () => void count(), { once: true });
  side.replaceChildren(details);
  return undefined;
};

/** @param {Answer} answer @param {Choice} choice @param {string[]} meant what the reader may have meant */
const remark = (answer, choice, meant) => {
  const said = [];
  const links = meant.filter((query) => query !== choice.query).flatMap((query) =>
    [words.list_separator, element("a", { href: addressOf({ ...choice, query }) }, named(query))]);
  if (links.length) said.push(element("p", {}, `${words.search_suggest}: `, ...links.slice(1)));
  const near = answer.results.flatMap(({ why, title, excerpt }) =>
    why.filter(({ kind }) => kind === "near" || kind === "spelling").map(({ found }) => written(found, title, excerpt.text)));
  const forms = new Set(near);
  if (forms.size) said.push(element("p", { class: "meta" }, `${words.search_near}: ${[...forms].slice(0, 6).join(words.list_separator)}`));
  if (answer.problems.length) said.push(element("p", { class: "notice" }, words.search_partial));
  if (answer.total > 1) {
    const select = /** @type {HTMLSelectElement} */ (element("select", { id: "search-sort", name: "sort" }));
    for (const sort of ["relevance", "newest", "oldest"]) select.append(element("option", { value: sort }, words[`sort_${sort}`]));
    select.value = choice.sort;
    select.addEventListener("change", () => go({ ...choice, sort: /** @type {typeof choice.sort} */ (select.value) }, true));
    const order = element("p", { class: "sort" }, element("label", { for: "search-sort" }, words.search_sort), " ", select);
    if (choice.group || answer.results.some(({ story }) => story)) order.prepend(gathering(choice), " ");
    said.push(order);
  }
  refill(notes, ...said);
};

/** Whether one result stands for its story. @param {Choice} choice */
const gathering = (choice) => {
  const tick = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", name: "group" }));
  tick.checked = choice.group === "story";
  tick.addEventListener("change", () => go({ ...choice, group: tick.checked ? "story" : "" }, true));
  return element("label", {}, tick, " ", words.search_group);
};

/** @param {Engine} found @param {Choice} choice @param {number} shown @param {number} total */
const further = (found, choice, shown, total) => {
  after.replaceChildren();
  if (shown >= total) return;
  const button = /** @type {HTMLButtonElement} */ (element("button", { type: "button", class: "more" }, words.search_more));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const turn = asked;
    const next = await found.search(choice.query, { ...options(choice), limit: PAGE, offset: shown });
    if (turn !== asked) return;
    const items = next.results.map((result) => entry(found, result, choice));
    list.append(...items);
    history.replaceState(null, "", addressOf(choice, shown + items.length)); // a link to it shows as many
    further(found, choice, items.length ? shown + items.length : total, total);
    items[0]?.querySelector("a")?.focus();
  });
  after.append(button);
};

const nothing = () => {
  list.replaceChildren();
  side.replaceChildren();
  notes.replaceChildren();
  after.replaceChildren();
  none.hidden = true;
};

/** Shows what the address asks for. */
const show = async () => {
  const turn = ++asked;
  stale.abort();
  stale = new AbortController();
  const choice = wanted();
  const filtered = Object.values(choice.filters).some((values) => values.length);
  if (!choice.query.trim() && !filtered) {
    status.textContent = "";
    nothing();
    return;
  }
  if (!list.childElementCount) status.textContent = words.search_loading;
  try {
    const found = await engine();
    ({ tokens } = await import(new URL("../search/analysis.js", import.meta.url).href));
    const begun = performance.now();
    const answer = await found.search(choice.query, { ...options(choice), limit: choice.shown });
    const meant = answer.suggestion || answer.total ? [answer.suggestion].filter(Boolean) : await found.complete(choice.query, 3);
    if (turn !== asked) return; // a later question was asked meanwhile
    const total = counted("search_count", answer.total);
    const time = worded("search_time", { seconds: numbers.format(Math.ceil(performance.now() - begun) / 1000) });
    status.textContent = answer.total ? `${answer.relation === "gte" ? worded("search_at_least", { count: total }) : total} ${time}` : answer.problems.length ? words.search_failed : words.search_none;
    const held = list.contains(document.activeElement) && /** @type {HTMLAnchorElement} */ (document.activeElement).href;
    list.replaceChildren(...answer.results.map((result) => entry(found, result, choice)));
    if (held) [...list.querySelectorAll("a")].find(({ href }) => href === held)?.focus();
    none.hidden = answer.total > 0;
    remark(answer, choice, meant);
    further(found, choice, answer.results.length, answer.total);
    await countFacets(found, choice, turn);
  } catch {
    if (turn !== asked) return;
    nothing();
    status.textContent = words.search_failed;
  }
};

/** The links of the results, the box before them. */
const stops = () => [box, .../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll(".headline a"))];

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
