// @ts-check
// What a reader may have meant or may go on to type: near spellings, names parted or joined otherwise,
// completions. Loaded for a query with a word that is not known, or with few answers.
/** @import {Access, Completion, Found, List, Related, Result, Row, Suggestion, Trouble} from "./types.js" */
import { family, fold, hash32, isArabic, STOP_WORDS, tokens, tribe } from "./analysis.js";
import { text } from "./format.js";
import { isDistant, WEIGHTS } from "./ranking.js";
import { nearest, starts, stripped, usualIn } from "./spelling.js";

const MOST_FILES = 12; // of the index that are asked for beside those of the words themselves
const RARE = 3; // articles that may hold a misspelling
const RARER = 3; // doublings from a misspelling to what was meant
const CLOSE = 0.6; // cost of changes; what is meant by a word that the archive has, or whatever else may be meant
const FAR = 1; // from here on it is looked for in more places
const FURTHER = 0.4; // what changes may cost beyond the usual where nothing else is found: offered, not searched for
const SHORTEST = 3;
const MOST_WAYS = 3; // to read a word that are searched for
const MOST_PLACES = 4; // to part a word that are tried
const MOST_PAIRS = 5;
const MOST_WORDS = 5; // of a query that are read otherwise
const IMPACT = 6; // of two words in the place of one: as of a word met once in a usual text

/** What was meant beside what was typed. `meant`: the likeliest spelling of terms, as shown.
 * @typedef {{meant: Map<string, string>, understood: Related[], offers: Omit<Suggestion, "count">[], isChanged: boolean}} Loosened
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
    for (const { term } of plan) this.#asked.add(`t${this.#shardOf(term)}`);
  }

  /** @param {string} term */
  #shardOf(term) {
    return hash32(tribe(family(term))) % this.access.light;
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
    if (!this.#allows(`t${this.#shardOf(term)}`)) return [];
    return (await this.access.lookUp(term, this.troubles)).lists.filter((list) => !isDistant(list));
  }

  /** The words of the term shard of `term`. @param {string} term @returns {Promise<Row[]>} */
  async neighbours(term) {
    const held = await this.access.terms(this.#shardOf(term), this.troubles);
    if (!held) return [];
    const { first } = held.postings();
    return [...held.families.values()].flat().flatMap(({ words, first: start, isHeavy }) =>
      words.filter(Boolean).map((word, at) => {
        const articles = (first[start + at + 1] ?? 0) - (first[start + at] ?? 0);
        return { word, shown: word, weight: isHeavy ? 10 : bitLength(articles) };
      }));
  }

  /** The words that begin with the same two letters. @param {string} start @returns {Promise<Row[]>} */
  async words(start) {
    const number = completionShard(start, this.access);
    return this.#allows(`c${number}`) ? (await completions(number, this.access, this.troubles)).filter(({ weight }) => weight > 0) : [];
  }
}

/**
 * Gives the words of `plan` that the archive does not hold, or all but not, what was probably meant by
 * them: the two words they join («ديرالزور»), what a last word goes on with, words spelt nearly so. Two
 * words may be one («نيو يورك»). Words in `literal` stay as they are.
 * @param {string} typed @param {Found[]} plan @param {string[]} literal @param {Access} access @param {Trouble[]} troubles
 * @returns {Promise<Loosened>}
 */
export async function loosen(typed, plan, literal, access, troubles) {
  const files = new Files(access, troubles, plan);
  /** @type {Loosened} */
  const loosened = { meant: new Map(), understood: [], offers: [], isChanged: false };
  const said = tokens(typed);
  await join(said.map(({ term }) => term), plan, files, loosened);
  const strange = plan.filter(({ lists }) => lists.every(({ kind }) => kind === "root"));
  const rare = plan.filter((item) => !strange.includes(item));
  for (const item of [...strange, ...rare].slice(0, MOST_WORDS)) {
    const place = said.find(({ term }) => term === item.term);
    const written = place ? typed.slice(place.start, place.end) : "";
    if (/\d/.test(item.term) || literal.includes(written)) continue; // a number near another is another
    await reread(item, typed, place, plan, files, loosened);
  }
  return loosened;
}

