// @ts-check
// Which articles a query's operators and the reader's filters leave. Loaded if there are any.
/** @import {Access, Hit, Limits, Options, Trouble, Understood} from "./types.js" */

const facetFiles = () => import("./facets.js");

/**
 * The articles that answer, and the limits that they have to pass and the mode of phrases, if there are any.
 * @param {Access} access @param {Understood[]} items @param {string[]} words @param {Map<number, Hit>} hits @param {Options} options @param {Trouble[]} troubles @param {boolean} [isCounted]
 * @returns {Promise<{hits: Map<number, Hit>, limits?: Limits, quotes?: Understood["mode"]}>}
 */
export async function selected(access, items, words, hits, { filters = {} }, troubles, isCounted = false) {
  const narrowing = items.filter(({ kind, mode }) => kind === "field" || (kind === "date" && mode !== "raise"));
  const isFiltered = narrowing.length || Object.values(filters).some((given) => given?.length);
  const isExcluding = items.some(({ kind }) => kind === "without");
  const limits = isFiltered ? await (await facetFiles()).filtering(narrowing, filters, access, troubles) : undefined;
  if (!words.length && (limits || isExcluding)) {
    const sets = limits?.sets.filter(({ isTyped }) => isTyped || !isCounted) ?? []; // values are counted without their kind's own filter
    hits = await (await facetFiles()).everything(sets.map(({ held }) => held), access, troubles);
  }
  const isRestricted = isExcluding || items.some(({ kind }) => kind === "phrase");
  const restricted = isRestricted ? await (await import("./phrases.js")).restricted(items, hits, access, troubles) : { hits };
  const isRaising = items.some(({ kind, mode }) => kind === "date" && mode === "raise");
  const left = isRaising ? (await import("./dates.js")).raised(items, restricted.hits) : restricted.hits;
  return { ...restricted, hits: left, ...(limits && { limits }) };
}

/**
 * How many articles each value of a facet would find.
 * @param {Access} access @param {Understood[]} items @param {string[]} words @param {Map<number, Hit>} hits @param {Options} options
 * @param {Limits | undefined} limits @param {Trouble[]} troubles
 */
export async function counted(access, items, words, hits, options, limits, troubles) {
  const all = words.length ? hits : (await selected(access, items, words, hits, options, troubles, true)).hits;
  return (await facetFiles()).counted(all, limits?.passes ?? (() => true), options.copies || limits?.isOfOutlet, access, troubles);
}
