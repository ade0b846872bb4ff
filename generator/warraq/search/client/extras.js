// @ts-check
// What a first query seldom needs, loaded on demand: operators, near spellings, completion, phrases, facets.
/** @import {Access, Facet, FacetValue, Filters, Found, Limits, List, Load, Passes, Query, Result, Row, Trouble} from "./types.js" */
import { family, fold, hash32, MOST_TERMS, STOP_WORDS, tokens } from "./analysis.js";
import { FACETS, gapLists, inflated, reader, SLOTS, text } from "./format.js";

/** What may be written before a colon: a facet's name or an Arabic one. */
const FIELDS = new Map(
  "outlet source المصدر مصدر,topic الموضوع موضوع,person الشخص شخص,place المكان مكان,story القصة قصة,year السنة سنة,from من,to إلى"
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

/**
 * Gives terms that the archive does not hold the lists of the two words they join («ديرالزور»), or of
 * words spelt nearly so; returns for each what was probably meant.
 * @param {Found[]} plan @param {Access} access @param {Trouble[]} troubles @param {number} weight
 */
export async function loosen(plan, access, troubles, weight) {
  /** @type {Map<string, string>} */
  const meant = new Map();
  for (const item of [...plan]) {
    const { term, lists } = item;
    if (lists.length || term.length < 5 || /^\d+$/.test(term)) continue; // a number near another is another
    const parts = await parted(term, access, troubles);
    if (parts.length) {
      plan.splice(plan.indexOf(item), 1, ...parts);
      meant.set(term, parts.map((part) => part.term).join(" "));
      continue;
    }
    const key = family(term);
    const held = await access.terms(hash32(key) % access.light, troubles);
    const relatives = (held?.families.get(key) ?? []).flatMap(({ words }) => words);
    const rows = await completions(term, access, troubles);
    for (const word of relatives) if (word) rows.push({ word, shown: word, weight: 1 });
    const best = nearest(term, rows.filter((row) => row.weight > 0));
    for (const { word } of best.slice(0, 3))
      for (const list of (await access.lookUp(word, troubles, false)).lists)
        if (!lists.some((known) => known.word === list.word))
          lists.push({ ...list, kind: "near", weight: list.weight * weight });
    if (best[0]) meant.set(term, best[0].shown);
  }
  return meant;
}

/** The two words that were written as one before an article, if both are known. @param {string} term @param {Access} access @param {Trouble[]} troubles @returns {Promise<Found[]>} */
async function parted(term, access, troubles) {
  const at = term.indexOf("ال", 2);
  if (at < 0 || term.length < at + 4) return [];
  const parts = await Promise.all([term.slice(0, at), term.slice(at)].map((part) => access.lookUp(part, troubles)));
  return parts.every(({ lists }) => lists.length) ? parts : [];
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

/** @param {string} term */
const stripped = (term) => (term.startsWith("ال") && term.length > 4 ? term.slice(2) : term);

/** Rows one letter away from `term`, two in a long word; first letters agree. @param {string} term @param {Row[]} rows */
export function nearest(term, rows) {
  const wanted = stripped(term);
  const most = wanted.length >= 9 ? 2 : 1;
  const held = letters(wanted);
  return rows
    .flatMap((row) => {
      const word = stripped(row.word);
      if (row.word[0] !== term[0] || word[0] !== wanted[0] || odd(letters(word) ^ held) > 2 * most) return [];
      const away = distance(wanted, word, most);
      return away <= most ? [{ ...row, away }] : [];
    })
    .sort((a, b) => a.away - b.away || b.weight - a.weight || (a.word < b.word ? -1 : 1));
}

/** A bit for each letter: two words that a letter's change parts differ in two at most. @param {string} word */
function letters(word) {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

/** How many bits are set. @param {number} bits */
function odd(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/** Letters to change, drop, add or swap; beyond `most` any larger number. @param {string} a @param {string} b @param {number} most */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i]; // only the cells that may hold `most` are reckoned
    let least = i;
    for (let j = Math.max(1, i - most), end = Math.min(b.length, i + most); j <= end; j++) {
      const change = (last[j - 1] ?? Infinity) + Number(a[i - 1] !== b[j - 1]);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : Infinity;
      const cell = Math.min((last[j] ?? Infinity) + 1, (row[j - 1] ?? Infinity) + 1, change, swapped);
      row[j] = cell;
      if (cell < least) least = cell;
    }
    if (least > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] ?? Infinity;
}

/** @param {string} term @param {Access} access @param {Trouble[]} troubles @returns {Promise<Row[]>} */
async function completions(term, access, troubles) {
  const start = term.startsWith("ال") && term.length > 3 ? term.slice(2) : term;
  const number = hash32(start.slice(0, 2)) % access.shards("c");
  const rows = await access.shard("c", number, (bytes) =>
    text(bytes).split("\n").map((line) => {
      const [word = "", shown, weight] = line.split("\t");
      return { word, shown: shown || word, weight: Number(weight ?? 0) };
    }), troubles);
  return [...(rows ?? [])];
}

/** @param {string} typed @param {number} limit @param {Access} access */
export async function completed(typed, limit, access) {
  const start = /\S*$/.exec(typed)?.[0] ?? "";
  const prefix = fold(start);
  if (prefix.length < 2 || prefix === "ال") return [];
  const before = typed.slice(0, typed.length - start.length);
  const rows = (await completions(prefix, access, [])).filter(
    ({ word }) => word.startsWith(prefix) || stripped(word).startsWith(stripped(prefix)));
  // names first (they have no weight), then the commonest words
  rows.sort((a, b) => Number(a.weight > 0) - Number(b.weight > 0) || b.weight - a.weight || a.word.length - b.word.length || (a.shown < b.shown ? -1 : 1));
  return [...new Set(rows.map(({ shown }) => before + shown))].slice(0, limit);
}

/**
 * `scores` less the articles without the quoted phrases, less those with excluded words or phrases.
 * A query of nothing but stop words in quotes leaves the scores as they are.
 * @param {Query} asked @param {Map<number, number>} scores @param {Access} access @param {Trouble[]} troubles
 */
export async function restricted(asked, scores, access, troubles) {
  for (const terms of asked.phrases) {
    if (!scores.size) break; // no need to read the positions of other phrases
    if (terms.every((term) => STOP_WORDS.has(term))) continue;
    const held = await phrase(terms, access, troubles);
    scores = new Map([...scores].filter(([article]) => held.has(article)));
  }
  for (const term of asked.not.filter((word) => !STOP_WORDS.has(word)))
    for (const { kind, articles } of (await access.lookUp(term, troubles)).lists)
      if (kind === "exact" || kind === "form") for (const article of articles) scores.delete(article);
  for (const terms of asked.notPhrases)
    for (const article of await phrase(terms, access, troubles)) scores.delete(article);
  return scores;
}

/** Articles in which the words follow one another; a stop word matches any. @param {string[]} terms @param {Access} access @param {Trouble[]} troubles */
async function phrase(terms, access, troubles) {
  /** @type {Map<number, Set<number>> | undefined} */
  let ends;
  let step = 1;
  for (const term of terms.slice(0, 12)) {
    if (STOP_WORDS.has(term)) {
      step++;
      continue;
    }
    /** @type {Map<number, Set<number>>} */
    const next = new Map();
    for (const list of (await access.lookUp(term, troubles)).lists) {
      if (list.kind === "plural") continue;
      const positions = await positionsOf(list, access, troubles);
      list.articles.forEach((article, at) => {
        const before = ends?.get(article);
        for (const position of ends && !before ? [] : (positions[at] ?? []))
          if (!before || before.has(position - step)) next.set(article, (next.get(article) ?? new Set()).add(position));
      });
    }
    ends = next;
    step = 1;
  }
  return new Set(ends?.keys());
}

/** @param {List} list @param {Access} access @param {Trouble[]} troubles */
async function positionsOf(list, access, troubles) {
  const all = access.shards("t");
  const held = access.shards("p");
  const number = Math.floor((list.shard * held) / all);
  const sections = await access.shard("p", number, (bytes) => {
    const { section, more } = reader(bytes);
    const found = [];
    while (more()) found.push(section());
    return Promise.all(found.map((packed) => (packed.length ? inflated(packed) : packed)));
  }, troubles);
  const bytes = sections?.[list.shard - Math.ceil((number * all) / held)];
  const postings = (await access.terms(list.shard, troubles))?.postings();
  const first = postings?.first;
  return bytes && first ? gapLists(bytes, first[list.index] ?? 0, first[list.index + 1] ?? 0) : [];
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Facet[]} */
function parseFacet(bytes) {
  const { section } = reader(bytes);
  /** @type {[string, string, number][]} */
  const table = JSON.parse(text(section()));
  const days = reader(section()).all();
  const slots = reader(section()).all();
  let at = 0;
  return table.map(([key, label, count]) => {
    const articles = [];
    for (let day = 0, end = at + count; at < end; at++)
      articles.push((day += days[at] ?? 0) * SLOTS + (slots[at] ?? 0));
    return { key, label, articles };
  });
}

/** @param {string} kind @param {Access} access @param {Trouble[]} troubles @returns {Promise<Facet[]>} */
async function facet(kind, access, troubles) {
  const numbers = Array.from({ length: access.shards(kind) }, (_, number) => number);
  return (await Promise.all(numbers.map((n) => access.shard(kind, n, parseFacet, troubles)))).flatMap((part) => part ?? []);
}

/** Keys that a reader's words name. @param {string} kind @param {string[]} values @param {Access} access @param {Trouble[]} troubles */
export async function keysOf(kind, values, access, troubles) {
  const known = await facet(kind, access, troubles);
  return values.flatMap((value) => {
    const terms = tokens(value).map(({ term }) => term);
    const fits = known.filter(({ key, label }) => {
      if (!key) return false;
      const words = new Set(tokens(label).map(({ term }) => term));
      return key === value || (terms.length && terms.every((term) => words.has(term) || words.has(`ال${term}`)));
    });
    return fits.length ? fits.map(({ key }) => key) : [value];
  });
}

/**
 * Articles of each filter's values, and whether an article passes every filter `but` one.
 * @param {Query} asked @param {Filters} filters @param {Access} access @param {Trouble[]} troubles @returns {Promise<Limits>}
 */
export async function filtering(asked, filters, access, troubles) {
  /** @type {Map<string, Set<number>>} */
  const sets = new Map();
  const values = (/** @type {string} */ kind) =>
    asked.fields.filter((field) => field.kind === kind).map(({ value }) => value);
  for (const kind of FACETS) {
    const keys = [filters[kind] ?? []].flat().map(String);
    const named = values(kind);
    if (!keys.length && !named.length) continue;
    if (named.length) keys.push(...(await keysOf(kind, named, access, troubles)));
    const held = new Set();
    for (const number of new Set(keys.map((key) => hash32(key) % access.shards(kind))))
      for (const { key, articles } of (await access.shard(kind, number, parseFacet, troubles)) ?? [])
        if (keys.includes(key)) for (const article of articles) held.add(article);
    sets.set(kind, held);
  }
  const years = new Set([...[filters.year ?? []].flat(), ...values("year")].flatMap(yearsOf));
  const from = dayNumber(filters.from || values("from")[0], 0, 0);
  const to = dayNumber(filters.to || values("to")[0], 12, 31) || Infinity;
  /** @type {Passes} */
  const passes = (article, but) => {
    const day = Math.floor(article / SLOTS);
    if (but !== "year" && years.size && !years.has(Math.floor(day / 416))) return false;
    if ((from || to < Infinity) && (!day || day < from || day > to)) return false;
    for (const [kind, held] of sets) if (kind !== but && !held.has(article)) return false;
    return true;
  };
  return { sets, passes };
}

/** The number of a day; `month` and `date` are the defaults. @param {string | undefined} day @param {number} month @param {number} date */
function dayNumber(day, month, date) {
  const [, y, m, d] = /^(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?/.exec(String(day ?? "").split("-").map(fold).join("-")) ?? [];
  return y ? (Number(y) * 13 + Number(m ?? month)) * 32 + Number(d ?? date) : 0;
}

/** "2024" or "2020..2024". @param {string | number} value */
function yearsOf(value) {
  const [from = NaN, to = from] = String(value).split("..").map((part) => Number(fold(part) || NaN));
  return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 300) || 0 }, (_, n) => from + n);
}

