// @ts-check
// Other questions that find something, for an answer that has little. Loaded for such a one.
/** @import {Access, Found, Hit, Off, Options, Passes, Suggestion, Trouble, Understanding, Understood} from "./types.js" */
import { STOP_WORDS, tokens } from "./analysis.js";
import { two } from "./dates.js";
import { SLOTS } from "./format.js";
import { bits } from "./spelling.js";

const MOST_WITHOUT = 3;
const MOST_DAYS = 3;
const MOST_TOPICS = 6;
const MOST_YEARS = 3;
const YEAR = 416; // days in the numbers of days

/** What was asked, and what answers it. @typedef {{query: Understanding, off: Map<string, Off>, options: Options, hits: Map<number, Hit>, quotes: Understood["mode"] | undefined, passes: Passes, isEmpty: boolean}} Asked */

/**
 * What to go on with: the query with a word left out, the days nearest to one that has nothing, and
 * topics and years where nothing was found at all. Each is to be put with the same filters, and nothing taken back.
 * @param {string} typed @param {Found[]} plan @param {Asked} asked @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
export async function suggestionsFor(typed, plan, asked, access, troubles) {
  const held = heldWords(plan, asked);
  const found = [...(await shorter(typed, plan, held, asked)), ...(await nearestDays(typed, plan, held, asked, access, troubles))];
  const isFiltered = Object.values(asked.options.filters ?? {}).some((given) => given?.length);
  if (asked.isEmpty && !isFiltered) found.push(...(await topics(access, troubles)), ...years(access));
  return found;
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
  const { understood } = await import("./understand.js");
  return sets
    .filter((words) => words && words !== all && holding(words))
    .map((words) => ({ count: holding(words), query: without(typed, plan.filter((_, at) => !(words & (1 << at))), asked, understood) }))
    .filter(({ query }) => query && query !== typed.trim())
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_WITHOUT)
    .map(({ count, query }) => ({ kind: "without", query, label: query, count }));
}

/**
 * `typed` less some words and the signs that stand at them; "" if what is left would be read otherwise.
 * @param {string} typed @param {Found[]} left @param {Asked} asked @param {typeof import("./understand.js").understood} understood
 */
function without(typed, left, { query, off, quotes, options: { today } }, understood) {
  const terms = new Set(left.map(({ term }) => term));
  const unread = query.items.filter(({ key, off, value }) => key && off && tokens(value).every(({ term }) => terms.has(term)));
  const words = tokens(typed);
  const isLeft = words.map(({ term, start, end }) => terms.has(term) || unread.some((item) => item.start <= start && end <= item.end));
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
  rest = rest.trim().replace(/^(?:[^\p{L}\p{N}\s]+\s+)+|^[-−]+|[\s،؛,;:–—−-]+$/gu, "").replace(/\s+/g, " ").trim();
  const then = understood(rest, today, [...off].flatMap(([text, why]) => (why === "empty" ? [] : text)));
  const ways = [readings(query.items)];
  if (quotes === "raise") ways.push(readings(query.items.filter(({ kind }) => kind !== "phrase"))); // nothing has it
  const isSame = then.words.join() === query.words.filter((word) => !terms.has(word)).join() && ways.includes(readings(then.items));
  return isSame ? rest : "";
}

/** What operators, phrases and dates say. @param {Understood[]} items */
const readings = (items) =>
  JSON.stringify(items.flatMap(({ kind, mode, key, value, days, off }) => (off ? [] : [[kind, mode, key, value, days]])));

/**
 * The months, or days if one was asked for, nearest to a date that leaves nothing, of the articles that
 * hold the other words.
 * @param {string} typed @param {Found[]} plan @param {Map<number, number>} held @param {Asked} asked
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
async function nearestDays(typed, plan, held, asked, access, troubles) {
  const dates = asked.query.items.filter(({ kind, text, off }) => kind === "date" && (asked.off.get(text) === "empty" || (!off && asked.isEmpty)));
  const [date] = dates.filter(({ days }) => days.first || days.last);
  if (!date) return [];
  const said = new Set(dates.flatMap(({ text }) => tokens(text).map(({ term }) => term)));
  const others = plan.map(({ term }) => !said.has(term));
  const wanted = others.reduce((sum, isOther, at) => sum | (isOther ? 1 << at : 0), 0);
  const articles = others.some(Boolean)
    ? [...held].filter(([, words]) => (words & wanted) === wanted).map(([article]) => article)
    : await undated(asked, access, troubles);
  const first = date.days.first || date.days.last;
  const last = date.days.last || first;
  const isDay = first.length > 7 && first === last;
  /** @type {Map<string, number[]>} */
  const found = new Map();
  for (const article of articles) {
    const day = Math.floor(article / SLOTS);
    const [year, month, date] = [Math.floor(day / YEAR), Math.floor(day / 32) % 13, day % 32];
    if (!month || (isDay && !date)) continue;
    const name = `${year}-${two(month)}${isDay ? `-${two(date)}` : ""}`;
    found.set(name, [...(found.get(name) ?? []), article]);
  }
  const away = (/** @type {string} */ name) => Math.max(0, before(name, first), before(last, name));
  return [...found]
    .sort(([a], [b]) => away(a) - away(b) || (a < b ? 1 : -1))
    .slice(0, MOST_DAYS)
    .map(([label, articles]) => ({ kind: isDay ? "day" : "month", query: (typed.slice(0, date.start) + label + typed.slice(date.end)).replace(/\s+/g, " ").trim(), label, count: shownOf(articles) }));
}

/** What the query leaves if neither words nor dates are asked for. @param {Asked} asked @param {Access} access @param {Trouble[]} troubles */
async function undated({ query, options }, access, troubles) {
  const items = query.items.filter(({ kind, off }) => !off && kind !== "date");
  const all = await (await import("./facets.js")).everything(undefined, access, troubles);
  const { hits, limits } = await (await import("./selection.js")).selected(access, items, query.words, all, options, troubles);
  return [...hits.keys()].filter((article) => limits?.passes(article) ?? true);
}

/** How many articles are shown of these: copies only where there is nothing else. @param {number[]} articles */
const shownOf = (articles) => articles.filter((article) => !(article % 2)).length || articles.length;

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
  const { facet } = await import("./facets.js");
  return (await facet("topic", access, troubles))
    .map(({ label, articles }) => ({ kind: /** @type {const} */ ("topic"), query: label, label, count: shownOf(articles) }))
    .filter(({ label }) => tokens(label).some(({ term }) => !STOP_WORDS.has(term)))
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
