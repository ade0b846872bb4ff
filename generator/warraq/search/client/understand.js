// @ts-check
// What a query means beside its words: twin of search/understanding.py, rule for rule, where the rules
// are explained; tests/golden/understanding.json ties them. Loaded when a query may have more than words.
/** @import {Access, Answer, Days, Off, Trouble, Understanding, Understood} from "./types.js" */
import { ARABIC, fold, STOP_WORDS, tokens } from "./analysis.js";
import { among, BLANK, dateAhead, datesIn, daysOf, HIDDEN, lexemes } from "./dates.js";
import { dayNumber } from "./days.js";

/** @typedef {[start: number, end: number]} Range */

const FIELDS = new Map(
  "outlet source المصدر مصدر,topic الموضوع موضوع,person الشخص شخص,place المكان مكان,organization المؤسسة مؤسسة,story القصة قصة,year السنة سنة,date التاريخ تاريخ,from من,to إلى"
    .split(",").flatMap((line) => line.split(" ").map((name, _, all) => /** @type {[string, string]} */ ([fold(name), all[0]]))),
);
const DAY_FIELDS = ["year", "date", "from", "to"];
const SPACE = `${BLANK}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff`;
const MARKS = '"“”„‟″';
const QUOTED = `«[^«»]*»|(?<![A-Za-z0-9\u0660-\u0669\u05d0-\u05ea])[${MARKS}][^${MARKS}]*[${MARKS}]`;
const PLAIN = `[^${SPACE}«»${MARKS}]+`;
const QUOTE = new RegExp(QUOTED, "g");
const WHOLE_QUOTE = new RegExp(`^(?:${QUOTED})$`);
const FIELD = new RegExp(`(?<![${ARABIC}A-Za-z−-])([${ARABIC}]+|[A-Za-z]+):(${QUOTED}|${PLAIN})`, "g");
const WITHOUT = new RegExp(`(?:(?<=[${SPACE}])|^)[-−](${QUOTED}|${PLAIN})`, "g");
const ONE_SPACE = new RegExp(`[${SPACE}]`);
const MOST = 16;
const FEW = 2;

/** What `text` means on the day `today` (ISO, "" if not known); readings whose text is in `literal` are words.
 * @param {string} text @param {string} [today] @param {string[]} [literal] @returns {Understanding} */
export function understood(text, today = "", literal = []) {
  const back = (/** @type {Understood} */ item) => (literal.includes(item.text) ? { ...item, off: /** @type {const} */ ("literal") } : item);
  const quotes = [...text.matchAll(QUOTE)].map(rangeOf);
  const fields = fieldsOf(text, quotes, today);
  const operators = [...fields, ...excluded(text, quotes, fields)].map(back);
  const said = operators.map(({ start, end }) => /** @type {Range} */ ([start, end])).sort(([a], [b]) => a - b);
  let phrases = phrasesOf(text, quotes, said).map(back);
  let dates = datesOf(text, quotes, said, today).map(back);

  const read = [...operators, ...dates].filter(({ off }) => !off);
  const beside = telling(termsWithout(text, read.map(({ start, end }) => [start, end])));
  const quoted = phrases.filter(({ off }) => !off).reduce((sum, { value }) => sum + telling(termsOf(value)).length, 0);
  const weighed = (/** @type {Understood} */ item, /** @type {boolean} */ isFilter) =>
    item.off ? item : { ...item, mode: /** @type {Understood["mode"]} */ (isFilter ? "filter" : "raise") };
  phrases = phrases.map((item) => weighed(item, beside.length - quoted < FEW));
  dates = dates.map((item) => weighed(item, beside.length <= (item.mode === "filter" && item.days.first ? FEW : 0)));

  const items = [...operators, ...phrases, ...dates].sort((a, b) => a.start - b.start);
  return { words: termsWithout(text, items.flatMap(unsaid)), items };
}