/** Articles that filters alone ask for; without filters all. @param {Map<string, Set<number>> | undefined} sets @param {Access} access @param {Trouble[]} troubles */
export async function everything(sets, access, troubles) {
  const [fewest] = [...(sets?.values() ?? [])].sort((a, b) => a.size - b.size);
  const articles = fewest ? [...fewest] : (await facet("outlet", access, troubles)).flatMap((outlet) => outlet.articles);
  return new Map(articles.map((article) => [article, 0]));
}

/** The best article of each story, and how many more there are. @param {number[]} articles @param {Access} access @param {Trouble[]} troubles @returns {Promise<[number[], Map<number, number>]>} */
export async function grouped(articles, access, troubles) {
  const storyOf = new Map();
  for (const { key, articles: held } of await facet("story", access, troubles))
    for (const article of held) storyOf.set(article, key);
  const first = new Map();
  const more = new Map();
  const leaders = articles.filter((article) => {
    const story = storyOf.get(article) ?? article;
    const leader = first.get(story);
    if (leader !== undefined) more.set(leader, (more.get(leader) ?? 0) + 1);
    else first.set(story, article);
    return leader === undefined;
  });
  return [leaders, more];
}

/**
 * How many of the articles found have each value, every kind counted as if its own filter were off.
 * @param {number[]} articles @param {Passes} passes @param {Access} access @param {Trouble[]} troubles
 */
