// @ts-check
// Other questions that find something, for an answer that has little. Loaded for such a one.
/** @import {Access, Answer, Found, Hit, Off, Options, Passes, Suggestion, Trouble, Understanding, Understood} from "./types.js" */
import { STOP_WORDS, tokens } from "./analysis.js";
import { SLOTS } from "./format.js";
import { isThin } from "./ranking.js";
import { bits } from "./spelling.js";

const MARKS = /["“”„‟″]/g;
const MOST_WITHOUT = 3;
const MOST_DAYS = 3;
const MOST_TOPICS = 6;
const MOST_YEARS = 3;
const YEAR = 416; // days in the numbers of days
const WEEK = 7; // days
// How what is offered is put: as its link does, but not for more than the number; only a first page has suggestions.
const COUNTED = { limit: 0, offset: 1, literal: [], facets: false, group: /** @type {const} */ ("") };
// What says nothing without the word before it.
const POINTING = /^(?:الماضي|المنصرم|الفا[ءي]ت|السابق|الجاري|الحالي|القادم|المقبل)ه?$/;

/**
 * What was asked, what answers it, `count` articles, and what else may have been meant. `ask` puts another
 * query, `parsed` tells how one is read.
 * @typedef {{query: Understanding, off: Map<string, Off>, options: Options, hits: Map<number, Hit>,
 *   quotes: Understood["mode"] | undefined, passes: Passes, count: number, offers: Offer[],
 *   ask: (query: string, options: Options) => Promise<{answer: Answer}>, parsed: typeof import("./search.js").parsed}} Asked
 * @typedef {Omit<Suggestion, "count">} Offer
 */

/**
 * What to go on with: what may have been meant, the query with a word left out, the days nearest to one that
 * has nothing, and topics and years where nothing was found at all. Each is to be put with the same filters,
 * and nothing taken back; it finds as many articles as it says.
 * @param {string} typed @param {Found[]} plan @param {Asked} asked @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
export async function suggestionsFor(typed, plan, asked, access, troubles) {
  const { offers, hits, passes, count, options: { filters = {} } } = asked;
  const held = heldWords(plan, asked);
  const found = await counted(offers, asked);
  if (isThin(hits, plan.length, passes)) found.push(...(await shorter(typed, plan, held, asked)));
  found.push(...(await nearestDays(typed, plan, held, asked, access, troubles)));
  const isFiltered = Object.values(filters).some((given) => given?.length);
  if (!count && !isFiltered) found.push(...(await topics(access, troubles)), ...years(access));
  return found;
}

/** Offers that find something, with how much. @param {Offer[]} offers @param {Asked} asked @returns {Promise<Suggestion[]>} */
async function counted(offers, { ask, options }) {
  const found = await Promise.all(offers.map(({ query }) => ask(query, { ...options, ...COUNTED })));
  return offers.map((offer, at) => ({ ...offer, count: found[at]?.answer.total ?? 0 })).filter(({ count }) => count);
}

/** Which words of `plan` each article that is left has, a bit for each. @param {Found[]} plan @param {Asked} asked */
function heldWords(plan, { hits, passes }) {
  /** @type {Map<number, number>} */
  const held = new Map();
  plan.forEach(({ lists }, at) => {
    for (const { kind, articles } of lists)
      if (kind !== "root") for (const article of articles) held.set(article, (held.get(article) ?? 0) | (1 << at));
  });
  for (const article of held.keys()) if (!hits.has(article) || !passes(article)) held.delete(article);
  return held;
}

/** The query less one word, or less as many as need be. @param {string} typed @param {Found[]} plan @param {Map<number, number>} held @param {Asked} asked @returns {Promise<Suggestion[]>} */
async function shorter(typed, plan, held, asked) {
  const all = (1 << plan.length) - 1;
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const words of held.values()) counts.set(words, (counts.get(words) ?? 0) + 1);
  const holding = (/** @type {number} */ words) => [...counts].reduce((sum, [has, count]) => sum + ((has & words) === words ? count : 0), 0);
  let sets = plan.map((_, at) => all & ~(1 << at));
  if (!sets.some(holding)) {
    const most = Math.max(0, ...[...counts.keys()].map(bits));
    sets = [...counts.keys()].filter((words) => bits(words) === most);
  }
  const likeliest = sets.filter((words) => words && words !== all && holding(words)).sort((a, b) => holding(b) - holding(a));
  const kept = likeliest.length || asked.count ? likeliest : [0]; // where no word finds anything, dates and fields
  const rests = await Promise.all(kept.map((words) => without(typed, plan.filter((_, at) => !(words & (1 << at))), asked)));
  const queries = [...new Set(rests)].filter((query) => query && query !== typed.trim()).slice(0, MOST_WITHOUT);
  const offers = await counted(queries.map((query) => ({ kind: "without", query, label: query })), asked);
  return offers.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
}