/** @param {Understood["kind"]} kind @param {string} text @param {Range} range @param {Partial<Understood>} more @returns {Understood} */
const item = (kind, text, [start, end], more) => ({
  kind, mode: kind === "field" || kind === "without" ? "operator" : "filter", start, end, text: text.slice(start, end),
  value: "", key: "", days: { first: "", last: "", every: [], isHijri: false }, isBare: false, off: "", ...more,
});

/** @param {string} text @param {Range[]} quotes @param {string} today */
function fieldsOf(text, quotes, today) {
  /** @type {Understood[]} */
  const fields = [];
  for (const match of [...text.matchAll(FIELD)].slice(0, MOST)) {
    const [, name = "", written = ""] = match;
    const key = FIELDS.get(fold(name));
    if (!key || isWithin(match.index, quotes)) continue;
    const start = match.index + name.length + 1; // of the value
    const ahead = DAY_FIELDS.includes(key) ? dateAhead(text.slice(start), today, key === "date") : undefined;
    const isLonger = ahead && ahead[0] > written.length; // «من:5 أيار 2024»
    const value = isLonger ? text.slice(start, start + ahead[0]) : unquoted(written);
    const field = item("field", text, [match.index, isLonger ? start + ahead[0] : rangeOf(match)[1]], { value, key });
    const days = isLonger ? ahead[1] : DAY_FIELDS.includes(key) ? daysOf(value, today, key === "date") : undefined;
    const isUnread = DAY_FIELDS.includes(key) ? !days : !termsOf(value).length;
    if (isUnread) fields.push({ ...field, off: "unread" });
    else if (!days) fields.push(field);
    else {
      const first = key === "to" ? "" : days.first;
      const last = key === "from" ? "" : days.last;
      fields.push({ ...field, kind: "date", days: { ...days, first, last } });
    }
  }
  return fields;
}

/** What «-word» excludes: only at the end of a query, where no dateline has its dash. @param {string} text @param {Range[]} quotes @param {Understood[]} fields */
function excluded(text, quotes, fields) {
  const matches = new Map([...text.matchAll(WITHOUT)].map((match) => [rangeOf(match)[1], match]));
  const starts = new Map(fields.map(({ start, end }) => [end, start]));
  /** @type {Understood[]} */
  const found = [];
  let end = trimmed(text, text.length);
  for (let step = 0; step < 2 * MOST; step++) {
    const start = starts.get(end);
    const match = matches.get(end);
    const value = match?.[1] ?? "";
    if (start !== undefined) end = trimmed(text, start);
    else if (match && !isWithin(match.index, quotes) && excludes(value)) {
      found.push(item("without", text, rangeOf(match), { value: unquoted(value) }));
      end = trimmed(text, match.index);
    } else break;
  }
  return found;
}

/** Whether `value` behind a dash is a word: «-5» is a number, «-سانا-» stands between dashes. @param {string} value */
function excludes(value) {
  const [term] = termsOf(value);
  return term !== undefined && !/^[0-9]/.test(term) && !"-−–—".includes(value.at(-1) ?? "");
}

/** What stands between marks, if it is more than one word, once. @param {string} text @param {Range[]} quotes @param {Range[]} said */
function phrasesOf(text, quotes, said) {
  const known = new Set();
  /** @type {Understood[]} */
  const phrases = [];
  for (const [start, end] of quotes) {
    const value = text.slice(start + 1, end - 1);
    const terms = termsOf(value);
    const words = terms.join(" ");
    if (terms.length > 1 && !known.has(words) && !isWithin(start, said)) {
      known.add(words);
      phrases.push(item("phrase", text, [start, end], { value }));
    }
    if (known.size === MOST) break;
  }
  return phrases;
}