export async function counted(articles, passes, access, troubles) {
  /** @type {Record<string, FacetValue[]>} */
  const facets = {};
  for (const kind of FACETS) {
    const held = new Set(articles.filter((article) => passes(article, kind)));
    facets[kind] = (await facet(kind, access, troubles))
      .map(({ key, label, articles: all }) => ({ value: key, label, count: all.filter((a) => held.has(a)).length }))
      .filter(({ value, count }) => value && count)
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  }
  const years = new Map();
  for (const article of articles) {
    const year = String(Math.floor(article / SLOTS / 416));
    if (passes(article, "year")) years.set(year, (years.get(year) ?? 0) + 1);
  }
  facets["year"] = [...years].sort().map(([value, count]) => ({ value, label: value, count }));
  return facets;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0" };

/** Loads an article's text from its page, for a site without article.json. @param {Load} load @returns {Load} */
export const fromPages = (load) => async (url, isFresh) => {
  if (!url.endsWith("/article.json")) return load(url, isFresh);
  const page = new TextDecoder().decode(await load(url.slice(0, -"article.json".length), isFresh));
  return new TextEncoder().encode(JSON.stringify({ text: textOfPage(page) })).buffer;
};

/** What the page's body holds, with the elements within it. @param {string} html */
function bodyOf(html) {
  const start = /<div class="body"[^>]*>/.exec(html);
  if (!start) return "";
  const from = start.index + start[0].length;
  let depth = 1;
  for (const tag of html.slice(from).matchAll(/<(\/?)div\b[^>]*>/g))
    if ((depth += tag[1] ? -1 : 1) === 0) return html.slice(from, from + tag.index);
  return html.slice(from);
}

/** The text of an article as its page shows it, "" for a page that shows none: as `text_of` makes it. @param {string} html */
export function textOfPage(html) {
  const [body = ""] = bodyOf(html).split('<div class="footnote">');
  return body
    .replace(/<p><a href="([^"]*)">\1<\/a><\/p>|<a class="embed-[^>]*>[^]*?<\/a>|<sup id="fnref[^"]*">[^]*?<\/sup>/g, "")
    .replace(/\n/g, " ")
    .replace(/<\/(?:p|li|h[2-6]|blockquote|pre|tr|div|figcaption|d[td])>|<[bh]r>/g, "\n")
    .replace(/<\/t[dh]>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replace(/&(?:#(\d+)|([a-z]+));/g, (all, code, name) =>
      code ? String.fromCodePoint(Math.min(code, 0x10ffff)) : (ENTITIES[/** @type {"amp"} */ (name)] ?? all))
    .split("\n").map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n");
}
