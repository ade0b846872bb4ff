// @ts-check
// How well articles answer: pure functions of the postings of the query's words. docs/search-format.md
/** @import {Found, Hit, Kind, List, Options, Passes} from "./types.js" */
import { SLOTS } from "./format.js";

/** What a match is worth, by its kind. @type {Record<Kind, number>} */
export const WEIGHTS = { exact: 1, joined: 0.5, form: 0.2, spelling: 0.7, synonym: 0.7, name: 0.7, plural: 0.1, root: 0.05, near: 0.3 };
const SATURATED = 2.2; // what a word is worth at most, however often it is there
const IN_TITLE = 0.3; // and more if it stands in the title
const ADJACENT = 0.5; // of the rarer word, for two that follow one another in title or lead
const CLOSE = 0.3; // and more, halved at CLOSE_WORDS between them
const CLOSE_WORDS = 5;
// What an article that lacks some of the query's words keeps of its score: coverage to this power.
const COVERAGE = 0.75;
const SHORT_COVERAGE = 1.25; // of one or two words
const AKIN = 0.5; // of a word's part in the coverage, for one that only shares its root
const FOUND = 0.4; // of the best coverage: what has less is ranked, but not counted as found
const FEW = 3; // articles
const WHOLE = 0.99; // of the coverage, which is a sum of fractions
export const [LEVEL, TITLED] = [15, 64]; // bits of an impact
const RATIOS = Array.from({ length: 16 }, (_, level) => 2 ** (level / 2 - 3));

/** Whether a word only leads to the one that was asked for. @param {List} list */
export const isDistant = ({ kind }) => kind === "plural" || kind === "root" || kind === "near";

/**
 * The articles that hold words of `plan`. What only shares a root with a word is ranked by it, and is
 * found by it if the archive has the word in no other form.
 * @param {Found[]} plan @param {number} documents @returns {Map<number, Hit>}
 */
export function hitsOf(plan, documents) {
  /** @type {Map<number, Hit & Met>} */
  const hits = new Map();
  const rarities = plan.map(({ lists }) => rarityOf(lists, documents));
  const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
  plan.forEach(({ lists }, at) => {
    const rarity = rarities[at] ?? 0;
    const isOfRoots = lists.every(({ kind }) => kind === "root");
    for (const hit of met(lists, hits)) {
      const isOwn = hit.isOwn || isOfRoots;
      hit.score += rarity * ((SATURATED * hit.ratio) / (1 + hit.ratio) + (hit.isTitled ? IN_TITLE : 0));
      hit.coverage += (rarity / whole) * (isOwn ? 1 : AKIN);
      hit.isAdmitted ||= isOwn;
    }
  });
  for (let at = 1; at < plan.length; at++) {
    const rarer = Math.min(rarities[at - 1] ?? 0, rarities[at] ?? 0);
    for (const [article, closeness] of closenesses(plan[at - 1]?.lists ?? [], plan[at]?.lists ?? [])) {
      const hit = hits.get(article);
      if (hit) hit.score += rarer * closeness;
    }
  }
  for (const [article, hit] of hits)
    if (hit.isAdmitted) hit.score *= hit.coverage ** (plan.length < 3 ? SHORT_COVERAGE : COVERAGE);
    else hits.delete(article);
  return hits;
}

/** How an article has the word of the query that is looked at. @typedef {{word: List[], ratio: number, isTitled: boolean, isOwn: boolean}} Met */

/**
 * The hits that hold one word, with how they have it; articles without a hit get one.
 * @param {List[]} lists @param {Map<number, Hit & Met>} hits
 */
function met(lists, hits) {
  /** @type {(Hit & Met)[]} */
  const found = [];
  for (const { articles, impacts, weight, kind } of lists)
    articles.forEach((article, n) => {
      const impact = impacts[n] ?? 0;
      let hit = hits.get(article);
      if (!hit) hits.set(article, (hit = { score: 0, coverage: 0, isAdmitted: false, word: [], ratio: 0, isTitled: false, isOwn: false }));
      if (hit.word !== lists) {
        hit.word = lists;
        hit.ratio = 0;
        hit.isTitled = hit.isOwn = false;
        found.push(hit);
      }
      hit.ratio += weight * (RATIOS[impact & LEVEL] ?? 0);
      hit.isTitled ||= (impact & TITLED) > 0;
      hit.isOwn ||= kind !== "root";
    });
  return found;
}