/** The dates outside quotation marks and fields. @param {string} text @param {Range[]} quotes @param {Range[]} said @param {string} today */
function datesOf(text, quotes, said, today) {
  const found = lexemes(text).map((lexeme) => {
    if (isWithin(lexeme.start, said)) return { ...lexeme, kind: "mark", text: HIDDEN };
    return isWithin(lexeme.start, quotes) ? { ...lexeme, kind: "quoted", text: HIDDEN } : lexeme;
  });
  return datesIn(found, today).slice(0, MOST).map(({ start, end, days, isBare, isWeak }) =>
    item("date", text, [start, end], { mode: isWeak ? "raise" : "filter", days, isBare }));
}

/** The ranges that hold no words to look for: filters, and the name before a colon. @param {Understood} item @returns {Range[]} */
function unsaid({ kind, mode, start, end, text, key, off }) {
  if (off && key) return [[start, start + text.indexOf(":")]];
  return !off && kind !== "phrase" && mode !== "raise" ? [[start, end]] : [];
}

/** @param {string} text */
const termsOf = (text) => tokens(text).map(({ term }) => term);

/** The terms of `text` outside of `ranges`. @param {string} text @param {Range[]} ranges */
function termsWithout(text, ranges) {
  const left = [];
  let place = 0;
  for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
    left.push(text.slice(place, start));
    place = end;
  }
  return termsOf([...left, text.slice(place)].join("\n"));
}

/** @param {string[]} terms */
const telling = (terms) => terms.filter((term) => !STOP_WORDS.has(term));
/** @param {RegExpMatchArray} match @returns {Range} */
const rangeOf = (match) => [match.index ?? 0, (match.index ?? 0) + match[0].length];
/** @param {string} value */
const unquoted = (value) => (WHOLE_QUOTE.test(value) ? value.slice(1, -1) : value);
/** Whether `place` lies in one of `ranges`, which are in order and do not overlap. @param {number} place @param {Range[]} ranges */
function isWithin(place, ranges) {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.[0] ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return place < (ranges[low - 1]?.[1] ?? 0);
}

/** Where `text` ends before `end` if spaces are left out. @param {string} text @param {number} end */
function trimmed(text, end) {
  while (end && ONE_SPACE.test(text[end - 1] ?? "")) end--;
  return end;
}

/**
 * What an answer says with all that was understood: `off` holds why a text's reading does not count, `quotes` the mode
 * that phrases turned out to have. An article of a day that stands beside words does not lack the words of the date.
 * @param {Answer} answer @param {Understood[]} items @param {Map<string, Off>} off @param {Understood["mode"]} [quotes]
 * @returns {Pick<Answer, "understood" | "results">}
 */
export function told({ understood: related, results }, items, off, quotes) {
  const meanings = items.flatMap(({ kind, mode, text, start, end, value, key, days: { first, last, every, isHijri }, off: own }) => {
    const why = off.get(text) ?? own;
    if (why === "number") return [];
    const days = every.length ? { every, isHijri } : { from: first, to: last };
    const turned = kind === "phrase" && !why ? (quotes ?? mode) : mode;
    return [{ kind, mode: turned, text, start, end, ...(value && { label: value }), ...(key && { key }), ...(kind === "date" && days), ...(why && { off: why }) }];
  });
  const dates = items.filter(({ kind, mode, off }) => kind === "date" && mode === "raise" && !off).map(({ text, days }) => ({ terms: termsOf(text), holds: among(days) }));
  const saidOn = (/** @type {string} */ day) => dates.filter(({ holds }) => holds(dayNumber(day, 0, 0))).flatMap(({ terms }) => terms);
  return {
    understood: [...meanings, ...related].sort((a, b) => a.start - b.start),
    results: results.map((result) => ({ ...result, missing: result.missing.filter((term) => !saidOn(result.date).includes(term)) })),
  };
}

/**
 * The readings that count and the words to look for; or `off` with more readings, if any say nothing here. Dates that
 * leave nothing, if nothing else was asked for, are looked for as they were written; else such words as would find any
 * other day are left out.
 * @param {Understanding} query @param {Map<string, Off>} off @param {Access} access @param {Trouble[]} problems
 * @returns {Promise<Understanding | Map<string, Off>>}
 */
