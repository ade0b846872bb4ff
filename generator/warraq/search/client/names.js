// @ts-check
// What the lines of names in term shards say of a query: names of persons, places, topics, and words
// that mean the same. Loaded when a word of the query stands in one.
/** @import {Access, Found, List, Trouble, Related} from "./types.js" */
import { fold, STOP_WORDS, tokens, unprefixed } from "./analysis.js";
import { isDistant, LEVEL, TITLED, WEIGHTS } from "./ranking.js";

const SON = new Set(["بن", "ابن"]); // written or left out at will between the names of a person
const MOST_SPANS = 32;
const LINK = /^(?:[^\p{P}\p{S}]*|[-‐_.'’])$/u; // what may stand between two words of a name
const POINT = /^\.[^\p{P}\p{S}]*$/u; // and behind an initial
const SHORT = 3;
const IMPACT = 5; // of an article on what is named: as of a word met once in a usual text
const FOLDERS = { outlet: "outlets", topic: "topics", person: "people", place: "places", organization: "organizations", story: "stories" };

/** Words of the query, from one up to another, that a line is about; `rest` is what it says of them.
 * @typedef {{from: number, to: number, rest: string[]}} Span
 * @typedef {{term: string, start: number, end: number}} Token
 * @typedef {{term: string, step: number}} Telling
 */

/**
 * Lets words of the query be answered by their synonyms, and by the articles of the person, place … that
 * they name: where the query is nothing but the name, or where articles may call it otherwise.
 * @param {string} typed @param {Found[]} plan @param {string[]} literal what was taken back, as Related has it
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Related[]>}
 */
export async function related(typed, plan, literal, access, troubles) {
  const every = tokens(typed);
  const said = every.filter(({ term }) => !SON.has(term));
  const terms = said.map(({ term }) => term);
  const parted = every.filter(({ start }, at) => at && !isLinked(every[at - 1], typed, start));
  const placed = (/** @type {Span} */ { from, to, rest: [first, key, label] }) => {
    const [start, end] = [said[from]?.start ?? 0, said[to - 1]?.end ?? 0];
    const text = typed.slice(start, end);
    return { text, start, end, literal: `${text}=${label ? `${first}:${key || label}` : first}` };
  };
  const isTaken = (/** @type {Span} */ span) => literal.includes(placed(span).literal);
  const off = /** @type {const} */ ("literal");
  const items = (/** @type {Span} */ { from, to }) => plan.filter(({ term }) => terms.slice(from, to).includes(term));
  const fitting = spansOf(terms, plan).filter((span) => {
    const { start, end } = placed(span);
    return !parted.some((token) => start < token.start && token.start < end);
  });
  const spans = different(fitting);
  const ofNames = spans.filter(({ rest }) => rest.length > 1);
  const names = [...longest(ofNames.filter((span) => !isTaken(span))), ...ofNames.filter(isTaken)];
  /** @type {Related[]} */
  const understood = [];
  for (const span of names) {
    const [kind = "", key = "", label = "", isFar] = span.rest;
    const held = items(span);
    if (!isFar && held.length < plan.length) continue;
    if (isTaken(span)) {
      understood.push({ kind: "name", mode: "raise", ...placed(span), ...named(kind, key, label, access), off });
      continue;
    }
    const { shownOf, valueOf } = await import("./facets.js");
    const articles = (await valueOf(kind, key || label, access, troubles))?.articles ?? [];
    understood.push({ kind: "name", mode: "raise", ...placed(span), ...named(kind, key, label, access), count: (kind === "outlet" ? articles : shownOf(articles)).length });
    const impacts = new Map(articles.map((article) => [article, IMPACT]));
    const words = tellingOf(label);
    if (words.some(({ term }) => !terms.includes(term))) // what holds the usual name itself comes first
      for (const [article, impact] of impactsIn(await listsOf(words, access, troubles))) impacts.set(article, impact);
    for (const item of held) item.lists.push(listOf(words, "name", impacts));
  }
  for (const span of spans.filter(({ rest }) => rest.length === 1)) {
    const [other = ""] = span.rest;
    if (isTaken(span)) {
      understood.push({ kind: "synonym", mode: "raise", ...placed(span), label: other, off });
      continue;
    }
    const lists = await listsOf(tellingOf(other), access, troubles);
    if (lists.length) understood.push({ kind: "synonym", mode: "raise", ...placed(span), label: other });
    for (const item of items(span))
      for (const list of lists)
        if (!item.lists.some(({ word }) => word === list.word))
          item.lists.push({ ...list, kind: "synonym", weight: list.weight * WEIGHTS.synonym });
  }
  return understood;
}

/** What has a name, with its page if it has one. @param {string} kind @param {string} key @param {string} label @param {Access} access */
export function named(kind, key, label, access) {
  const of = /** @type {keyof FOLDERS} */ (kind);
  return { label, of, key: key || label, ...(key && { url: access.address(`${FOLDERS[of]}/${key}/`) }) };
}

/** Whether two words may be of one name: nothing but spaces parts them, or a hyphen. @param {Token | undefined} before @param {string} typed @param {number} start where the second begins */
function isLinked(before, typed, start) {
  const between = typed.slice(before?.end, start);
  return LINK.test(between) || (POINT.test(between) && (before?.term.length ?? 0) < SHORT);
}

/** Where the lines of the words' shards fit the query. @param {string[]} terms @param {Found[]} plan */
function spansOf(terms, plan) {
  const found = new Map(plan.map((item) => [item.term, item]));
  /** @type {Span[]} */
  const spans = [];
  terms.forEach((term, at) => {
    for (const line of found.get(term)?.names.split("\n") ?? []) {
      const [held = "", ...rest] = line.split("\t");
      const words = held.split(" ");
      const from = at - words.findIndex((word) => !STOP_WORDS.has(word));
      const fits = (/** @type {string} */ word, /** @type {number} */ n) => isSame(word, terms[from + n] ?? "", found);
      if (held && words.every(fits) && spans.length < MOST_SPANS) spans.push({ from, to: from + words.length, rest });
    }
  });
  return spans;
}

/**
 * Whether both are one word, with or without an article or a particle. What is no word of the plan is
 * read as something else, and «لبنان» is «بنان» with a particle only where the archive lacks it or takes both for one.
 * @param {string} word @param {string} typed @param {Map<string, Found>} plan
 */
function isSame(word, typed, plan) {
  const found = plan.get(typed);
  if (!found) return word === typed && STOP_WORDS.has(word);
  if (word === typed || typed === "ال" + word) return true;
  if (!unprefixed(typed).some((rest) => rest === word || "ال" + rest === word)) return false;
  const isKnown = found.lists.some(({ kind }) => kind === "exact");
  return !isKnown || found.lists.some((list) => list.kind === "joined" && (list.word === word || list.word === "ال" + word || "ال" + list.word === word));
}

/** Spans that say different things; of two that name the same the one that says it is far. @param {Span[]} spans */
function different(spans) {
  /** @type {Map<string, Span>} */
  const found = new Map();
  for (const span of spans) {
    const { from, to, rest } = span;
    const said = [from, to, rest.length > 1, ...(rest.length > 1 ? rest.slice(0, 3) : rest.map(fold))].join("\t");
    if (rest[3] || !found.has(said)) found.set(said, span);
  }
  return [...found.values()];
}

/** Spans that lie in no longer one. @param {Span[]} spans */
const longest = (spans) =>
  spans.filter(({ from, to }) => !spans.some((other) => other.from <= from && other.to >= to && other.to - other.from > to - from));

/**
 * The words of a name or phrase that are looked for, each with how far it may be from the one before.
 * @param {string} text @returns {Telling[]}
 */
function tellingOf(text) {
  let last = -1;
  return tokens(text).flatMap(({ term }, at) => {
    if (STOP_WORDS.has(term) || SON.has(term)) return [];
    const step = at - last;
    last = at;
    return [{ term, step }];
  });
}

/** Articles, with an impact each, that count as holding a word. @param {Telling[]} words @param {List["kind"]} kind @param {Map<number, number>} found @returns {List} */
function listOf(words, kind, found) {
  const articles = Float64Array.from(found.keys()).sort();
  const impacts = Uint8Array.from(articles, (article) => found.get(article) ?? 0);
  return { word: words.map(({ term }) => term).join(" "), kind, weight: WEIGHTS[kind], articles, impacts, heads: () => [], shard: -1, index: -1 };
}

/** The lists of a word, or of the articles that have a phrase in title or lead. @param {Telling[]} words @param {Access} access @param {Trouble[]} troubles @returns {Promise<List[]>} */
async function listsOf(words, access, troubles) {
  const each = await Promise.all(words.map(({ term }) => access.lookUp(term, troubles)));
  const [first = [], ...rest] = each.map(({ lists }) => lists.filter((list) => !isDistant(list)));
  if (!rest.length) return first;
  const all = rest.reduce((held, lists) => common(held, impactsIn(lists)), impactsIn(first));
  let ends = headsIn(first);
  rest.forEach((lists, at) => (ends = following(ends, headsIn(lists), words[at + 1]?.step ?? 1)));
  for (const article of all.keys()) if (!ends.has(article)) all.delete(article);
  return all.size ? [listOf(words, "exact", all)] : [];
}

/** Where some lists' words stand in titles and leads. @param {List[]} lists */
function headsIn(lists) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const { articles, heads } of lists)
    heads().forEach((positions, at) => {
      const article = articles[at] ?? 0;
      if (positions) found.set(article, [...(found.get(article) ?? []), ...positions]);
    });
  return found;
}

/** The places of `second` up to `step` words behind one of `first`. @param {Map<number, number[]>} first @param {Map<number, number[]>} second @param {number} step */
function following(first, second, step) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const [article, before] of first) {
    const places = (second.get(article) ?? []).filter((place) => before.some((end) => end < place && place <= end + step));
    if (places.length) found.set(article, places);
  }
  return found;
}

/** The articles of some lists, each with its greatest impact. @param {List[]} lists */
function impactsIn(lists) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const { articles, impacts } of lists)
    articles.forEach((article, at) => found.set(article, Math.max(found.get(article) ?? 0, (impacts[at] ?? 0) & (LEVEL | TITLED))));
  return found;
}

/** The articles of both, with the lesser impact. @param {Map<number, number>} one @param {Map<number, number>} other */
function common(one, other) {
  /** @type {Map<number, number>} */
  const found = new Map();
  for (const [article, impact] of one) {
    const also = other.get(article);
    if (also !== undefined) found.set(article, Math.min(impact & LEVEL, also & LEVEL) | (impact & also & TITLED));
  }
  return found;
}
