// @ts-check
// What a reader may have meant: near spellings, names parted or joined otherwise, half a word. Loaded for
// a query with a word that is not known, or with few answers.
/** @import {Access, Found, List, Plan, Related, Result, Row, Suggestion, Trouble} from "./types.js" */
import { fold, isArabic, STOP_WORDS, tokens, unprefixed } from "./analysis.js";
import { completions, completionShard } from "./completions.js";
import { answeringAs, bitLength, following, madeList, rowsOf, usualImpacts } from "./lists.js";
import { hitsOf, isDistant, LEVEL, placesIn } from "./ranking.js";
import { nearest, starts, stripped, usualIn } from "./spelling.js";

const MOST_FILES = 12; // of the index that are asked for beside those of the words themselves
const RARE = 3; // articles that may hold a misspelling
const RARER = 3; // doublings from a misspelling to what was meant
const CLOSE = 0.6; // cost of changes; what is meant by a word that the archive has, or whatever else may be meant
const FAR = 1; // from here on it is looked for in more places
const FURTHER = 0.4; // what changes may cost beyond the usual where nothing else is found: offered, not searched for
const [SHORTEST, LONG] = [3, 5]; // letters of a word that is read otherwise, and for which far spellings are offered
const MOST_WAYS = 3; // to read a word that are searched for
const LESS_LIKELY = 0.05; // what a guess counts of the one before it
const MOST_PLACES = 4; // to part a word that are tried
const MOST_PAIRS = 5;
const MOST_WORDS = 5; // of a query that are read otherwise

/**
 * One word read otherwise: the words in its place, what it is taken for, what it goes on as, other words for it.
 * @typedef {{items: Found[], meant?: string, completed?: string, offers?: Offer[]}} Reading
 * @typedef {{kind: Suggestion["kind"], shown: string}} Offer
 * @typedef {{term: string, start: number, end: number}} Token
 */

/** The files read for one answer: not more than MOST_FILES beside those read anyway. */
class Files {
  #left = MOST_FILES;
  /** @type {Set<string>} */
  #asked = new Set();

  /** @param {Access} access @param {Trouble[]} troubles @param {Found[]} plan */
  constructor(access, troubles, plan) {
    this.access = access;
    this.troubles = troubles;
    for (const { term } of plan) this.#asked.add(`t${access.termShard(term)}`);
  }

  /** Whether so many files more may be read. @param {number} count */
  take(count) {
    this.#left -= count;
    return this.#left >= 0;
  }

  /** @param {string} file */
  #allows(file) {
    if (this.#asked.has(file)) return true;
    this.#asked.add(file);
    return this.take(1);
  }

