// @ts-check
// What the lines of names in term shards say of a query: names of persons, places, topics, and words
// that mean the same. Loaded when a word of the query stands in one.
/** @import {Access, Found, List, Trouble, Related} from "./types.js" */
import { STOP_WORDS, tokens, unprefixed } from "./analysis.js";
import { isDistant, WEIGHTS } from "./ranking.js";

const SON = new Set(["بن", "ابن"]); // written or left out at will between the names of a person
const MOST_SPANS = 32;
const IMPACT = 6; // of an article on what is named: as of a word met once in a usual text
const FOLDERS = { outlet: "outlets", topic: "topics", person: "people", place: "places", organization: "organizations", story: "stories" };

/** Words of the query, from one up to another, that a line is about; `rest` is what it says of them.
 * @typedef {{from: number, to: number, rest: string[]}} Span
 */

/**
 * Lets words of the query be answered by their synonyms, and by the articles of the person, place … that
 * they name: where the query is nothing but the name, or where articles may call it otherwise.
 * @param {string} typed @param {Found[]} plan @param {string[]} literal what is to be read as words
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Related[]>}
 */
export async function related(typed, plan, literal, access, troubles) {
  const said = tokens(typed).filter(({ term }) => !SON.has(term));
  const terms = said.map(({ term }) => term);
  const placed = (/** @type {Span} */ { from, to }) => {
    const [start, end] = [said[from]?.start ?? 0, said[to - 1]?.end ?? 0];
    return { text: typed.slice(start, end), start, end };
  };
  const items = (/** @type {Span} */ { from, to }) => plan.filter(({ term }) => terms.slice(from, to).includes(term));
  const spans = spansOf(terms, plan).filter((span) => !literal.includes(placed(span).text));
  const names = longest(spans.filter(({ rest }) => rest.length > 1));
  /** @type {Related[]} */
  const understood = [];
  for (const span of names) {
    const [kind = "", key = "", label = "", isFar] = span.rest;
    const held = items(span);
    if (!isFar && held.length < plan.length) continue;
    const { valueOf } = await import("./facets.js");
    const articles = (await valueOf(kind, key || label, access, troubles))?.articles ?? [];
    const originals = kind === "outlet" ? articles : articles.filter((article) => article % 2 === 0);
    understood.push({ kind: "name", mode: "raise", ...placed(span), ...named(kind, key, label, access), count: originals.length });
    for (const item of held) item.lists.push(alike(label, "name", articles));
  }
  for (const span of spans.filter(({ rest }) => rest.length === 1)) {
    const [other = ""] = span.rest;
    const lists = await listsOf(other, access, troubles);
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

/** Where the lines of the words' shards fit the query. @param {string[]} terms @param {Found[]} plan */
function spansOf(terms, plan) {
  /** @type {Span[]} */
  const spans = [];
  terms.forEach((term, at) => {
    for (const line of plan.find((item) => item.term === term)?.names.split("\n") ?? []) {
      const [held = "", ...rest] = line.split("\t");
      const words = held.split(" ");
      const from = at - words.findIndex((word) => !STOP_WORDS.has(word));
      const fits = (/** @type {string} */ word, /** @type {number} */ n) => isSame(word, terms[from + n] ?? "");
      if (held && words.every(fits) && spans.length < MOST_SPANS) spans.push({ from, to: from + words.length, rest });
    }
  });
  return spans;
}

/** Whether both are one word, with or without an article or a particle. @param {string} word @param {string} typed */
const isSame = (word, typed) => word === typed || typed === "ال" + word || unprefixed(typed).some((rest) => rest === word || "ال" + rest === word);

/** Spans that lie in no longer one. @param {Span[]} spans */
const longest = (spans) =>
  spans.filter(({ from, to }) => !spans.some((other) => other.from <= from && other.to >= to && other.to - other.from > to - from));

/** Articles that count as holding a word. @param {string} label @param {List["kind"]} kind @param {number[]} articles @returns {List} */
function alike(label, kind, articles) {
  const word = tokens(label).map(({ term }) => term).join(" ");
  const impacts = new Uint8Array(articles.length).fill(IMPACT);
  return { word, kind, weight: WEIGHTS[kind], articles: Float64Array.from(articles), impacts, heads: () => [], shard: -1, index: -1 };
}

/** The lists of a word, or of the articles with all words of a phrase. @param {string} other @param {Access} access @param {Trouble[]} troubles @returns {Promise<List[]>} */
async function listsOf(other, access, troubles) {
  const terms = tokens(other).map(({ term }) => term).filter((term) => !STOP_WORDS.has(term));
  const found = await Promise.all(terms.map((term) => access.lookUp(term, troubles)));
  const each = found.map(({ lists }) => lists.filter((list) => !isDistant(list)));
  const [first = [], ...rest] = each;
  if (!rest.length) return first;
  const sets = rest.map((lists) => new Set(lists.flatMap(({ articles }) => [...articles])));
  const all = new Set(first.flatMap(({ articles }) => [...articles].filter((article) => sets.every((set) => set.has(article)))));
  return all.size ? [alike(other, "exact", [...all].sort((a, b) => a - b))] : [];
}