/** idf, three parts of the word itself and one of its group. @param {List[]} lists @param {number} documents */
function rarityOf(lists, documents) {
  let exact = 0;
  let all = 0;
  for (const { kind, articles } of lists) {
    if (kind === "exact") exact = articles.length;
    if (kind !== "plural" && kind !== "root") all += articles.length;
  }
  const idf = (/** @type {number} */ n) => Math.log(1 + (documents - n + 0.5) / (n + 0.5));
  const wide = idf(Math.min(all, documents));
  return exact ? (3 * idf(exact) + wide) / 4 : wide;
}

/** Where the words of lists stand in each article: by default in its title and lead. @param {List[]} lists @param {(list: List) => (number[] | undefined)[]} [positionsOf] */
export function placesIn(lists, positionsOf = ({ heads }) => heads()) {
  /** @type {Map<number, number[]>} */
  const places = new Map();
  for (const list of lists)
    if (!isDistant(list))
      positionsOf(list).forEach((positions, at) => {
        const article = list.articles[at] ?? 0;
        if (positions) places.set(article, [...(places.get(article) ?? []), ...positions]);
      });
  return places;
}

/** How near two words come in the title or lead of each article. @param {List[]} first @param {List[]} second */
function closenesses(first, second) {
  const places = placesIn(first);
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const [article, positions] of placesIn(second))
    for (const before of places.get(article) ?? [])
      for (const position of positions) {
        const distance = position - before;
        const closeness = (distance === 1 || distance === 2 ? ADJACENT : 0) + CLOSE / (1 + Math.abs(distance) / CLOSE_WORDS);
        if (closeness > (best.get(article) ?? 0)) best.set(article, closeness);
      }
  return best;
}

/**
 * Copies give way to originals, unless nothing else passes.
 * @param {Map<number, Hit>} hits @param {Passes} passes @returns {Passes}
 */
export function lessCopies(hits, passes) {
  for (const article of hits.keys()) if (!(article % 2) && passes(article)) return (article) => !(article % 2) && passes(article);
  return passes;
}

/**
 * The least coverage of what is found: nearly that of the `best` hit, whether it passes or not, so that a
 * filter never changes what another leaves. Where none of those passes, the best that do (`reached`) are.
 * @param {number} best @param {number} reached
 */
export const leastOf = (best, reached) => FOUND * (reached < FOUND * best ? reached : best);

/**
 * The first `most` articles of `hits` that pass, those that are found before the others, how many are
 * found and which. By date these are all.
 * @param {Map<number, Hit>} hits @param {Passes} passes @param {Options["sort"]} sort @param {number} most
 */
export function ranked(hits, passes, sort, most) {
  let [best, reached] = [0, 0];
  for (const [article, { coverage }] of hits) {
    if (coverage > best) best = coverage;
    if (coverage > reached && passes(article)) reached = coverage;
  }
  const least = leastOf(best, reached);
  const isFound = (/** @type {number} */ article) => (hits.get(article)?.coverage ?? 0) >= least;
  const isByDate = sort && sort !== "relevance";
  const order = ordering(sort, least);
  let count = 0;
  /** @type {[number, Hit][]} */
  let first = [];
  for (const one of hits) {
    if (!passes(one[0])) continue;
    if (isFound(one[0])) count++;
    else if (isByDate) continue;
    first.push(one);
    if (first.length > 4 * most + 1000) first = first.sort(order).slice(0, most);
  }
  return { ordered: first.sort(order).slice(0, most).map(([article]) => article), count, isFound };
}

/**
 * Whether no article that passes has all of a query's words, or few have both or the only one.
 * @param {Map<number, Hit>} hits @param {number} words @param {Passes} [passes]
 */
export function isThin(hits, words, passes = () => true) {
  let left = words > 2 ? 0 : FEW;
  for (const [article, { coverage }] of hits) if (coverage > WHOLE && passes(article) && left-- <= 0) return false;
  return true;
}

/** How articles are put in order. @param {Options["sort"]} sort @param {number} least coverage of what is found @returns {(a: [number, Hit], b: [number, Hit]) => number} */
function ordering(sort, least) {
  if (sort === "oldest") return ([a], [b]) => Number(a < SLOTS) - Number(b < SLOTS) || a - b; // the undated last
  if (sort && sort !== "relevance") return ([a], [b]) => b - a;
  return ([a, one], [b, other]) => Number(other.coverage >= least) - Number(one.coverage >= least) || other.score - one.score || b - a;
}
