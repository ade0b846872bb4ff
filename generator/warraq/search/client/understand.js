// @ts-check
// What a query means: words, operators, fields. Loaded when one may have more than words.
/** @import {Query} from "./types.js" */
import { MOST_TERMS, tokens } from "./analysis.js";

/** What may be written before a colon: a facet's name or an Arabic one. */
const FIELDS = new Map(
  "outlet source المصدر مصدر,topic الموضوع موضوع,person الشخص شخص,place المكان مكان,organization المؤسسة مؤسسة,story القصة قصة,year السنة سنة,from من,to إلى"
    .split(",").flatMap((line) => line.split(" ").map((name, _, all) => /** @type {[string, string]} */ ([name, all[0]]))),
);
const PARTS = /([-−]?)(?:(\p{L}+):)?(?:["«“”]([^"«»“”]*)["»“”]?|([^\s"«»“”]+))/gu;

/** Words, "phrases", -exclusions, field:values; what cannot be read is read as words. @param {string} query @returns {Query} */
export function parseQuery(query) {
  /** @type {Query} */
  const parsed = { words: [], phrases: [], not: [], notPhrases: [], fields: [] };
  const read = new Set();
  let run = ""; // words side by side are read together: «أبو قصرة» is one name
  const terms = (/** @type {string} */ part) => tokens(part).map(({ term }) => term);
  for (const [, minus, field = "", quoted, plain = ""] of query.matchAll(PARTS)) {
    const kind = FIELDS.get(field);
    const value = quoted ?? plain;
    const isWord = !kind && !minus && quoted === undefined;
    if (!isWord && (read.size === read.add(minus + field + value).size || read.size > MOST_TERMS)) continue;
    if (kind) parsed.fields.push({ kind, value });
    else if (quoted !== undefined && terms(quoted).length > 1)
      (minus ? parsed.notPhrases : parsed.phrases).push(terms(quoted));
    else if (minus) parsed.not.push(...terms(value));
    else run += `${field && ` ${field}`} ${value}`;
  }
  parsed.words = terms(run);
  return parsed;
}