  /** What has `term` itself, in any form. @param {string} term @returns {Promise<List[]>} */
  async lists(term) {
    if (!this.#allows(`t${this.access.termShard(term)}`)) return [];
    return (await this.access.lookUp(term, this.troubles)).lists.filter((list) => !isDistant(list));
  }

  /** The words of the term shard of `term`. @param {string} term @returns {Promise<Row[]>} */
  async neighbours(term) {
    const held = await this.access.terms(this.access.termShard(term), this.troubles);
    return held ? rowsOf(held) : [];
  }

  /** The words that begin with the same two letters. @param {string} start @returns {Promise<Row[]>} */
  async words(start) {
    if (!this.#allows(`c${completionShard(start, this.access)}`)) return [];
    return (await completions(start, this.access, this.troubles)).filter(({ weight }) => weight > 0);
  }

  /** A folded word as articles write it. @param {string} word */
  async written(word) {
    return (await this.words(word)).find((row) => row.word === word)?.shown ?? word;
  }
}

/**
 * What was asked, with the words that the archive does not hold, or all but not, read as what was probably meant by
 * them: the two words they join («ديرالزور»), what a last word goes on with, words spelt nearly so. Two
 * words may be one («نيو يورك»). What was taken back stays as it is.
 * @param {Plan} asked @param {Access} access @param {Trouble[]} troubles @returns {Promise<Plan>}
 */
export async function loosened(asked, access, troubles) {
  const { typed, plan, literal } = asked;
  const files = new Files(access, troubles, plan);
  const said = tokens(typed);
  const placeOf = (/** @type {Found} */ item) => said.find(({ term }) => term === item.term);
  const joined = await joinedWords(said.map(({ term }) => term), plan, files);
  const wider = plan.map((item) => ({ ...item, lists: [...item.lists, ...(joined.get(item.term) ?? [])] }));
  const doubtful = wider.filter((item, at) => {
    const place = placeOf(item);
    const isTakenBack = place && literal.includes(typed.slice(place.start, place.end));
    return !/\d/.test(item.term) && !isTakenBack && !joined.has(item.term) && !isBeside(plan, at); // a number near another is another
  });
  const [strange, rare] = [doubtful.filter(isUnknown), doubtful.filter((item) => !isUnknown(item))];
  /** @type {Map<Found, Reading>} */
  const readings = new Map();
  for (const item of [...strange, ...rare].slice(0, MOST_WORDS)) {
    const reading = await readOtherwise(item, placeOf(item)?.end === typed.length, files);
    if (reading) readings.set(item, reading);
  }
  const { meant, understood, offers } = toldOf(readings, typed, said, plan.length);
  const told = { ...asked, meant, understood: [...asked.understood, ...understood], offers };
  if (!joined.size && [...readings].every(([item, { items }]) => items[0] === item)) return told;
  const read = wider.flatMap((item) => readings.get(item)?.items ?? item);
  return { ...told, plan: read, hits: hitsOf(read, access.root.documents) };
}

/** What is said of the readings, and offered. @param {Map<Found, Reading>} readings @param {string} typed @param {Token[]} said @param {number} words */
function toldOf(readings, typed, said, words) {
  /** @type {Map<string, string>} */
  const meant = new Map();
  /** @type {Related[]} */
  const understood = [];
  /** @type {Plan["offers"]} */
  const offers = [];
  for (const [item, reading] of readings) {
    const place = said.find(({ term }) => term === item.term);
    if (reading.meant) meant.set(item.term, reading.meant);
    if (!place) continue;
    if (reading.completed)
      understood.push({ kind: "completed", mode: "raise", text: typed.slice(place.start), start: place.start, end: typed.length, label: reading.completed });
    if (words > 1 && isUnknown(item)) continue;
    for (const { kind, shown } of reading.offers ?? []) {
      const query = typed.slice(0, place.start) + shown + typed.slice(place.end);
      if (offers.every((known) => known.query !== query)) offers.push({ kind, query, label: query });
    }
  }
  return { meant, understood, offers };
}

/** @param {Found} item */
const isUnknown = ({ lists }) => lists.every(({ kind }) => kind === "root");

/** Whether a word of the query stands in an article beside the one before or after it: so no error. @param {Found[]} plan @param {number} at */
const isBeside = (plan, at) => {
  const pairs = [plan.slice(at, at + 2), at ? plan.slice(at - 1, at + 1) : []];
  return pairs.some(([first, second]) => first && second && sideBySide(first.lists, second.lists).length > 0);
};

/** @param {Found} item @param {boolean} isLast @param {Files} files @returns {Promise<Reading | undefined>} */
async function readOtherwise(item, isLast, files) {
  const { term, lists } = item;
  const times = countOf(lists.filter((list) => !isDistant(list)));
  const isStrange = isUnknown(item);
  if (!isStrange && times > RARE) return undefined;
  const foreign = isStrange && !isArabic(term) ? await inOtherScript(item, files) : undefined;
  if (foreign || term.length < SHORTEST) return foreign;
  const [words, neighbours] = await Promise.all([files.words(term), files.neighbours(term)]);
  const parts = await parted(term, words, files);
  if (parts) {
    const shown = (await Promise.all(parts.items.map((part) => files.written(part.term)))).join(" ");
    const list = madeList(parts.items.map((part) => part.term).join(" "), "spelling", usualImpacts(parts.articles));
    return isStrange ? { items: parts.items.filter((part) => part.lists.length), meant: shown } : { items: [{ ...item, lists: [...lists, list] }] };
  }

  const isWritten = lists.some(({ kind }) => kind === "exact" || kind === "joined"); // else it was taken for a form of another
  const least = isStrange ? 1 : bitLength(times) + (isWritten ? RARER : 1);
  const known = new Set(lists.flatMap(({ word, kind }) => (kind === "root" ? [] : [word, ...unprefixed(word)])));
  const isNew = (/** @type {Row} */ { word, weight }) => weight >= least && ![word, ...unprefixed(word)].some((bare) => known.has(bare));
  const usual = usualIn(files.access.root.documents);
  let rows = [...words, ...neighbours];
  let near = nearest(term, rows.filter(isNew), usual);
  if (isStrange && (near[0]?.away ?? Infinity) > FAR) {
    rows = rows.concat(...(await Promise.all(starts(term).map((start) => files.words(start)))));
    near = nearest(term, rows, usual);
  }
  const away = near[0]?.away ?? Infinity;
  const longest = isLast ? completing(term, words.filter(isNew), usual) : [];
  const isClose = away <= CLOSE && (near[0]?.weight ?? 0) >= (longest[0]?.weight ?? 0);
  const longer = isWritten || isClose ? [] : longest; // «روما» is no half of «رومانيا» where it stands
  const ways = longer.length ? longer : near.filter((row) => row.away <= Math.min(away + CLOSE / 2, isStrange || term.length > 6 ? Infinity : CLOSE));
  const guesses = await Promise.all(ways.slice(0, MOST_WAYS).map(async (row) => {
    const as = { ...row, shown: await files.written(row.word) };
    return { shown: (longer.length ? as : nearest(term, [as], usual)[0] ?? row).shown, more: await files.lists(row.word) };
  }));
  const [best] = guesses;
  const kind = longer.length ? "completion" : "spelling";
  /** @type {Offer[]} */
  const offers = [];
  let found = lists;
  for (const [rank, { shown, more }] of guesses.entries()) {
    const further = more.filter(({ word }) => !found.some((known) => known.word === word && known.kind !== "root"));
    if (!further.length) continue;
    found = [...found, ...guessedAs(further, "near", longer.length ? 0 : rank)];
    if (longer.length || isWritten || shown !== best?.shown) offers.push({ kind, shown });
  }
  const items = [found === lists ? item : { ...item, lists: found }];
  if (isWritten && !isClose) for (const { shown } of longest.slice(0, MOST_WAYS)) offers.push({ kind: "completion", shown });
  if (longer.length && best) return { items, completed: best.shown, offers };
  if (best && !isWritten) return { items, meant: best.shown, offers };
  if (!isStrange) return { items, offers };
  const written = isArabic(term) ? await inOtherScript(item, files) : undefined;
  if (written || term.length < LONG) return written;
  return { items, offers: nearest(term, rows, usual, FURTHER).slice(0, MOST_WAYS).map(({ shown }) => ({ kind: "spelling", shown })) };
}

/** The lists of a guess: what is less likely comes behind all that is likelier, in a title too. @param {List[]} lists @param {List["kind"]} kind @param {number} rank */
const guessedAs = (lists, kind, rank) =>
  answeringAs(lists, kind).map((list) =>
    rank ? { ...list, weight: list.weight * LESS_LIKELY ** rank, impacts: list.impacts.map((impact) => impact & LEVEL) } : list);

/** What a word may go on as, the commonest first. @param {string} term @param {Row[]} rows @param {number} usual */
const completing = (term, rows, usual) =>
  rows
    .filter(({ word, weight }) => stripped(word).startsWith(stripped(term)) && stripped(word).length > stripped(term).length + (weight < usual ? 1 : 0))
    .sort((a, b) => b.weight - a.weight || Number(b.word.startsWith(term)) - Number(a.word.startsWith(term)) || a.word.length - b.word.length || (a.word < b.word ? -1 : 1));

/** How many articles have a word. @param {List[]} lists */
const countOf = (lists) => new Set(lists.flatMap(({ articles }) => [...articles])).size;

/** A word read as those of the other script that write it, if there are any. @param {Found} item @param {Files} files @returns {Promise<Reading | undefined>} */
async function inOtherScript(item, files) {
  if (!isArabic(item.term) && !files.take(MOST_WAYS)) return undefined;
  const { transliterations } = await import("./transliteration.js");
  const { access, troubles } = files;
  const words = await transliterations(item.term, access, troubles, (start) => files.words(start));
  const [best] = words;
  if (!best) return undefined;
  const found = await Promise.all(words.map((word) => access.lookUp(word, troubles)));
  const lists = found.flatMap((other, rank) => guessedAs(other.lists, "spelling", rank));
  return { items: [{ ...item, lists: [...item.lists, ...lists] }], meant: await files.written(best) };
}

/**
 * The two words that were written as one: those met side by side most often, else those before and
 * behind an article.
 * @param {string} term @param {Row[]} words those of the archive that begin like it @param {Files} files
 */
async function parted(term, words, files) {
  const lengths = words.map(({ word }) => word).filter((word) => term.startsWith(word)).map(({ length }) => length).sort((a, b) => b - a);
  for (let at = 2; at < 4; at++) if (STOP_WORDS.has(term.slice(0, at))) lengths.push(at);
  const article = term.indexOf("ال", 2);
  const isArticle = (/** @type {number} */ at) => at > 1 && at === article && at < term.length - 3;
  const places = [...new Set([...(isArticle(article) ? [article] : []), ...lengths])].filter((at) => at > 1 && at < term.length - 1);
  /** @type {{items: Found[], articles: number[]} | undefined} */
  let best;
  for (const at of places.slice(0, MOST_PLACES)) {
    const [first, second] = [term.slice(0, at), term.slice(at)];
    const isStop = STOP_WORDS.has(first); // which the index does not hold
    const behind = (await files.lists(second)).filter(isWhole);
    const before = behind.length && !isStop ? (await files.lists(first)).filter(isWhole) : [];
    const items = [{ term: first, lists: before, names: "" }, { term: second, lists: behind, names: "" }];
    const articles = sideBySide(before, behind);
    const isKnown = behind.length && (before.length || isStop);
    if (isKnown && (articles.length || isArticle(at)) && articles.length >= (best?.articles.length ?? 0)) best = { items, articles };
  }
  return best;
}

/** @param {List} list */
const isWhole = ({ kind }) => kind === "exact" || kind === "joined" || kind === "form";

/** The articles in whose title or lead a word of the second lists follows one of the first, as they are written. @param {List[]} first @param {List[]} second */
function sideBySide(first, second) {
  const places = (/** @type {List[]} */ lists) => placesIn(lists.filter(({ kind }) => kind === "exact"));
  return [...following(places(first), places(second), 1).keys()];
}

/** The articles that write two words side by side as one, by each of the two. @param {string[]} terms @param {Found[]} plan @param {Files} files */
async function joinedWords(terms, plan, files) {
  /** @type {Map<string, List[]>} */
  const found = new Map();
  const known = new Set(plan.map(({ term }) => term));
  const pairs = terms.slice(1).map((second, at) => [terms[at] ?? "", second]);
  for (const pair of pairs.slice(0, MOST_PAIRS)) {
    const joined = pair.join("");
    if (pair[0] === pair[1] || !pair.every((term) => known.has(term)) || /\d/.test(joined)) continue;
    const lists = (await files.lists(joined)).filter(({ kind }) => kind === "exact" || kind === "joined");
    if (lists.length) for (const term of pair) found.set(term, [...(found.get(term) ?? []), ...answeringAs(lists, "spelling")]);
  }
  return found;
}

/** `query` with what was meant, as the results write it. @param {string} query @param {Map<string, string>} meant @param {Result[]} results */
export function corrected(query, meant, results) {
  const seen = results.flatMap(({ title, excerpt }) => [title, excerpt.text]);
  const written = (/** @type {string} */ word) => {
    for (const source of seen) for (const { term, start, end } of tokens(source)) if (term === fold(word)) return source.slice(start, end);
    return word;
  };
  let text = "";
  let end = 0;
  for (const token of tokens(query)) {
    const word = meant.get(token.term);
    if (!word || token.start < end) continue; // a part of what was replaced
    text += query.slice(end, token.start) + word.replace(/\S+/g, written);
    end = token.end;
  }
  return text + query.slice(end);
}
