// @ts-check
/**
 * What the engine understood of a query beside its words, as chips that are taken off and put back; the
 * page of what the query names; and what else may be asked, where little was found.
 */

import { addressOf } from "./search-address.js";
import { button, counted, day, element, kindName, labelled, named, sentence, worded, words } from "./search-words.js";

/** @typedef {import("./search-address.js").Choice} Choice */
/** @typedef {import("../../generator/warraq/search/client/types.js").Answer} Answer */
/**
 * What a part of the query means; docs in types.d.ts. `literal` takes it back, or its text does.
 * @typedef {{
 *   kind: string, mode: string, text: string, label?: string, key?: string, of?: string, url?: string,
 *   count?: number, from?: string, to?: string, off?: string, literal?: string}} Meaning
 */
/** Readings that are taken off and put back together. @typedef {{label: string, said: Node, isOn: boolean, literals: string[]}} Chip */

const DAYS = ["day", "month", "year"];
const place = /** @type {HTMLElement} */ (document.getElementById("search-understood"));

/** Days as the site writes them; parts of any year as they were typed. @param {Meaning} meaning */
const period = ({ from = "", to = "", text }) => {
  if (!from && !to) return text;
  if (from === to) return day(from);
  if (from && to) return worded("span", { first: day(from), last: day(to) });
  return from ? worded("span_onwards", { first: day(from) }) : worded("span_until", { last: day(to) });
};

/** What a chip says. @param {Meaning} meaning */
const labelOf = (meaning) => {
  const { kind, mode, text, label = text, key = "", of = "" } = meaning;
  if (kind === "without") return `${words.search_without}: ${label}`;
  if (kind === "name") return `${kindName(of)}: ${label}`;
  if (kind === "field") return `${kindName(key)}: ${meaning.from || meaning.to ? period(meaning) : label}`;
  if (kind === "completed") return worded("search_completed", { word: text, other: label });
  const said = kind === "date" ? period(meaning) : quoted(label);
  return kind !== "synonym" && mode === "raise" ? `${words.search_raised}: ${said}` : said;
};

/** @param {string} text */
const quoted = (text) => worded("search_quoted", { text });

/** Whether it is a synonym that is the same word but for the article. @param {Meaning} meaning */
const isSame = ({ kind, text, label }) => {
  const bare = (/** @type {string} */ word) => word.replace(/^ال(?=..)/, "");
  return kind === "synonym" && bare(text) === bare(label ?? "");
};

/** What puts a reading among those that are words again. @param {Meaning} meaning */
const literalOf = ({ literal, text }) => literal ?? text;

/** Readings that say the same are one chip, and so are the synonyms of a word. @param {Meaning[]} same @returns {Chip} */
const chip = (same) => {
  const { kind = "", text = "", label: other = "", off } = same[0] ?? {};
  const labels = new Set(same.map(labelOf));
  const label = (kind === "synonym" ? [quoted(text), ...labels] : [...labels]).join(words.search_or);
  const said = kind === "completed" ? element("span", {}, ...sentence("search_completed", { word: text, other })) : labelled(label);
  return { label, said, isOn: !off, literals: same.map(literalOf) };
};

/** Whether it is a name with a page, and all that was asked for. @param {Meaning} meaning @param {Choice} choice */
const isNamesake = ({ kind, off, url, text }, { query }) => kind === "name" && !off && !!url && text.trim() === query.trim();

/** What may be taken off, and what was. @param {Meaning[]} understood @param {Choice} choice */
export const chipsOf = (understood, choice) => {
  /** @type {Map<string, Meaning[]>} */
  const chips = new Map();
  for (const meaning of understood) {
    const { kind, text, off = "" } = meaning;
    if ((off && off !== "literal") || isSame(meaning) || isNamesake(meaning, choice)) continue;
    const said = [kind, off, kind === "synonym" ? text : labelOf(meaning)].join("\n");
    chips.set(said, [...(chips.get(said) ?? []), meaning]);
  }
  const known = understood.map(literalOf);
  const taken = choice.literal.filter((text) => choice.query.includes(text) && !known.includes(text));
  return [...[...chips.values()].map(chip), ...taken.map((text) => ({ label: text, said: named(text), isOn: false, literals: [text] }))];
};

