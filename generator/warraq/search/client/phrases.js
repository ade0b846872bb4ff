// @ts-check
// Articles that hold words side by side, and those that must not hold some.
/** @import {Access, List, Query, Trouble} from "./types.js" */
import { STOP_WORDS } from "./analysis.js";
import { gapLists, inflated, reader } from "./format.js";

/**
 * `scores` less the articles without the quoted phrases, less those with excluded words or phrases.
 * A query of nothing but stop words in quotes leaves the scores as they are.
 * @param {Query} asked @param {Map<number, number>} scores @param {Access} access @param {Trouble[]} troubles
 */
export async function restricted(asked, scores, access, troubles) {
  for (const terms of asked.phrases) {
    if (!scores.size) break; // no need to read the positions of other phrases
    if (terms.every((term) => STOP_WORDS.has(term))) continue;
    const held = await phrase(terms, access, troubles);
    scores = new Map([...scores].filter(([article]) => held.has(article)));
  }
  for (const term of asked.not.filter((word) => !STOP_WORDS.has(word)))
    for (const { kind, articles } of (await access.lookUp(term, troubles)).lists)
      if (kind === "exact" || kind === "form") for (const article of articles) scores.delete(article);
  for (const terms of asked.notPhrases)
    for (const article of await phrase(terms, access, troubles)) scores.delete(article);
  return scores;
}

/** Articles in which the words follow one another; a stop word matches any. @param {string[]} terms @param {Access} access @param {Trouble[]} troubles */
async function phrase(terms, access, troubles) {
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
      if (list.kind === "plural") continue;
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
