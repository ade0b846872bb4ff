// @ts-check
// Words of the other script that write a word the archive does not hold: «أنقرة» for Ankara, Zuckerberg
// for «زوكربيرغ». Loaded for such words alone. Twin of search/transliteration.py, tied to it by
// tests/golden/foreign.json.
/** @import {Access, Row, Terms, Trouble} from "./types.js" */
import { isArabic, unprefixed } from "./analysis.js";
import { completionShard } from "./completions.js";
import { weightOf } from "./lists.js";

// What Arabic writes for Latin letters, the usual first; letters longer than one stand before their first.
const SOUNDS = new Map(
  ("sch:ش tch:تش ch:تش,ش,ك,خ sh:ش kh:خ gh:غ,ج,ق,ك th:ث,ت dh:ذ,ض,ظ ph:ف ck:ك qu:كو,ق,ك zh:ج,ز,ش ts:تس,س tz:تز,تس,ز ng:نغ,ن,نج,نك,نق " +
    "ee:ي oo:و ou:و,ا ei:ي,اي ai:اي,ي ay:اي,ي ey:ي,اي au:او,و eu:و,يو,او ia:يا,يه,ي io:يو ie:ي,يي yu:يو,و ya:يا ye:ي,يي " +
    "a:ا,,ع,ه b:ب c:ك,س,ش,ق d:د,ض e:ي,,ا,اي f:ف g:غ,ج,ق,ك h:ه,ح, i:ي,اي,,ا j:ج,ي,خ k:ك,ق,خ l:ل m:م n:ن o:و,,ا p:ب q:ق,ك " +
    "r:ر s:س,ش,ص,ز t:ت,ط u:و,ا,يو v:ف w:و,ف, x:كس,خ,س y:ي,,يه z:ز,س,ظ,ذ")
    .split(" ").map((line) => /** @type {[string, string[]]} */ ([line.split(":")[0], line.split(":")[1]?.split(",")])),
);
const INITIAL = new Map(Object.entries({ a: ["ا", "ع"], e: ["ا", "اي", "ع"], i: ["اي", "ا", "ع"], o: ["او", "ا", "ع"], u: ["او", "ا", "يو"], w: ["و", "ف"], y: ["ي"] }));
/** @typedef {(start: string) => Promise<Row[]>} Completions */
const SHORTEST = 4;
const LONGEST = 20;
const MOST_SHARDS = 5; // that are asked for one word
const MOST_WORDS = 2; // that one word is taken for
const [SELDOM, NAMED] = [4, 4]; // in doublings: against a way to write a sound, and for what is a name
const LIKELY = 2; // no further shards are asked

/** What each sound of `latin` may be in Arabic, the usual first; nothing if one is not known. @param {string} latin */
export function soundsOf(latin) {
  const word = latin.replace(/([^eo])\1+|(ee|oo)[eo]*/gs, (_, letter, long) => letter ?? long);
  /** @type {string[][]} */
  const sounds = [];
  for (let at = 0; at < word.length; ) {
    const length = [3, 2, 1].find((size) => SOUNDS.has(word.slice(at, at + size)) && at + size <= word.length);
    if (!length) return [];
    const letters = word.slice(at, at + length);
    sounds.push((!at && INITIAL.get(letters)) || (SOUNDS.get(letters) ?? []));
    at += length;
  }
  return sounds;
}

/**
 * How unlikely it is that an Arabic word, folded, writes these sounds: in doublings of the articles that make up for it.
 * Infinity if it writes something else.
 * @param {string[][]} sounds @param {string} arabic
 */
export function unlikelihood(sounds, arabic) {
  let reached = [0]; // the least cost by letters of `arabic` that are written
  for (const ways of sounds) {
    /** @type {number[]} */
    const next = [];
    reached.forEach((cost, at) =>
      ways.forEach((letters, rank) => {
        const end = at + letters.length;
        if (arabic.startsWith(letters, at)) next[end] = Math.min(next[end] ?? Infinity, cost + costOf(ways, rank));
      }));
    reached = next;
  }
  return reached[arabic.length] ?? Infinity;
}

/** What it costs to write a sound in one of its ways: e and o are as often short, and i seldom («كرم» is hardly Karim). @param {string[]} ways @param {number} rank */
const costOf = (ways, rank) => (ways[rank] ? Number(rank > 0) : rank > 1 ? SELDOM : Number(ways[0] === "ا"));