/**
 * `typed` less some words, what only leads or points to them and the signs that stand at them; "" if what
 * is left would be read otherwise.
 * @param {string} typed @param {Found[]} left @param {Asked} asked
 */
async function without(typed, left, asked) {
  const { query, off, quotes, options: { today }, parsed } = asked;
  const terms = new Set(left.map(({ term }) => term));
  const unread = query.items.filter(({ key, off, value }) => key && off && tokens(value).every(({ term }) => terms.has(term)));
  const words = tokens(typed).filter(isWhole);
  const isLeft = words.map(({ term, start, end }) => terms.has(term) || unread.some((item) => item.start <= start && end <= item.end));
  for (const { start, end } of emptied(asked)) {
    const held = words.flatMap((word, at) => (start <= word.start && word.end <= end ? [at] : [])); // a date less a word is another
    if (held.some((at) => isLeft[at])) for (const at of held) isLeft[at] = !!terms.add(words[at]?.term ?? "");
  }
  const isRead = words.map(({ start, end }) => query.items.some((item) => !item.off && item.start <= start && end <= item.end));
  const leads = (/** @type {number} */ at) => STOP_WORDS.has(words[at]?.term ?? "") && !isRead[at];
  words.forEach(({ term }, at) => (isLeft[at] ||= !!isLeft[at - 1] && POINTING.test(term) && !isRead[at]));
  for (let at = words.length - 1; at > 0; at--) if (isLeft[at] && leads(at - 1)) isLeft[at - 1] = true;
  for (let at = 1; isLeft[at - 1]; at++) isLeft[at] ||= leads(at);
  for (const { kind, start, end } of query.items) // a phrase less a word is none
    if (kind === "phrase" && words.some((word, at) => isLeft[at] && start < word.start && word.end < end))
      typed = `${typed.slice(0, start)} ${typed.slice(start + 1, end - 1)} ${typed.slice(end)}`;
  let rest = "";
  let end = 0; // of the last word
  words.forEach((word, at) => {
    const gap = typed.slice(end, word.start);
    rest += isLeft[at - 1] ? ` ${isLeft[at] ? "" : /\s[^]*$/.exec(gap) ?? ""}` : isLeft[at] ? /^[^]*\s/.exec(gap) ?? "" : gap;
    if (!isLeft[at]) rest += typed.slice(word.start, word.end);
    end = word.end;
  });
  const behind = typed.slice(end);
  rest += isLeft.at(-1) ? /\s[^]*$/.exec(behind) ?? "" : behind;
  rest = rest.trim().replace(/^(?:[^\p{L}\p{N}\s]+\s+)+|^[-−]+|(?:\s+[^\p{L}\p{N}\s]+)+$|[\s،؛,;:–—−-]+$/gu, "").replace(/\s+/g, " ").trim();
  if ((rest.match(MARKS)?.length ?? 0) % 2) rest = rest.replace(MARKS, "").trim(); // the other one went with a word
  const then = await parsed(rest, today, [...off].flatMap(([text, why]) => (why === "empty" ? [] : text)));
  const ways = [readings(query.items)];
  if (quotes === "raise") ways.push(readings(query.items.filter(({ kind }) => kind !== "phrase"))); // nothing has it
  const telling = (/** @type {string[]} */ said) => said.filter((word) => !terms.has(word) && !STOP_WORDS.has(word) && !POINTING.test(word)).join();
  const isSame = telling(then.words) === telling(query.words) && ways.includes(readings(then.items));
  const saysMore = then.items.some(({ off }) => !off) || telling(then.words);
  return isSame && saysMore ? rest : "";
}

