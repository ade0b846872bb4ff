// @ts-check
// Other questions that find something, for an answer that has little. Loaded for such a one.
/** @import {Access, Found, Passes, Suggestion, Trouble, Understood} from "./types.js" */
import { STOP_WORDS, tokens } from "./analysis.js";
import { SLOTS } from "./format.js";
import { bits } from "./spelling.js";

const MOST_WITHOUT = 3;
const MOST_DAYS = 3;
const MOST_TOPICS = 6;
const MOST_YEARS = 3;
const YEAR = 416; // days in the numbers of days
/** @param {number} number */
const two = (number) => String(number).padStart(2, "0");

/**
 * What to go on with: the query with a word left out, the days nearest to one that has nothing, and
 * topics and years where nothing was found at all.
 * @param {string} typed @param {Found[]} plan
 * @param {{isEmpty: boolean, passes: Passes, dates: Understood[]}} answer `dates` are those that leave nothing
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
export async function suggestionsFor(typed, plan, { isEmpty, passes, dates }, access, troubles) {
  const held = heldWords(plan, passes);
  const found = [...shorter(typed, plan, held), ...(await nearestDays(typed, plan, held, dates, access, troubles))];
  if (isEmpty) found.push(...(await topics(access, troubles)), ...years(access));
  return found;
}

/** Which words of `plan` each article that passes has, a bit for each. @param {Found[]} plan @param {Passes} passes */
function heldWords(plan, passes) {
  /** @type {Map<number, number>} */
  const held = new Map();
  plan.forEach(({ lists }, at) => {
    for (const { kind, articles } of lists)
      if (kind !== "root") for (const article of articles) held.set(article, (held.get(article) ?? 0) | (1 << at));
  });
  for (const article of held.keys()) if (!passes(article)) held.delete(article);
  return held;
}

/** The query less one word, or less as many as need be. @param {string} typed @param {Found[]} plan @param {Map<number, number>} held @returns {Suggestion[]} */
function shorter(typed, plan, held) {
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
  return sets
    .filter((words) => words && words !== all)
    .map((words) => ({ count: holding(words), query: without(typed, plan.filter((_, at) => !(words & (1 << at)))) }))
    .filter(({ count, query }) => count && query && query !== typed.trim())
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_WITHOUT)
    .map(({ count, query }) => ({ kind: "without", query, label: query, count }));
}

/** `typed` less some words. @param {string} typed @param {Found[]} left */
function without(typed, left) {
  const terms = new Set(left.map(({ term }) => term));
  return cut(typed, tokens(typed).filter(({ term }) => terms.has(term)), "");
}

/** @param {string} typed @param {{start: number, end: number}[]} ranges @param {string} instead */
function cut(typed, ranges, instead) {
  for (const { start, end } of [...ranges].sort((a, b) => b.start - a.start)) typed = typed.slice(0, start) + instead + typed.slice(end);
  return typed.replace(/\s+/g, " ").trim();
}

/**
 * The months, or days if one was asked for, nearest to a date that leaves nothing, of the articles that
 * hold the other words.
 * @param {string} typed @param {Found[]} plan @param {Map<number, number>} held @param {Understood[]} dates
 * @param {Access} access @param {Trouble[]} troubles @returns {Promise<Suggestion[]>}
 */
async function nearestDays(typed, plan, held, dates, access, troubles) {
  const [date] = dates.filter(({ days }) => days.first || days.last);
  if (!date) return [];
  const said = new Set(dates.flatMap(({ text }) => tokens(text).map(({ term }) => term)));
  const others = plan.map(({ term }) => !said.has(term));
  const wanted = others.reduce((sum, isOther, at) => sum | (isOther ? 1 << at : 0), 0);
  const isAlone = !others.some(Boolean);
  const articles = isAlone
    ? (await (await import("./facets.js")).everything(undefined, access, troubles)).keys()
    : [...held].filter(([, words]) => (words & wanted) === wanted).map(([article]) => article);
  const first = date.days.first || date.days.last;
  const last = date.days.last || first;
  const isDay = first.length > 7 && first === last;
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const article of articles) {
    const day = Math.floor(article / SLOTS);
    const [year, month, date] = [Math.floor(day / YEAR), Math.floor(day / 32) % 13, day % 32];
    if (!month || (isDay && !date)) continue;
    const name = `${year}-${two(month)}${isDay ? `-${two(date)}` : ""}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const away = (/** @type {string} */ name) => Math.max(0, before(name, first), before(last, name));
  return [...counts]
    .sort(([a], [b]) => away(a) - away(b) || (a < b ? 1 : -1))
    .slice(0, MOST_DAYS)
    .map(([label, count]) => ({ kind: isDay ? "day" : "month", query: cut(typed, [date], label), label, count }));
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
  const { facet } = await import("./facets.js");
  return (await facet("topic", access, troubles))
    .map(({ label, articles }) => ({ kind: /** @type {const} */ ("topic"), query: label, label, count: articles.length }))
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
