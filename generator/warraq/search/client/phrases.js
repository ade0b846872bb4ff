// @ts-check
// Articles that hold words side by side, and those that must not hold some.
/** @import {Access, Hit, List, Trouble, Understood} from "./types.js" */
import { STOP_WORDS, tokens } from "./analysis.js";
import { gapLists, inflated, reader } from "./format.js";
import { isDistant } from "./ranking.js";

const QUOTED = 1.25;

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
  if (isFilter) hits = strict;
  else for (const held of holding) for (const article of held) raise(hits.get(article));
  const without = items.filter(({ kind }) => kind === "without").map(termsOf);
  for (const term of without.filter((terms) => terms.length === 1).flat().filter((word) => !STOP_WORDS.has(word)))
    for (const { kind, articles } of (await access.lookUp(term, troubles)).lists)
      if (kind === "exact" || kind === "joined" || kind === "form") for (const article of articles) hits.delete(article);
  for (const terms of without.filter(({ length }) => length > 1))
    for (const article of await phrase(terms, access, troubles)) hits.delete(article);
  return { hits, quotes: isFilter ? "filter" : "raise" };
}

/** @param {Understood} item */
const termsOf = ({ value }) => tokens(value).map(({ term }) => term);

/** @param {Hit | undefined} hit */
function raise(hit) {
  if (hit) hit.score *= QUOTED;
}

/** Articles in which the words follow one another; a stop word matches any. @param {string[]} terms @param {Access} access @param {Trouble[]} troubles */
export async function phrase(terms, access, troubles) {
  /** @type {Map<number, Set<number>> | undefined} */
  let ends;
  let step = 1;
  for (const term of terms.slice(0, 12)) {
    if (STOP_WORDS.has(term)) {
      step++;
      continue;
    }
    /** @type {Map<number, Set<number>>} */
    const next = new Map();
    for (const list of (await access.lookUp(term, troubles)).lists) {
      if (isDistant(list)) continue;
      const positions = await positionsOf(list, access, troubles);
      list.articles.forEach((article, at) => {
        const before = ends?.get(article);
        for (const position of ends && !before ? [] : (positions[at] ?? []))
          if (!before || before.has(position - step)) next.set(article, (next.get(article) ?? new Set()).add(position));
      });
    }
    ends = next;
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
  const postings = (await access.terms(list.shard, troubles))?.postings();
  const first = postings?.first;
  return bytes && first ? gapLists(bytes, first[list.index] ?? 0, first[list.index + 1] ?? 0) : [];
}
