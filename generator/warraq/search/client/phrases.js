// @ts-check
// Articles that hold words side by side, and those that must not hold some.
/** @import {Access, Hit, List, Trouble, Understood} from "./types.js" */
import { STOP_WORDS, tokens } from "./analysis.js";
import { gapLists, inflated, reader } from "./format.js";
import { following } from "./lists.js";
import { isDistant, placesIn } from "./ranking.js";

const QUOTED = 1.25;
const MOST_WORDS = 12; // of a phrase

/**
 * `hits` less the articles with excluded words or phrases. Quoted phrases exclude the articles that lack
 * one if they filter and anything is left; else they raise those that hold one: `quotes` says which.
 * @param {Understood[]} items @param {Map<number, Hit>} hits @param {Access} access @param {Trouble[]} troubles
 * @returns {Promise<{hits: Map<number, Hit>, quotes: Understood["mode"]}>}
 */
export async function restricted(items, hits, access, troubles) {
  const quoted = items.filter(({ kind }) => kind === "phrase");
  const phrases = quoted.map(termsOf).filter((terms) => terms.some((term) => !STOP_WORDS.has(term)));
  const holding = await Promise.all(phrases.map((terms) => phrase(terms, access, troubles)));
  const strict = new Map([...hits].filter(([article]) => holding.every((held) => held.has(article))));
  const isFilter = quoted.some(({ mode }) => mode === "filter") && strict.size > 0;
  const left = isFilter ? strict : new Map([...hits].map(([article, hit]) => [article, raised(hit, holding.filter((held) => held.has(article)).length)]));
  for (const terms of items.filter(({ kind }) => kind === "without").map(termsOf))
    for (const article of await holders(terms, access, troubles)) left.delete(article);
  return { hits: left, quotes: isFilter ? "filter" : "raise" };
}

/** @param {Hit} hit @param {number} phrases that it holds @returns {Hit} */
const raised = (hit, phrases) => (phrases ? { ...hit, score: hit.score * QUOTED ** phrases } : hit);

/** The articles with an excluded word, or phrase. @param {string[]} terms @param {Access} access @param {Trouble[]} troubles */
async function holders(terms, access, troubles) {
  const [word = ""] = terms;
  if (terms.length > 1) return phrase(terms, access, troubles);
  if (STOP_WORDS.has(word)) return [];
  const { lists } = await access.lookUp(word, troubles);
  return lists.filter(({ kind }) => kind === "exact" || kind === "joined" || kind === "form").flatMap(({ articles }) => [...articles]);
}

/** @param {Understood} item */
const termsOf = ({ value }) => tokens(value).map(({ term }) => term);

/** Articles in which the words follow one another; a stop word matches any. @param {string[]} terms @param {Access} access @param {Trouble[]} troubles */
export async function phrase(terms, access, troubles) {
  /** @type {Map<number, number[]> | undefined} */
  let ends;
  let step = 1;
  for (const term of terms.slice(0, MOST_WORDS)) {
    if (STOP_WORDS.has(term)) {
      step++;
      continue;
    }
    const lists = (await access.lookUp(term, troubles)).lists.filter((list) => !isDistant(list));
    const positions = new Map(await Promise.all(lists.map(async (list) => /** @type {const} */ ([list, await positionsOf(list, access, troubles)]))));
    const places = placesIn(lists, (list) => positions.get(list) ?? []);
    ends = ends ? following(ends, places, step, step) : places;
    step = 1;
  }
  return new Set(ends?.keys());
}

/** @param {List} list @param {Access} access @param {Trouble[]} troubles */
async function positionsOf(list, access, troubles) {
  const all = access.shards("t");
  const held = access.shards("p");
  const number = Math.floor((list.shard * held) / all);
  const sections = await access.shard("p", number, (bytes) => {
    const { section, more } = reader(bytes);
    const found = [];
    while (more()) found.push(section());
    return Promise.all(found.map((packed) => (packed.length ? inflated(packed) : packed)));
  }, troubles);
  const bytes = sections?.[list.shard - Math.ceil((number * all) / held)];
  const first = (await access.terms(list.shard, troubles))?.postings.first;
  return bytes && first ? gapLists(bytes, first[list.index] ?? 0, first[list.index + 1] ?? 0) : [];
}