/** What takes a reading off, or puts it back. @param {Chip} chip @param {Choice} choice @param {(choice: Choice) => void} go */
const toggling = ({ isOn, literals }, choice, go) => () => {
  const others = choice.literal.filter((text) => !literals.includes(text));
  go({ ...choice, literal: isOn ? [...others, ...literals] : others });
};

/** @param {Chip[]} chips @param {Choice} choice @param {(choice: Choice) => void} go */
export const showChips = (chips, choice, go) =>
  place.replaceChildren(...chips.map((one) => {
    const { said, isOn, literals } = one;
    const sign = element("span", { "aria-hidden": "true" }, isOn ? "×" : "+");
    return element("li", {}, button({ "aria-pressed": String(isOn), name: literals.join() }, toggling(one, choice, go), said, sign));
  }));

/** What leaves nothing, and so is left out. @param {Meaning[]} understood */
export const emptied = (understood) => understood.filter(({ off }) => off === "empty");

/** Says so, with words of the page. @param {Meaning[]} understood @param {string} code */
export const saidEmpty = (understood, code) => {
  const days = emptied(understood).map(period).join(words.list_separator);
  return days ? sentence(code, { days }) : [];
};

/** What the answer leaves out, and which fields name nothing here. @param {Answer} answer */
export const unused = ({ articles, understood }) => {
  const days = articles ? saidEmpty(understood, "search_empty_days") : []; // else the status has it
  const fields = understood.filter(({ off }) => off === "unread").map(({ text }) => sentence("search_unread", { field: text }));
  return [days, ...fields].filter(({ length }) => length).map((said) => element("p", { class: "notice" }, ...said));
};

/** What the query names, if it is nothing else: its page, its articles. @param {Meaning[]} understood @param {Choice} choice @param {(choice: Choice) => void} go */
export const cards = (understood, choice, go) =>
  understood.filter((meaning) => isNamesake(meaning, choice)).map((meaning) => {
    const { label = "", of = "", key = "", url = "", count = 0 } = meaning;
    /** @type {Choice} */
    const only = { ...choice, query: "", literal: [], filters: { [of]: [key] } };
    const page = element("a", { href: url }, named(label));
    const all = element("a", { href: addressOf(only) }, counted("count_articles", count));
    const own = chip([meaning]);
    const name = worded("search_remove", { name: own.label });
    const off = button({ "aria-label": name, name: own.literals.join() }, toggling(own, choice, go), "×");
    return element("p", { class: "namesake" }, element("span", {}, `${kindName(of)}:`), " ", page, " ", all, " ", off);
  });

/** Other questions, by what they change; a word that a chip goes on with is none. @param {Answer} answer @param {Choice} choice */
export const offers = ({ suggestions, understood }, choice) => {
  const begun = understood.flatMap(({ kind, label = "" }) => (kind === "completed" ? label : []));
  /** @type {Map<string, Node[]>} */
  const kinds = new Map();
  for (const { kind, query, filters, label, count } of suggestions) {
    if (kind === "completion" && begun.some((word) => query.endsWith(word))) continue;
    const name = DAYS.includes(kind) ? day(label) : label;
    const link = element("a", { href: addressOf({ ...choice, query, literal: [], filters: { ...choice.filters, ...filters } }) }, named(name));
    const item = element("li", {}, link, " ", element("span", { class: "count" }, counted("count_articles", count)));
    kinds.set(kind, [...(kinds.get(kind) ?? []), item]);
  }
  return [...kinds].map(([kind, items]) =>
    element("div", { class: "offer" }, element("h2", {}, words[`suggest_${kind}`] ?? words.search_suggest), element("ul", {}, ...items)));
};
