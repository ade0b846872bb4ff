// @ts-check
/** What a first query seldom needs, loaded on demand: near spellings, completion, facet counts. */
import { fold, tokens } from "./analysis.js";

/** @typedef {import("./search.js").Trouble} Trouble */
/** @typedef {{term: string, lists: any[], known: boolean}} Found */
/** @typedef {{word: string, shown: string, weight: number}} Row */
/** @typedef {{familyOf: (term: string, troubles: Trouble[]) => Promise<string[]>,
 *   lookUp: (term: string, troubles: Trouble[], swap?: boolean) => Promise<Found>,
 *   completions: (term: string, troubles: Trouble[]) => Promise<Row[]>}} Access */

/**
 * Gives terms that the archive does not hold the lists of words spelt nearly so; `words` tells which
 * spelling each may have been meant for.
 * @param {Found[]} terms @param {Access} access @param {Trouble[]} troubles
 */
export async function loosen(terms, access, troubles) {
  const words = new Map();
  let near = false;
  for (const found of terms) {
    if (found.known || found.term.length < 5) continue;
    const kin = (await access.familyOf(found.term, troubles)).map((word) => ({ word, shown: word, weight: 1 }));
    const rows = [...kin, ...(await access.completions(found.term, troubles))].filter((row) => row.weight > 0);
    const best = nearest(found.term, rows).slice(0, 3);
    for (const { word } of best)
      for (const list of (await access.lookUp(word, troubles, false)).lists)
        if (!found.lists.some((known) => known.word === list.word))
          found.lists.push({ ...list, kind: "near", weight: list.weight * 0.3 });
    const first = best[0];
    if (!first) continue;
    found.known = near = true;
    const shown = rows.find((row) => row.word === first.word && row.shown !== row.word)?.shown;
    words.set(found.term, shown ?? first.word);
  }
  return { near, words };
}

/** @param {string} term */
const stripped = (term) => (term.startsWith("ال") && term.length > 4 ? term.slice(2) : term);

/**
 * Rows whose word differs from `term` by one letter, by two in a long word; the first letter agrees.
 * @param {string} term @param {Row[]} rows
 */
export function nearest(term, rows) {
  const wanted = stripped(term);
  const most = wanted.length >= 9 ? 2 : 1;
  return rows
    .map((row) => ({ ...row, away: distance(wanted, stripped(row.word), most) }))
    .filter((row) => row.away <= most && row.word.charAt(0) === term.charAt(0) && stripped(row.word).charAt(0) === wanted.charAt(0))
    .sort((a, b) => a.away - b.away || b.weight - a.weight || (a.word < b.word ? -1 : 1));
}

/** Letters to change, drop, add or swap; anything beyond `most` is `most + 1`. @param {string} a @param {string} b @param {number} most */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length] ?? most + 1;
}

/** @param {string} typed @param {number} limit @param {Access["completions"]} completions */
export async function completed(typed, limit, completions) {
  const start = /\S*$/.exec(typed)?.[0] ?? "";
  const prefix = tokens(start).at(-1)?.term ?? fold(start);
  if (prefix.length < 2 || prefix === "ال") return [];
  const before = typed.slice(0, typed.length - start.length);
  const bare = stripped(prefix);
  const rows = (await completions(prefix, [])).filter(({ word }) => word.startsWith(prefix) || stripped(word).startsWith(bare));
  rows.sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0) || b.weight - a.weight || a.word.length - b.word.length || (a.shown < b.shown ? -1 : 1));
  return [...new Set(rows.map((row) => before + row.shown))].slice(0, limit);
}

/**
 * How many of the articles found have each value of each kind, every kind counted as if its own
 * filter were off; the commonest first.
 * @param {number[]} articles @param {(article: number, but: string) => boolean} passes
 * @param {(kind: string) => Promise<{key: string, label: string, articles: number[]}[]>} facet
 * @param {number} slots
 */
export async function counted(articles, passes, facet, slots) {
  /** @type {Record<string, import("./search.js").FacetValue[]>} */
  const facets = {};
  for (const kind of ["outlet", "topic", "person", "place", "story"]) {
    const held = new Set(articles.filter((article) => passes(article, kind)));
    facets[kind] = (await facet(kind))
      .map(({ key, label, articles: all }) => ({ value: key, label, count: all.filter((a) => held.has(a)).length }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  const years = new Map();
  for (const article of articles)
    if (passes(article, "year")) {
      const year = String(Math.floor(article / slots / 416));
      years.set(year, (years.get(year) ?? 0) + 1);
    }
  facets["year"] = [...years].sort().map(([value, count]) => ({ value, label: value, count }));
  return facets;
}
