// @ts-check
// Filters, counts and groups of articles, all from the files of the facets.
/** @import {Access, Facet, FacetValue, Filters, Hit, Limits, Passes, Trouble, Understood} from "./types.js" */
import { fold, hash32, tokens } from "./analysis.js";
import { dayNumber } from "./days.js";
import { FACETS, reader, SLOTS, text } from "./format.js";
import { leastOf } from "./ranking.js";

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Facet[]} */
function parseFacet(bytes) {
  const { section } = reader(bytes);
  /** @type {[string, string, number][]} */
  const table = JSON.parse(text(section()));
  const days = reader(section()).all();
  const slots = reader(section()).all();
  let at = 0;
  return table.map(([key, label, count]) => {
    const articles = [];
    for (let day = 0, end = at + count; at < end; at++)
      articles.push((day += days[at] ?? 0) * SLOTS + (slots[at] ?? 0));
    return { key, label, articles };
  });
}

/** @param {string} kind @param {Access} access @param {Trouble[]} troubles @returns {Promise<Facet[]>} */
export async function facet(kind, access, troubles) {
  const numbers = Array.from({ length: access.shards(kind) }, (_, number) => number);
  return (await Promise.all(numbers.map((n) => access.shard(kind, n, parseFacet, troubles)))).flatMap((part) => part ?? []);
}

/** The number of the shard that has a value. @param {string} kind @param {string} key @param {Access} access */
const shardOf = (kind, key, access) => hash32(key) % access.shards(kind);

/** A value by its key. @param {string} kind @param {string} key @param {Access} access @param {Trouble[]} troubles */
export async function valueOf(kind, key, access, troubles) {
  const values = await access.shard(kind, shardOf(kind, key, access), parseFacet, troubles);
  return values?.find((value) => value.key === key);
}

/** @type {WeakMap<Facet, Set<string>>} */
const NAMES = new WeakMap();

/** The words of a value's label, read once: the queries that an answer offers name the same values. @param {Facet} value */
function wordsOf(value) {
  const words = NAMES.get(value) ?? new Set(tokens(value.label).map(({ term }) => term));
  NAMES.set(value, words);
  return words;
}

/** Keys that a reader's words name. @param {string} kind @param {string[]} values @param {Access} access @param {Trouble[]} troubles */
export async function keysOf(kind, values, access, troubles) {
  const known = await facet(kind, access, troubles);
  return values.flatMap((value) => {
    const terms = tokens(value).map(({ term }) => term);
    const fits = known.filter((one) => {
      if (!one.key) return false;
      const words = wordsOf(one);
      return one.key === value || (terms.length && terms.every((term) => words.has(term) || words.has(`ال${term}`)));
    });
    return fits.map(({ key }) => key);
  });
}

/** Fields whose value names nothing here. @param {Understood[]} fields @param {Access} access @param {Trouble[]} troubles */
export async function unread(fields, access, troubles) {
  const keys = await Promise.all(fields.map(({ key, value }) => keysOf(key, [value], access, troubles)));
  return fields.filter((_, at) => !keys[at]?.length);
}

/** The articles of some values of a kind. @param {string} kind @param {string[]} keys @param {Access} access @param {Trouble[]} troubles */
async function articlesOf(kind, keys, access, troubles) {
  const numbers = new Set(keys.map((key) => shardOf(kind, key, access)));
  const values = await Promise.all([...numbers].map((number) => access.shard(kind, number, parseFacet, troubles)));
  const wanted = new Set(keys);
  return new Set(values.flatMap((some) => some ?? []).filter(({ key }) => wanted.has(key)).flatMap(({ articles }) => articles));
}

/**
 * Articles of each field's and filter's values, and whether an article passes every one; every filter `but` one.
 * @param {Understood[]} items fields and dates of the query @param {Filters} filters @param {Access} access @param {Trouble[]} troubles @returns {Promise<Limits>}
 */
