// @ts-check
// What a reader may have meant or may go on to type: near spellings, words joined, completions.
/** @import {Access, Completion, Found, Result, Row, Trouble} from "./types.js" */
import { family, fold, hash32, tokens, tribe } from "./analysis.js";
import { text } from "./format.js";
import { WEIGHTS } from "./ranking.js";

/**
 * Gives terms that the archive does not hold the lists of the two words they join («ديرالزور»), or of
 * words spelt nearly so; returns for each what was probably meant.
 * @param {Found[]} plan @param {Access} access @param {Trouble[]} troubles @param {number} weight
 */
export async function loosen(plan, access, troubles, weight) {
  /** @type {Map<string, string>} */
  const meant = new Map();
  for (const item of [...plan]) {
    const { term, lists } = item;
    if (lists.some(({ kind }) => kind !== "root") || /^\d+$/.test(term)) continue; // a number near another is another
    const { transliterations } = await import("./transliteration.js");
    const written = await transliterations(term, access, troubles, completions);
    for (const word of written)
      for (const list of (await access.lookUp(word, troubles)).lists)
        lists.push({ ...list, kind: "spelling", weight: list.weight * WEIGHTS.spelling });
    if (written[0]) meant.set(term, written[0]);
    if (written[0] || term.length < 5) continue;
    const parts = await parted(term, access, troubles);
    if (parts.length) {
      plan.splice(plan.indexOf(item), 1, ...parts);
      meant.set(term, parts.map((part) => part.term).join(" "));
      continue;
    }
    const key = family(term);
    const held = await access.terms(hash32(tribe(key)) % access.light, troubles);
    const relatives = (held?.families.get(key) ?? []).flatMap(({ words }) => words);
    const rows = await completions(term, access, troubles);
    for (const word of relatives) if (word) rows.push({ word, shown: word, weight: 1 });
    const best = nearest(term, rows.filter((row) => row.weight > 0));
    for (const { word } of best.slice(0, 3))
      for (const list of (await access.lookUp(word, troubles)).lists)
        if (!lists.some((known) => known.word === list.word))
          lists.push({ ...list, kind: "near", weight: list.weight * weight });
    if (best[0]) meant.set(term, best[0].shown);
  }
  return meant;
}

/** The two words that were written as one before an article, if both are known. @param {string} term @param {Access} access @param {Trouble[]} troubles @returns {Promise<Found[]>} */
async function parted(term, access, troubles) {
  const at = term.indexOf("ال", 2);
  if (at < 0 || term.length < at + 4) return [];
  const parts = await Promise.all([term.slice(0, at), term.slice(at)].map((part) => access.lookUp(part, troubles)));
  return parts.every(({ lists }) => lists.length) ? parts : [];
}

/** `query` with what was meant, as the results write it. @param {string} query @param {Map<string, string>} meant @param {Result[]} results */
export function corrected(query, meant, results) {
  const seen = results.flatMap(({ title, excerpt }) => [title, excerpt.text]);
  const written = (/** @type {string} */ word) => {
    for (const source of seen) for (const { term, start, end } of tokens(source)) if (term === word) return source.slice(start, end);
    return word;
  };
  return query.replace(/[^\s"«»“”:-]+/g, (word) => meant.get(fold(word))?.replace(/\S+/g, written) ?? word);
}

/** @param {string} term */
const stripped = (term) => (term.startsWith("ال") && term.length > 4 ? term.slice(2) : term);

/** Rows one letter away from `term`, two in a long word; first letters agree. @param {string} term @param {Row[]} rows */
export function nearest(term, rows) {
  const wanted = stripped(term);
  const most = wanted.length >= 9 ? 2 : 1;
  const held = letters(wanted);
  return rows
    .flatMap((row) => {
      const word = stripped(row.word);
      if (row.word[0] !== term[0] || word[0] !== wanted[0] || odd(letters(word) ^ held) > 2 * most) return [];
      const away = distance(wanted, word, most);
      return away <= most ? [{ ...row, away }] : [];
    })
    .sort((a, b) => a.away - b.away || b.weight - a.weight || (a.word < b.word ? -1 : 1));
}

/** A bit for each letter: two words that a letter's change parts differ in two at most. @param {string} word */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** How many bits are set. @param {number} bits */
function odd(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/** Letters to change, drop, add or swap; beyond `most` any larger number. @param {string} a @param {string} b @param {number} most */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i]; // only the cells that may hold `most` are reckoned
    let least = i;
    for (let j = Math.max(1, i - most), end = Math.min(b.length, i + most); j <= end; j++) {
      const change = (last[j - 1] ?? Infinity) + Number(a[i - 1] !== b[j - 1]);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      const cell = Math.min((last[j] ?? Infinity) + 1, (row[j - 1] ?? Infinity) + 1, change, swapped);
      row[j] = cell;
      if (cell < least) least = cell;
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}

/** @param {string} term @param {Access} access @param {Trouble[]} troubles @returns {Promise<Row[]>} */
async function completions(term, access, troubles) {
  const start = term.startsWith("ال") && term.length > 3 ? term.slice(2) : term;
  const number = hash32(start.slice(0, 2)) % access.shards("c");
  const rows = await access.shard("c", number, (bytes) =>
    text(bytes).split("\n").map((line) => {
      const [word = "", shown, weight, of = "", key = ""] = line.split("\t");
      return { word, shown: shown || word, weight: Number(weight ?? 0), of, key };
    }), troubles);
  return [...(rows ?? [])];
}

/** @param {string} typed @param {number} limit @param {Access} access @returns {Promise<Completion[]>} */
export async function completed(typed, limit, access) {
  const start = /\S*$/.exec(typed)?.[0] ?? "";
  const prefix = fold(start);
  if (prefix.length < 2 || prefix === "ال") return [];
  const before = typed.slice(0, typed.length - start.length);
  const rows = (await completions(prefix, access, [])).filter(
    ({ word }) => word.startsWith(prefix) || stripped(word).startsWith(stripped(prefix)));
  // names first (they have no weight), then the commonest words
  rows.sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0) || b.weight - a.weight || a.word.length - b.word.length || (a.shown < b.shown ? -1 : 1));
  const { named } = await import("./names.js");
  /** @type {Map<string, Completion>} */
  const different = new Map();
  for (const { shown, of = "", key = "" } of rows) {
    const row = { query: before + shown, ...(of && named(of, key, shown, access)) };
    if (!different.has(shown + of + key)) different.set(shown + of + key, row);
  }
  return [...different.values()].slice(0, limit);
}