/** Whether a word of a query is no part of another: the number of «F-16» is. @param {{start: number, end: number}} word @param {number} at @param {{start: number, end: number}[]} words */
const isWhole = ({ start, end }, at, words) => !words.slice(0, at).some((other) => other.start <= start && end <= other.end);

/** The dates that leave nothing. @param {Asked} asked */
const emptied = ({ query, off, count }) => query.items.filter((item) => item.kind === "date" && (off.get(item.text) === "empty" || (!item.off && !count)));

/** What operators, phrases and dates say. @param {Understood[]} items */
const readings = (items) =>
  JSON.stringify(items.flatMap(({ kind, mode, key, value, days, off }) => (off ? [] : [[kind, mode, key, value, days]])));

/**
 * The days nearest to a date that leaves nothing, or the months if it is longer than a week, of the
 * articles that hold the other words; and the newest.
 * @param {string} typed @param {Found[]} plan @param {Map<number, number>} held @param {Asked} asked
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
async function nearestDays(typed, plan, held, asked, access, troubles) {
  const dates = emptied(asked);
  const [date] = dates.filter(({ days }) => days.first || days.last);
  if (!date) return [];
  const { two } = await import("./dates.js");
  const said = new Set(dates.flatMap(({ text }) => tokens(text).map(({ term }) => term)));
  const others = plan.map(({ term }) => !said.has(term));
  const wanted = others.reduce((sum, isOther, at) => sum | (isOther ? 1 << at : 0), 0);
  const articles = others.some(Boolean)
    ? [...held].filter(([, words]) => (words & wanted) === wanted).map(([article]) => article)
    : await undated(asked, access, troubles);
  const first = date.days.first || date.days.last;
  const last = date.days.last || first;
  const isShort = first.length > 7 && before(first, last) < WEEK;
  /** @type {Set<string>} */
  const found = new Set();
  for (const article of articles) {
    const day = Math.floor(article / SLOTS);
    const [year, month, date] = [Math.floor(day / YEAR), Math.floor(day / 32) % 13, day % 32];
    if (month && (date || !isShort)) found.add(`${year}-${two(month)}${isShort ? `-${two(date)}` : ""}`);
  }
  const away = (/** @type {string} */ name) => Math.max(0, before(name, first), before(last, name));
  const ordered = [...found].sort((a, b) => away(a) - away(b) || (a < b ? 1 : -1));
  const newest = ordered.reduce((most, name) => (name > most ? name : most), "");
  const labels = new Set([...ordered.slice(0, MOST_DAYS), ...(newest ? [newest] : [])]);
  const put = (/** @type {string} */ label) => (typed.slice(0, date.start) + label + typed.slice(date.end)).replace(/\s+/g, " ").trim();
  return counted([...labels].map((label) => ({ kind: isShort ? "day" : "month", query: put(label), label })), asked);
}

/** What the query leaves if neither words nor dates are asked for. @param {Asked} asked @param {Access} access @param {Trouble[]} troubles */
async function undated({ query, options }, access, troubles) {
  const items = query.items.filter(({ kind, off }) => !off && kind !== "date");
  const all = await (await import("./facets.js")).everything([], access, troubles);
  const { hits, limits } = await (await import("./selection.js")).selected(access, items, query.words, all, options, troubles);
  return [...hits.keys()].filter((article) => limits?.passes(article) ?? true);
}

/** About how many days `a` is before `b`. @param {string} a @param {string} b */
function before(a, b) {
  const [from, to] = [a, b].map((name) => {
    const [year = 0, month = 1, day = 1] = name.split("-").map(Number);
    return year * 366 + month * 31 + day;
  });
  return (to ?? 0) - (from ?? 0);
}

/** The topics with most articles. @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>} */
async function topics(access, troubles) {
  const { facet, shownOf } = await import("./facets.js");
  return (await facet("topic", access, troubles))
    .map(({ key, label, articles }) => ({ kind: /** @type {const} */ ("topic"), query: "", filters: { topic: [key] }, label, count: shownOf(articles).length }))
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .slice(0, MOST_TOPICS);
}

/** The newest years. @param {Access} access @returns {Suggestion[]} */
const years = ({ root }) =>
  root.years
    .filter(([year]) => year)
    .sort(([a], [b]) => b - a)
    .slice(0, MOST_YEARS)
    .map(([year, count]) => ({ kind: "year", query: String(year), label: String(year), count }));