export async function filtering(items, filters, access, troubles) {
  /** @type {Limits["sets"]} */
  const sets = [];
  for (const kind of FACETS) {
    const chosen = [filters[kind] ?? []].flat().map(String);
    const typed = items.filter(({ key }) => key === kind).map(({ value }) => value);
    if (chosen.length) sets.push({ kind, isTyped: false, held: await articlesOf(kind, chosen, access, troubles) });
    if (typed.length) sets.push({ kind, isTyped: true, held: await articlesOf(kind, await keysOf(kind, typed, access, troubles), access, troubles) });
  }
  const years = new Set([filters.year ?? []].flat().flatMap(yearsOf));
  const from = dayNumber(filters.from, 0, 0);
  const to = dayNumber(filters.to, 12, 31) || Infinity;
  const dates = items.filter(({ kind }) => kind === "date");
  const tests = dates.length ? (await import("./dates.js")).among : undefined;
  const [bounds = [], spans = []] = [true, false].map((isBound) =>
    dates.filter(({ key }) => isBound === (key === "from" || key === "to")).flatMap(({ days }) => tests?.(days) ?? []));
  /** @type {Passes} */
  const passes = (article, but) => {
    const day = Math.floor(article / SLOTS);
    if (but !== "year" && years.size && !years.has(Math.floor(day / 416))) return false;
    if (spans.length && !spans.some((holds) => holds(day))) return false;
    if (!bounds.every((holds) => holds(day))) return false;
    if ((from || to < Infinity) && (!day || day < from || day > to)) return false;
    return sets.every(({ kind, isTyped, held }) => (kind === but && !isTyped) || held.has(article));
  };
  return { sets, passes, isOfOutlet: sets.some(({ kind }) => kind === "outlet") };
}

/** "2024" or "2020..2024". @param {string | number} value */
function yearsOf(value) {
  const [from = NaN, to = from] = String(value).split("..").map((part) => Number(fold(part) || NaN));
  return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 300) || 0 }, (_, n) => from + n);
}

/** Articles of the smallest of some sets; without sets all. @param {Set<number>[]} sets @param {Access} access @param {Trouble[]} troubles */
export async function everything(sets, access, troubles) {
  const [fewest] = sets.toSorted((a, b) => a.size - b.size);
  const articles = fewest ? [...fewest] : (await facet("outlet", access, troubles)).flatMap((outlet) => outlet.articles);
  return new Map(articles.map((article) => [article, { score: 0, coverage: 0, isAdmitted: true }]));
}

/** The best article of each story, and how many more there are. @param {number[]} articles @param {Access} access @param {Trouble[]} troubles @returns {Promise<[number[], Map<number, number>]>} */
export async function grouped(articles, access, troubles) {
  const storyOf = new Map();
  for (const { key, articles: held } of await facet("story", access, troubles))
    for (const article of held) storyOf.set(article, key);
  const first = new Map();
  const more = new Map();
  const leaders = articles.filter((article) => {
    const story = storyOf.get(article) ?? article;
    const leader = first.get(story);
    if (leader !== undefined) more.set(leader, (more.get(leader) ?? 0) + 1);
    else first.set(story, article);
    return leader === undefined;
  });
  return [leaders, more];
}

/** Those of some articles that are shown: copies only where there is nothing else. @param {number[]} articles */
export function shownOf(articles) {
  const originals = articles.filter((article) => !(article % 2));
  return originals.length ? originals : articles;
}

/**
 * How many articles would be found with each value in the place of its kind's own filter.
 * @param {Map<number, Hit>} hits @param {Passes} passes @param {boolean | undefined} hasCopies whether they are shown beside originals
 * @param {Access} access @param {Trouble[]} troubles
 */
export async function counted(hits, passes, hasCopies, access, troubles) {
  let best = 0;
  for (const { coverage } of hits.values()) if (coverage > best) best = coverage;
  const foundOf = (/** @type {number[]} */ articles, isWhole = hasCopies) => {
    const covered = (isWhole ? articles : shownOf(articles)).map((article) => hits.get(article)?.coverage ?? 0);
    const least = leastOf(best, covered.reduce((most, coverage) => Math.max(most, coverage), 0));
    return covered.filter((coverage) => coverage >= least).length;
  };
  const passing = (/** @type {string} */ kind) => [...hits.keys()].filter((article) => passes(article, kind));
  /** @type {Record<string, FacetValue[]>} */
  const facets = {};
  for (const kind of FACETS) {
    const held = new Set(passing(kind));
    facets[kind] = (await facet(kind, access, troubles))
      .map(({ key, label, articles }) => ({ value: key, label, count: foundOf(articles.filter((a) => held.has(a)), hasCopies || kind === "outlet") }))
      .filter(({ value, count }) => value && count)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  /** @type {Map<string, number[]>} */
  const years = new Map();
  for (const article of passing("year")) {
    const year = String(Math.floor(article / SLOTS / 416));
    const held = years.get(year);
    if (held) held.push(article);
    else years.set(year, [article]);
  }
  facets["year"] = [...years].sort().map(([value, articles]) => ({ value, label: value, count: foundOf(articles) }));
  return facets;
}