/** @param {Found} item @param {string} typed @param {{start: number, end: number} | undefined} place @param {Found[]} plan @param {Files} files @param {Loosened} loosened */
async function reread(item, typed, place, plan, files, loosened) {
  const { term, lists } = item;
  const times = new Set(lists.filter((list) => !isDistant(list)).flatMap(({ articles }) => [...articles.subarray(0, RARE + 1)])).size;
  const isUnknown = lists.every(({ kind }) => kind === "root");
  if (!isUnknown && times > RARE) return;
  if (isUnknown && !isArabic(term) && (await transliterate(item, files, loosened))) return;
  if (term.length < SHORTEST) return;
  const [words, neighbours] = await Promise.all([files.words(term), files.neighbours(term)]);
  if (await part(item, isUnknown, words, plan, files, loosened)) return;

  const isWritten = lists.some(({ kind }) => kind === "exact" || kind === "joined"); // else it was taken for a form of another
  const least = isUnknown ? 1 : bitLength(times) + (isWritten ? RARER : 1);
  const isNew = (/** @type {Row} */ { word, weight }) => weight >= least && !lists.some((list) => list.word === word && list.kind !== "root");
  const usual = usualIn(files.access.root.documents);
  let rows = [...words, ...neighbours];
  let near = nearest(term, rows.filter(isNew), usual);
  if (isUnknown && (near[0]?.away ?? Infinity) > FAR) {
    rows = rows.concat(...(await Promise.all(starts(term).map((start) => files.words(start)))));
    near = nearest(term, rows, usual);
  }
  const away = near[0]?.away ?? Infinity;
  const longest = place?.end === typed.length ? completing(term, words.filter(isNew), usual) : [];
  const isClose = away <= CLOSE && (near[0]?.weight ?? 0) >= (longest[0]?.weight ?? 0);
  const longer = isWritten || isClose ? [] : longest; // «روما» is no half of «رومانيا» where it stands
  const ways = longer.length ? longer : near.filter((row) => row.away <= Math.min(away + CLOSE / 2, isUnknown || term.length > 6 ? Infinity : CLOSE));

  /** @param {Suggestion["kind"]} kind @param {string} shown */
  const offer = (kind, shown) => {
    if (!place || (plan.length > 1 && isUnknown)) return;
    const query = typed.slice(0, place.start) + shown + typed.slice(place.end);
    if (loosened.offers.every((known) => known.query !== query))
      loosened.offers.push({ kind, query, label: query });
  };
  const [best] = ways;
  for (const { word, shown } of ways.slice(0, MOST_WAYS)) {
    const isMore = add(lists, await files.lists(word));
    loosened.isChanged ||= isMore;
    if (isMore && (longer.length || isWritten || shown !== best?.shown)) offer(longer.length ? "completion" : "spelling", shown);
  }
  if (isWritten && !isClose) for (const { shown } of longest.slice(0, MOST_WAYS)) offer("completion", shown);
  if (longer.length && place && best)
    loosened.understood.push({ kind: "completed", mode: "raise", text: typed.slice(place.start), start: place.start, end: typed.length, label: best.shown });
  else if (best && !isWritten) loosened.meant.set(term, best.shown);
  else if (isUnknown && !(await transliterate(item, files, loosened)) && term.length > 4)
    for (const { shown } of nearest(term, rows, usual, FURTHER).slice(0, MOST_WAYS)) offer("spelling", shown);
}

/** What a word may go on as, the commonest first. @param {string} term @param {Row[]} rows @param {number} usual */
const completing = (term, rows, usual) =>
  rows
    .filter(({ word, weight }) => stripped(word).startsWith(stripped(term)) && stripped(word).length > stripped(term).length + (weight < usual ? 1 : 0))
    .sort((a, b) => b.weight - a.weight || Number(b.word.startsWith(term)) - Number(a.word.startsWith(term)) || a.word.length - b.word.length || (a.word < b.word ? -1 : 1));