export async function standing({ words, items }, off, access, problems) {
  const read = items.filter((item) => !item.off);
  const nothing = await hollow(read, access, problems);
  if (nothing.length) return new Map([...off, ...nothing]);
  const empty = items.filter(({ kind, text }) => kind === "date" && off.get(text) === "empty");
  const said = termsOfAll(empty);
  const isAlone = telling(words).every((term) => said.has(term));
  const unsaid = isAlone ? new Set() : termsOfAll(empty.filter(({ text, days }) => !isFixed(text, days) || !/\p{L}/u.test(text)));
  return {
    items: [...read, ...(isAlone ? empty.map(asPhrase) : [])],
    words: words.filter((term) => !unsaid.has(term)),
  };
}

/** @param {Understood[]} items */
const termsOfAll = (items) => new Set(items.flatMap(({ text }) => termsOf(text)));

/** Whether a date is the same on whatever day it is read. @param {string} text @param {Days} days */
const isFixed = (text, days) => understood(text).items.some((item) => JSON.stringify(item.days) === JSON.stringify(days));

/** @param {Understood} item @returns {Understood} */
const asPhrase = (item) => ({ ...item, kind: "phrase", mode: "filter", value: item.text });

/**
 * The answer without dates that leave nothing, and why their readings do not count. Where nothing else was asked for,
 * there is only one if an article says a date as it was typed; what is told from the reader's day, nobody else means.
 * @template {{answer: Answer}} T
 * @param {Understood[]} items @param {string[]} words @param {Map<string, Off>} off
 * @param {(off: Map<string, Off>) => Promise<T>} answered @param {Access} access @param {Trouble[]} problems
 * @returns {Promise<{off: Map<string, Off>} & ({answer?: undefined} | T)>}
 */
export async function wider(items, words, off, answered, access, problems) {
  const dates = items.filter(({ kind, mode }) => kind === "date" && mode === "filter");
  const emptied = new Map([...off, ...dates.map(({ text }) => /** @type {const} */ ([text, "empty"]))]);
  const isTried = dates.length && (words.length || (await areWritten(dates, access, problems)));
  const found = isTried ? await answered(emptied) : undefined;
  if (found?.answer.total) return { ...found, off: emptied };
  return { off: words.length ? off : emptied }; // words that nothing has find as little without the dates
}

/** Whether an article says one of these dates as it was typed, or something is called so. @param {Understood[]} dates @param {Access} access @param {Trouble[]} problems */
async function areWritten(dates, access, problems) {
  const { phrase } = await import("./phrases.js");
  const said = dates.filter(({ text, days }) => isFixed(text, days));
  const isMet = async (/** @type {string[]} */ terms) => {
    const { names } = await access.lookUp(telling(terms)[0] ?? "", problems);
    return `\n${names}`.includes(`\n${terms.join(" ")}\t`) || (await phrase(terms, access, problems)).size > 0;
  };
  return (await Promise.all(said.map(({ text }) => isMet(termsOf(text))))).includes(true);
}

/**
 * Readings that say nothing in this archive: a number that is no year of it, a field whose value nothing has.
 * @param {Understood[]} items @param {Access} access @param {Trouble[]} problems @returns {Promise<[string, Off][]>}
 */
async function hollow(items, access, problems) {
  const years = new Set(access.root.years.map(([year]) => String(year)));
  const numbers = items.filter(({ isBare, key, days }) => isBare && !key && !years.has(days.first));
  const fields = items.filter(({ kind }) => kind === "field");
  const unread = fields.length ? await (await import("./facets.js")).unread(fields, access, problems) : [];
  const said = problems.length ? numbers : [...numbers, ...unread]; // what could not be read says nothing either way
  return said.map(({ text, kind }) => [text, kind === "field" ? "unread" : "number"]);
}
