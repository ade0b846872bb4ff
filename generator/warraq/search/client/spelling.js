// @ts-check
// How far one spelling is from another: pure functions, for words that the archive does not hold.
/** @import {Row} from "./types.js" */
import { isArabic, unprefixed } from "./analysis.js";

// Letters that are taken for one another, for their sound or their shape.
const CONFUSED = "ضظ ذد ذز زظ دض سص سث صز ثت تط حه حخ جح جخ اع عغ غق قك كغ جغ جق فق سش صض طظ رز بت بي بن تن ني يث هت شج".split(" ");
const PAIRS = new Set(CONFUSED.flatMap((pair) => [pair, [...pair].reverse().join("")]));
const WEAK = "اويء";
// What a change costs; two words are near if the changes between them cost no more than `mostFor`.
const [CHANGED, ALIKE, WEAKLY, DOUBLED, SWAPPED, FIRST, JOINED] = [1, 0.5, 0.6, 0.4, 0.7, 0.2, 0.1];
const MOST_LETTERS = 4; // that one word has and the other lacks
const USUAL = 3; // weight of a word in four articles or more
const FEW = 128; // articles, of which two with a word are many
const [SHORT, LONG] = [4, 7]; // letters
const COMMON = 0.05; // what a doubling of the articles that hold a word makes up for

/** A word less its article. @param {string} term */
export const stripped = (term) => (term.startsWith("ال") && term.length > 4 ? term.slice(2) : term);

/** The weight from which a word is usual in an archive. @param {number} documents */
export const usualIn = (documents) => (documents < FEW ? USUAL - 1 : USUAL);

/**
 * Whether it is likelier meant than a word that the archive happens to lack: «خبير» is no error for «خبر».
 * @param {number} away @param {number} length @param {number} weight @param {number} usual
 */
const isLikely = (away, length, weight, usual) => weight >= usual || length >= LONG || (length > SHORT && away <= WEAKLY + JOINED);

/** @param {string} term */
const isDefinite = (term) => stripped(term) !== term;

/** What the changes in a word of `length` letters may cost. @param {number} length */
const mostFor = (length) => (length < 4 ? 0.5 : length < 5 ? 0.7 : length < 7 ? 1.2 : length < 9 ? 1.7 : 2);

/**
 * The rows spelt nearly like `term`, the likeliest first: the fewest changes and the most articles.
 * Articles and particles do not count; `shown` has those of `term`.
 * @param {string} term @param {Row[]} rows @param {number} usual the weight of a usual word @param {number} [more] what changes may cost beyond the usual
 * @returns {(Row & {away: number})[]}
 */
export function nearest(term, rows, usual, more = 0) {
  /** @type {Map<string, Row & {away: number}>} */
  const found = new Map();
  const ways = isArabic(term) ? unprefixed(term).filter((rest) => rest.length > 3 && rest !== stripped(term)) : [];
  for (const way of [term, ...ways]) {
    const wanted = stripped(way);
    const prefix = way === term ? "" : term.slice(0, term.length - way.length);
    const most = mostFor(wanted.length) + more - (prefix ? JOINED : 0);
    const held = letters(wanted);
    for (const row of rows) {
      const word = stripped(row.word);
      if (row.word === term || bits(letters(word) ^ held) > MOST_LETTERS) continue;
      const rest = /^[وف]..../.test(word) && !/^[وف]/.test(wanted) ? stripped(word.slice(1)) : word;
      const isOther = isDefinite(row.word) !== isDefinite(way) || rest !== word;
      const away = distance(wanted, rest, most) + (prefix ? JOINED : 0) + (isOther ? JOINED : 0);
      if (away > most || !isLikely(away, wanted.length, row.weight, usual) || away >= (found.get(row.word)?.away ?? Infinity)) continue;
      const bare = (rest === word ? row.shown : row.shown.slice(1)).replace(/^ال(?=..)/, "");
      const article = isDefinite(way) ? "ال" : "";
      found.set(row.word, { ...row, shown: prefix + article + bare, away });
    }
  }
  const worth = (/** @type {Row & {away: number}} */ { away, weight }) => away - COMMON * weight;
  return [...found.values()].sort((a, b) => worth(a) - worth(b) || (a.word < b.word ? -1 : 1));
}

/** The first two letters that a word may have which was meant by `term`, but for its own. @param {string} term */
export function starts(term) {
  const [a = "", b = "", c = ""] = stripped(term);
  const found = new Set([b + a, b + c, a + c]);
  const others = (/** @type {string} */ letter) => [...PAIRS].flatMap(([from, to]) => (from === letter && to ? [to] : []));
  for (const other of others(a)) found.add(other + b);
  for (const other of others(b)) found.add(a + other);
  found.delete(a + b);
  return [...found].filter((start) => start.length === 2);
}

/** A bit for each letter: how many differ bounds how many are changed. @param {string} word */
function letters(word) {
  let held = 0;
  for (let at = 0; at < word.length; at++) held |= 1 << (word.charCodeAt(at) & 31);
  return held;
}

/** How many bits are set. @param {number} held */
export function bits(held) {
  let count = 0;
  for (; held; held &= held - 1) count++;
  return count;
}

/** What it costs to write the letter `letter` of `word` too much or not at all. @param {string} word @param {number} at */
function dropped(word, at) {
  const letter = word[at] ?? "";
  if (at && letter === word[at - 1]) return DOUBLED;
  return (WEAK.includes(letter) ? WEAKLY : CHANGED) + (at ? 0 : FIRST);
}

/** @param {string} a @param {string} b */
function changed(a, b) {
  if (a === b) return 0;
  if (PAIRS.has(a + b)) return ALIKE;
  return WEAK.includes(a) && WEAK.includes(b) ? WEAKLY : CHANGED;
}

/** What the changes between two words cost; beyond `most` any larger number. @param {string} a @param {string} b @param {number} most */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) * DOUBLED > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let last = [0];
  for (let j = 0; j < b.length; j++) last.push((last[j] ?? 0) + dropped(b, j));
  for (let i = 1; i <= a.length; i++) {
    const row = [(last[0] ?? 0) + dropped(a, i - 1)];
    let least = row[0] ?? 0;
    for (let j = 1; j <= b.length; j++) {
      const at = i === 1 && j === 1 ? FIRST : 0;
      const isSame = a[i - 1] === b[j - 1];
      const change = (last[j - 1] ?? 0) + (isSame ? 0 : changed(a[i - 1] ?? "", b[j - 1] ?? "") + at);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + SWAPPED : Infinity;
      const cell = Math.min((last[j] ?? 0) + dropped(a, i - 1), (row[j - 1] ?? 0) + dropped(b, j - 1), change, swapped);
      row.push(cell);
      if (cell < least) least = cell;
    }
    if (least > most + CHANGED - SWAPPED) return Infinity; // letters that change places skip a row
    [before, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}