/** Reads a word as the two that it joins, if it does. @param {Found} item @param {boolean} isUnknown @param {Row[]} words @param {Found[]} plan @param {Files} files @param {Loosened} loosened */
async function part(item, isUnknown, words, plan, files, loosened) {
  const parts = await parted(item.term, words, files);
  if (!parts) return false;
  const name = parts.items.map(({ term }) => term).join(" ");
  if (isUnknown) {
    plan.splice(plan.indexOf(item), 1, ...parts.items.filter(({ lists }) => lists.length));
    loosened.meant.set(item.term, name);
  } else item.lists.push(asOne(name, parts.articles));
  return (loosened.isChanged = true);
}

/** Lets `lists` have those of another word; whether any is new. @param {List[]} lists @param {List[]} more */
function add(lists, more) {
  const found = more.filter(({ word }) => !lists.some((known) => known.word === word && known.kind !== "root"));
  for (const list of found) lists.push({ ...list, kind: "near", weight: list.weight * WEIGHTS.near });
  return found.length > 0;
}

/** Gives a word of one script those of the other that write it; whether there are any. @param {Found} item @param {Files} files @param {Loosened} loosened */
async function transliterate({ term, lists }, files, loosened) {
  if (!isArabic(term) && !files.take(MOST_WAYS)) return false;
  const { transliterations } = await import("./transliteration.js");
  const { access, troubles } = files;
  const written = await transliterations(term, access, troubles, (start) => files.words(start));
  for (const word of written)
    for (const list of (await access.lookUp(word, troubles)).lists)
      lists.push({ ...list, kind: "spelling", weight: list.weight * WEIGHTS.spelling });
  if (!written[0]) return false;
  loosened.meant.set(term, written[0]);
  return (loosened.isChanged = true);
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

/** The articles in whose title or lead a word of the second lists follows one of the first. @param {List[]} first @param {List[]} second */
function sideBySide(first, second) {
  const exact = (/** @type {List[]} */ lists) => lists.filter(({ kind }) => kind === "exact");
  /** @type {Map<number, number[]>} */
  const places = new Map();
  for (const { articles, heads } of exact(first)) heads().forEach((positions, at) => positions && places.set(articles[at] ?? 0, positions));
  const found = exact(second).flatMap(({ articles, heads }) =>
    heads().flatMap((positions, at) => {
      const before = places.get(articles[at] ?? 0);
      return before && positions?.some((position) => before.includes(position - 1)) ? [articles[at] ?? 0] : [];
    }));
  return found.sort((a, b) => a - b);
}

/** Articles that count as holding a word. @param {string} word @param {number[]} articles @returns {List} */
function asOne(word, articles) {
  const impacts = new Uint8Array(articles.length).fill(IMPACT);
  return { word, kind: "spelling", weight: WEIGHTS.spelling, articles: Float64Array.from(articles), impacts, heads: () => [], shard: -1, index: -1 };
}

/** Lets two words side by side have the articles that write them as one. @param {string[]} terms @param {Found[]} plan @param {Files} files @param {Loosened} loosened */
async function join(terms, plan, files, loosened) {
  const pairs = terms.slice(1).map((second, at) => [terms[at] ?? "", second]);
  for (const [first = "", second = ""] of pairs.slice(0, MOST_PAIRS)) {
    const items = plan.filter(({ term }) => term === first || term === second);
    if (items.length < 2 || /\d/.test(first + second)) continue;
    for (const list of await files.lists(first + second))
      if (list.kind === "exact" || list.kind === "joined") {
        for (const { lists } of items) lists.push({ ...list, kind: "spelling", weight: list.weight * WEIGHTS.spelling });
        loosened.isChanged = true;
      }
  }
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

/** @param {number} count */
const bitLength = (count) => (count ? 32 - Math.clz32(count) : 0);

/** The shard of the completions of a word. @param {string} start @param {Access} access */
const completionShard = (start, access) =>
  hash32((start.startsWith("ال") && start.length > 3 ? start.slice(2) : start).slice(0, 2)) % access.shards("c");

/** @param {number} number @param {Access} access @param {Trouble[]} troubles @returns {Promise<Row[]>} */
async function completions(number, access, troubles) {
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
  const rows = (await completions(completionShard(prefix, access), access, [])).filter(
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