/** How Arabic may write `latin`, the most likely first: one sound at a time is another than the usual. @param {string} latin */
export function spellingsOf(latin) {
  const sounds = soundsOf(latin);
  const usual = sounds.map(([first = ""]) => first);
  const spellings = new Set([usual.join("")]);
  for (let rank = 1; rank < 4; rank++)
    sounds.forEach((ways, at) => {
      if (ways.length > rank) spellings.add([...usual.slice(0, at), ways[rank], ...usual.slice(at + 1)].join(""));
    });
  return [...spellings];
}

/**
 * Words of the archive that write `term` in the other script.
 * @param {string} term @param {Access} access @param {Trouble[]} troubles @param {Completions} completions
 */
export async function transliterations(term, access, troubles, completions) {
  if (term.length < SHORTEST || term.length > LONGEST || /\d/.test(term)) return [];
  if (isArabic(term)) return access.languages.length ? inLatin(term, access, completions) : [];
  return /^(?=.*[^aeiouy].*[^aeiouy])[a-z]+$/.test(term) ? inArabic(term, access, troubles) : [];
}

/** @param {string} term @param {Access} access @param {Trouble[]} troubles */
async function inArabic(term, access, troubles) {
  const sounds = soundsOf(term);
  const shards = new Set(spellingsOf(term).map((spelling) => access.termShard(spelling)));
  /** @type {{word: string, worth: number}[]} */
  const found = [];
  for (const shard of [...shards].slice(0, MOST_SHARDS)) {
    const held = await access.terms(shard, troubles);
    if (!held) continue;
    for (const group of [...held.families.values()].flat()) {
      const ways = isArabic(group.stem) ? [group.stem, ...group.words] : [];
      const [best] = ways.map((word) => ({ word, cost: unlikelihood(sounds, word) })).sort((a, b) => a.cost - b.cost);
      if (!best || best.cost === Infinity) continue;
      found.push({ word: best.word, worth: best.cost - weightOf(group, held) - (isNamed(best.word, held) ? NAMED : 0) });
    }
    if (found.some(({ worth }) => worth < LIKELY)) break;
  }
  const ordered = found.sort((a, b) => a.worth - b.worth || a.word.length - b.word.length || (a.word < b.word ? -1 : 1));
  return ordered.slice(0, MOST_WORDS).map(({ word }) => word);
}

/** Whether a word is the whole name of something. @param {string} word @param {Terms} terms */
const isNamed = (word, { names }) => `\n${names}`.includes(`\n${word}\t`);

// With what Latin words begin that Arabic writes so.
const BEGINNINGS = new Map(
  "ا:aeiou ع:aeiou ب:bp ت:tc ث:t ج:jg ح:h خ:k د:d ذ:d ر:r ز:z س:sc ش:sc ص:s ض:d ط:t ظ:z غ:g ف:fvwp ق:kq ك:ck ل:l م:m ن:n ه:h و:wvou ي:yji"
    .split(" ").map((line) => /** @type {[string, string[]]} */ ([line.charAt(0), [...line.slice(2)]])),
);
const FURTHER = new Map(Object.entries({ ا: ["a", "e"], و: ["o", "u"], ي: ["e", "i"] }));

/** @param {string} term @param {Access} access @param {Completions} completions */
async function inLatin(term, access, completions) {
  const ways = [term, ...unprefixed(term)].filter((way) => way.length >= SHORTEST);
  const starts = ways.flatMap((way) => {
    const further = FURTHER.get(way.charAt(1)) ?? ["a", "e", "o", "i", ...(BEGINNINGS.get(way.charAt(1)) ?? [])];
    return (BEGINNINGS.get(way.charAt(0)) ?? []).flatMap((first) => further.map((second) => first + second));
  });
  const shards = new Map(starts.map((start) => [completionShard(start, access), start]));
  const rows = await Promise.all([...shards.values()].slice(0, MOST_SHARDS).map(completions));
  const found = rows.flat().filter(({ word, weight }) => {
    if (!weight || !starts.includes(word.slice(0, 2)) || !/^[a-z]{4,20}$/.test(word)) return false;
    const sounds = soundsOf(word);
    return ways.some((way) => unlikelihood(sounds, way) < Infinity);
  });
  return [...new Set(found.sort((a, b) => b.weight - a.weight).map(({ word }) => word))].slice(0, MOST_WORDS);
}
