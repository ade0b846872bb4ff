// @ts-check
// Words of the other script that write a word the archive does not hold: «أنقرة» for Ankara, Zuckerberg
// for «زوكربيرغ». Loaded for such words alone. Twin of search/transliteration.py, tied to it by
// tests/golden/foreign.json.
/** @import {Access, Row, Trouble} from "./types.js" */
import { family, hash32, isArabic, tribe, unprefixed } from "./analysis.js";

// What Arabic writes for Latin letters, the usual first; letters longer than one stand before their first.
const SOUNDS = new Map(
  ("sch:ش tch:تش ch:تش,ش,ك,خ sh:ش kh:خ gh:غ,ج,ق,ك th:ث,ت dh:ذ,ض,ظ ph:ف ck:ك qu:كو,ق,ك zh:ج,ز,ش ts:تس,س tz:تز,تس,ز ng:نغ,ن,نج,نك,نق " +
    "ee:ي oo:و ou:و,ا ei:ي,اي ai:اي,ي ay:اي,ي ey:ي,اي au:او,و eu:و,يو,او ia:يا,يه,ي io:يو ie:ي,يي yu:يو,و ya:يا ye:ي,يي " +
    "a:ا,,ع,ه b:ب c:ك,س,ش,ق d:د,ض e:ي,,ا,اي f:ف g:غ,ج,ق,ك h:ه,ح, i:ي,اي,,ا j:ج,ي,خ k:ك,ق,خ l:ل m:م n:ن o:و,,ا p:ب q:ق,ك " +
    "r:ر s:س,ش,ص,ز t:ت,ط u:و,ا,يو v:ف w:و,ف, x:كس,خ,س y:ي,,يه z:ز,س,ظ,ذ")
    .split(" ").map((line) => /** @type {[string, string[]]} */ ([line.split(":")[0], line.split(":")[1]?.split(",")])),
);
const INITIAL = new Map(Object.entries({ a: ["ا", "ع"], e: ["ا", "اي", "ع"], i: ["اي", "ا", "ع"], o: ["او", "ا", "ع"], u: ["او", "ا", "يو"], w: ["و", "ف"], y: ["ي"] }));
/** @typedef {(start: string, access: Access, troubles: Trouble[]) => Promise<Row[]>} Completions */
const SHORTEST = 4;
const LONGEST = 20;
const MOST_SHARDS = 5; // that are asked for one word

/** What each sound of `latin` may be in Arabic. @param {string} latin */
function soundsOf(latin) {
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

/** What the Arabic words match that write `latin`; "" if none may. @param {string} latin */
export function patternOf(latin) {
  const sounds = soundsOf(latin);
  return sounds.map((ways) => `(?:${ways.join("|")})`).join("");
}

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
  if (isArabic(term)) return access.languages.length ? inLatin(term, access, troubles, completions) : [];
  return /^(?=.*[^aeiouy].*[^aeiouy])[a-z]+$/.test(term) ? inArabic(term, access, troubles) : [];
}

/** @param {string} term @param {Access} access @param {Trouble[]} troubles */
async function inArabic(term, access, troubles) {
  const shards = new Set(spellingsOf(term).map((spelling) => hash32(tribe(family(spelling))) % access.light));
  const pattern = new RegExp(`^${patternOf(term)}$`, "s");
  for (const shard of [...shards].slice(0, MOST_SHARDS)) {
    const held = await access.terms(shard, troubles);
    const groups = [...(held?.families.values() ?? [])].flat();
    const found = groups.flatMap(({ stem, words }) => (isArabic(stem) && [stem, ...words].find((word) => pattern.test(word))) || []);
    if (found.length) return found.sort((a, b) => longVowels(b) - longVowels(a) || (a < b ? -1 : 1)).slice(0, 2);
  }
  return [];
}

/** @param {string} word */
const longVowels = (word) => word.replace(/[^اوي]/g, "").length;

// With what Latin words begin that Arabic writes so.
const BEGINNINGS = new Map(
  "ا:aeiou ع:aeiou ب:bp ت:tc ث:t ج:jg ح:h خ:k د:d ذ:d ر:r ز:z س:sc ش:sc ص:s ض:d ط:t ظ:z غ:g ف:fvwp ق:kq ك:ck ل:l م:m ن:n ه:h و:wvou ي:yji"
    .split(" ").map((line) => /** @type {[string, string[]]} */ ([line.charAt(0), [...line.slice(2)]])),
);
const FURTHER = new Map(Object.entries({ ا: ["a", "e"], و: ["o", "u"], ي: ["e", "i"] }));

/** @param {string} term @param {Access} access @param {Trouble[]} troubles @param {Completions} completions */
async function inLatin(term, access, troubles, completions) {
  const ways = [term, ...unprefixed(term)].filter((way) => way.length >= SHORTEST);
  const starts = ways.flatMap((way) => {
    const further = FURTHER.get(way.charAt(1)) ?? ["a", "e", "o", "i", ...(BEGINNINGS.get(way.charAt(1)) ?? [])];
    return (BEGINNINGS.get(way.charAt(0)) ?? []).flatMap((first) => further.map((second) => first + second));
  });
  const shards = new Map(starts.map((start) => [hash32(start) % access.shards("c"), start]));
  const rows = await Promise.all([...shards.values()].slice(0, MOST_SHARDS).map((start) => completions(start, access, troubles)));
  const found = rows.flat().filter(({ word, weight }) =>
    weight > 0 && starts.includes(word.slice(0, 2)) && /^[a-z]{4,20}$/.test(word) && ways.some((way) => new RegExp(`^${patternOf(word)}$`, "s").test(way)));
  return [...new Set(found.sort((a, b) => b.weight - a.weight).map(({ word }) => word))].slice(0, 2);
}
