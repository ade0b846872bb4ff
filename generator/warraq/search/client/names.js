// @ts-check
// What the lines of names in term shards say of a query: names of persons, places, topics, and words
// that mean the same. Loaded when a word of the query stands in one.
/** @import {Access, Found, List, Trouble, Related} from "./types.js" */
import { fold, isArabic, STOP_WORDS, tokens, unprefixed } from "./analysis.js";
import { answeringAs, following, madeList, usualImpacts } from "./lists.js";
import { isDistant, LEVEL, placesIn, TITLED } from "./ranking.js";

const SON = new Set(["بن", "ابن"]); // written or left out at will between the names of a person
const MOST_SPANS = 32;
const LINK = /^(?:[^\p{P}\p{S}]*|[-‐_.'’])$/u; // what may stand between two words of a name
const POINT = /^\.[^\p{P}\p{S}]*$/u; // and behind an initial
const SHORT = 3;
const FOLDERS = { outlet: "outlets", topic: "topics", person: "people", place: "places", organization: "organizations", story: "stories" };

/** Words of the query, from one up to another, that a line is about; `rest` is what it says of them.
 * @typedef {{from: number, to: number, rest: string[]}} Span
 * @typedef {{term: string, start: number, end: number}} Token
 * @typedef {{term: string, step: number}} Telling
 * @typedef {{lists: List[], isTold: boolean, count?: number}} Meant
 */

/**
 * The plan with words answered also by their synonyms, and by the articles of the person, place … that
 * they name: where the query is nothing but the name, or where articles may call it otherwise.
 * @param {string} typed @param {Found[]} plan @param {string[]} literal what was taken back, as Related has it
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<{plan: Found[], understood: Related[]}>}
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
  const itemsOf = (/** @type {Span} */ { from, to }) => plan.filter(({ term }) => terms.slice(from, to).includes(term));
  const fitting = spansOf(terms, plan).filter((span) => {
    const { start, end } = placed(span);
    return !parted.some((token) => start < token.start && token.start < end);
  });
  const spans = different(fitting);
  const [ofNames, synonyms] = [spans.filter(isName), spans.filter((span) => !isName(span))];
  const known = [...longest(ofNames.filter((span) => !isTaken(span))), ...ofNames.filter(isTaken)];
  const names = known.filter((span) => span.rest[3] || itemsOf(span).length === plan.length);
  const isNamed = (/** @type {Span} */ { from, to }) => names.some((name) => name.from <= from && to <= name.to && !isTaken(name));
  /** @param {Span} span @returns {Promise<{items: Found[], lists: List[], understood: Related[]}>} */
  const meaning = async (span) => {
    const reading = { ...readingOf(span, access), ...placed(span) };
    if (isTaken(span)) return { items: [], lists: [], understood: [{ ...reading, off: "literal" }] };
    const { lists, isTold, ...more } = await (isName(span) ? namesake : synonym)(span, terms, access, troubles);
    const isSaid = isTold && (isName(span) || !isNamed(span)); // what a name says no synonym says again
    return { items: itemsOf(span), lists, understood: isSaid ? [{ ...reading, ...more }] : [] };
  };
  const meanings = await Promise.all([...names, ...synonyms].map(meaning));
  return {
    plan: plan.map((item) => meanings.filter(({ items }) => items.includes(item)).reduce(withLists, item)),
    understood: meanings.flatMap(({ understood }) => understood),
  };
}

/** Whether a line names something; else it has a synonym. @param {Span} span */
const isName = ({ rest }) => rest.length > 1;

/** @param {Span} span @param {Access} access */
const readingOf = ({ rest: [first = "", key = "", label] }, access) => ({
  mode: /** @type {const} */ ("raise"),
  ...(label ? { kind: /** @type {const} */ ("name"), ...named(first, key, label, access) } : { kind: /** @type {const} */ ("synonym"), label: first }),
});

/** @param {Found} item @param {{lists: List[]}} meaning @returns {Found} */
const withLists = (item, { lists }) => {
  const isNew = (/** @type {List} */ { kind, word }) => kind === "name" || !item.lists.some((other) => other.word === word);
  return { ...item, lists: [...item.lists, ...lists.filter(isNew)] };
};

/** The articles of what is named, and how many they are. @param {Span} span @param {string[]} terms @param {Access} access @param {Trouble[]} troubles @returns {Promise<Meant>} */
async function namesake({ rest: [kind = "", key = "", label = ""] }, terms, access, troubles) {
  const words = tellingOf(label);
  const isOther = words.some(({ term }) => !terms.includes(term));
  const [{ shownOf, valueOf }, usual] = await Promise.all([import("./facets.js"), isOther ? listsOf(words, access, troubles) : []]);
  const articles = (await valueOf(kind, key || label, access, troubles))?.articles ?? [];
  const impacts = new Map([...usualImpacts(articles), ...impactsIn(usual)]); // what holds the usual name itself comes first
  return { lists: [madeList(wordOf(words), "name", impacts)], isTold: true, count: (kind === "outlet" ? articles : shownOf(articles)).length };
}

/** What holds a synonym. @param {Span} span @param {string[]} terms @param {Access} access @param {Trouble[]} troubles @returns {Promise<Meant>} */
async function synonym({ from, rest: [label = ""] }, terms, access, troubles) {
  const words = tellingOf(label);
  const lists = answeringAs(await listsOf(words, access, troubles), "synonym");
  const isTransliterated = isArabic(terms[from] ?? "") && !isArabic(wordOf(words)); // «حلب», Halab: nothing to tell
  return { lists, isTold: lists.length > 0 && !isTransliterated };
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

/** @param {Telling[]} words */
const wordOf = (words) => words.map(({ term }) => term).join(" ");

/** The lists of a word, or of the articles that have a phrase in title or lead; of foreign words no other spellings. @param {Telling[]} words @param {Access} access @param {Trouble[]} troubles @returns {Promise<List[]>} */
async function listsOf(words, access, troubles) {
  const each = await Promise.all(words.map(({ term }) => access.lookUp(term, troubles, !isArabic(term))));
  const [first = [], ...rest] = each.map(({ lists }) => lists.filter((list) => !isDistant(list)));
  if (!rest.length) return first;
  const all = rest.reduce((held, lists) => common(held, impactsIn(lists)), impactsIn(first));
  const ends = rest.reduce((places, lists, at) => following(places, placesIn(lists), words[at + 1]?.step ?? 1), placesIn(first));
  const together = new Map([...all].filter(([article]) => ends.has(article)));
  return together.size ? [madeList(wordOf(words), "exact", together)] : [];
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
