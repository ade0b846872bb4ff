// @ts-check
// Lists of articles for what the index has no word of: names, phrases, words read otherwise. Loaded with
// whatever reads a query so.
/** @import {Group, Kind, List, Row, Terms} from "./types.js" */
import { WEIGHTS } from "./ranking.js";

const USUAL_IMPACT = 5; // of a word met once in a usual text
const HEAVY_WEIGHT = 10; // at least: the postings of heavy groups are in another file

/** Articles, with an impact each, that count as holding a word. @param {string} word @param {Kind} kind @param {Map<number, number>} impacts @returns {List} */
export function madeList(word, kind, impacts) {
  const articles = Float64Array.from(impacts.keys()).sort();
  const own = Uint8Array.from(articles, (article) => impacts.get(article) ?? 0);
  return { word, kind, weight: WEIGHTS[kind], articles, impacts: own, heads: () => [], shard: -1, index: -1 };
}

/** @param {Iterable<number>} articles @returns {Map<number, number>} */
export const usualImpacts = (articles) => new Map(Array.from(articles, (article) => [article, USUAL_IMPACT]));

/** The lists of another word, as answers of that kind to one of the query. @param {List[]} lists @param {Kind} kind @returns {List[]} */
export const answeringAs = (lists, kind) => lists.map((list) => ({ ...list, kind, weight: list.weight * WEIGHTS[kind] }));

/**
 * The places of `second` that are at least `least` and at most `most` words behind one of `first`, by article.
 * @param {Map<number, number[]>} first @param {Map<number, number[]>} second @param {number} most @param {number} [least]
 */
export function following(first, second, most, least = 1) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const [article, before] of first) {
    const places = (second.get(article) ?? []).filter((place) => before.some((end) => end + least <= place && place <= end + most));
    if (places.length) found.set(article, places);
  }
  return found;
}

/** The words of a term shard, weighed like completions. @param {Terms} terms @returns {Row[]} */
export const rowsOf = (terms) =>
  [...terms.families.values()].flat().flatMap((group) =>
    group.words.filter(Boolean).map((word, at) => ({ word, shown: word, weight: weightOf(group, terms, at, at + 1) })));

/** The weight of some words of a group, of all by default. @param {Group} group @param {Terms} terms @param {number} [from] @param {number} [to] */
export function weightOf({ first: start, words, isHeavy }, { postings: { first } }, from = 0, to = words.length) {
  return isHeavy ? HEAVY_WEIGHT : bitLength((first[start + to] ?? 0) - (first[start + from] ?? 0));
}

/** @param {number} count */
export const bitLength = (count) => (count ? 32 - Math.clz32(count) : 0);
