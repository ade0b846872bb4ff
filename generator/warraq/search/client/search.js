// @ts-check
// The search engine, for browsers and Node 20.19 or newer. Formats: docs/search-format.md; types:
// types.d.ts. What it returns is text, to be set with textContent.
/** @import {Answer, Found, Group, Kind, List, Load, Mark, Marked, Options,
 *   Postings, Query, Result, Terms, Trouble, Why} from "./types.js" */
import { family, fold, forms, mixed, MOST_TERMS, placed, STOP_WORDS, tokens } from "./analysis.js";
import { gapLists, inflated, KINDS, reader, SLOTS, text, utf8 } from "./format.js";

const FORMAT = 1;
const EPOCH = 2020 * 416;
const MOST_QUERY = 600; // UTF-16 units of a query that are read
const STANDINGS = /** @type {const} */ (["", "corrected", "retracted"]);
const OPERATORS = /["«»“”:]|(?:^|\s)[-−]/;
const EXCERPT = 200; // UTF-16 units, about three lines
const WEIGHTS = { exact: 1, form: 0.35, spelling: 0.7, plural: 0.1, near: 0.3 };
const NEARNESS = 0.3;
const COVERAGE = 1.25;

/** There is no index, or not one of this format: `code` is "root-missing" or "root-damaged". */
export class SearchError extends Error {
  /** @param {"root-missing" | "root-damaged"} code @param {string} file */
  constructor(code, file) {
    super(`${code}: ${file}`);
    this.code = code;
    this.file = file;
  }
}

/** @type {Load} */
async function fetchBytes(url, anew = false) {
  if (url.startsWith("file:")) {
    // Node's fetch refuses files
    const { readFile } = await import("node:fs/promises");
    return new Uint8Array(await readFile(new URL(url))).buffer;
  }
  const response = await fetch(url, anew ? { cache: "no-cache" } : {});
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Terms} */
function parseTerms(bytes) {
  const { section } = reader(bytes);
  /** @type {Map<string, Group[]>} */
  const families = new Map();
  let first = 0;
  for (const line of text(section()).split("\n")) {
    const [stem, held = "", kin = "", apart] = line.split("|");
    const words = held.split(" ");
    const key = family(words[0] ?? "");
    const group = { stem: stem || (words[0] ?? ""), words, kin: kin.split(" "), first, apart: !!apart };
    if (held && !apart) first += words.length;
    families.set(key, [...(families.get(key) ?? []), group]);
  }
  const swaps = new Map();
  for (const line of text(section()).split("\n")) {
    const [word, other] = line.split("\t");
    if (other) swaps.set(word, [...(swaps.get(word) ?? []), other]);
  }
  /** @type {Postings | undefined} */
  let decoded;
  return { families, swaps, postings: () => (decoded ??= parsePostings(section, first)) };
}

/** @param {() => Uint8Array<ArrayBuffer>} section @param {number} words @returns {Postings} */
function parsePostings(section, words) {
  const frequency = reader(section()).all();
  const days = reader(section()).all();
  const slots = reader(section()).all();
  const levels = section();
  if (frequency.length !== words || days.length !== levels.length || slots.length !== levels.length)
    throw new RangeError("columns differ");
  const first = new Uint32Array(words + 1);
  const articles = new Float64Array(days.length);
  let at = 0;
  frequency.forEach((length, word) => {
    let day = 0;
    for (const end = at + length; at < end; at++) {
      const gap = days[at] ?? 0;
      if (at > (first[word] ?? 0)) day += gap;
      else day = gap ? EPOCH + (gap % 2 ? (gap - 1) / 2 : -gap / 2) : 0;
      articles[at] = day * SLOTS + (slots[at] ?? 0);
    }
    first[word + 1] = at;
  });
  const packed = section();
  /** @type {(number[] | undefined)[] | undefined} */
  let heads;
  return {
    articles, levels, first,
    heads: () => {
      if (heads) return heads;
      const lists = gapLists(packed, 0, Infinity).values();
      return (heads = Array.from(levels, (level) => (level & 128 ? lists.next().value : undefined)));
    },
  };
}

/** @typedef {{file: string, words: string, root: any}} Root its address, and as it was written */

/** @param {string} file @param {Load} load @param {boolean} [anew] @returns {Promise<Root | undefined>} */
async function rootAt(file, load, anew) {
  const bytes = await load(file, anew).catch(() => undefined);
  if (!bytes) return undefined;
  try {
    const words = utf8(new Uint8Array(bytes));
    const root = JSON.parse(words);
    if (root.format === FORMAT) return { file, words, root };
  } catch {
    // not JSON, or not ours
  }
  throw new SearchError("root-damaged", file);
}

/**
 * Opens the archive whose files lie under `baseURL`, the address of the site or of its search folder.
 * `load` may replace how bytes are had; for `trusted` milliseconds nobody asks whether there is a newer
 * index, unless a file is gone or a word not known. Rejects with a SearchError.
 * @param {string | URL} baseURL @param {{load?: Load, trusted?: number}} [io]
 */
export async function open(baseURL, { load = fetchBytes, trusted = 30_000 } = {}) {
  const given = new URL(baseURL, typeof document === "undefined" ? import.meta.url : document.baseURI);
  if (!given.pathname.endsWith("/")) given.pathname += "/";
  const folders = [given, new URL("search/", given)];
  if (!given.pathname.endsWith("/search/")) folders.reverse();
  for (const folder of folders) {
    const found = await rootAt(new URL("root.json", folder).href, load);
    if (found) return lasting(found, load, trusted);
  }
  throw new SearchError("root-missing", new URL("root.json", folders[0]).href);
}

/** An engine that outlives a publication. @param {Root} now @param {Load} load @param {number} trusted */
function lasting(now, load, trusted) {
  let engine = engineOf(now, load);
  let read = Date.now();
  const renew = async () => {
    const found = await rootAt(now.file, load, true).catch(() => undefined);
    if (found) read = Date.now();
    if (found && found.words !== now.words) engine = engineOf((now = found), load);
  };
  return {
    get documents() {
      return Number(now.root.documents);
    },
    /** [year, articles], 0 for the undated. */
    get years() {
      return /** @type {[number, number][]} */ (now.root.years);
    },
    /**
     * Finds articles. Never throws for what a reader types; rejects only when `signal` is aborted.
     * @param {string} query @param {Options} [options] @returns {Promise<Answer>}
     */
    async search(query, options) {
      const asked = engine;
      const renewing = Date.now() - read >= trusted && renew();
      const { answer, isSure } = await asked.search(query, options);
      await (isSure ? renewing : renewing || renew());
      return asked === engine ? answer : (await engine.search(query, options)).answer;
    },
    /** How what is typed may go on, the likeliest first. @param {string} typed @param {number} [limit] */
    complete: (typed, limit) => engine.complete(typed, limit),
    /** @param {Result} result @param {string} query */
    excerpt: (result, query) => engine.excerpt(result, query),
  };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Engine */

/** @param {Root} found @param {Load} load */
function engineOf({ file, root }, load) {
  const folder = new URL(".", file);
  const site = new URL("..", folder);
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  /** @type {Record<string, string>} */
  const names = {};
  for (const kind of ["t", "d", "p", "c", ...KINDS]) names[kind] = atob(root[kind]);
  const together = (/** @type {string} */ kind) => (kind === "d" ? root.run : 1); // files under one name
  const shards = (/** @type {string} */ kind) => ((names[kind] ?? "").length / 3) * together(kind);
  const light = shards("t") - root.heavy; // shards of families; those after them hold heavy groups
  const address = (/** @type {string} */ url) => new URL(url.replace(/^\/+/, ""), site).href;

  /** A parsed file; a failure is told and not kept.
   * @template T @param {string} file @param {(bytes: ArrayBuffer) => T | Promise<T>} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async function cached(file, parse, troubles) {
    /** @type {Trouble["code"]} */
    let code = "missing";
    let found = kept.get(file);
    if (!found) {
      found = load(new URL(file, folder).href).then((bytes) => ((code = "damaged"), parse(bytes)));
      kept.set(file, found);
      if (kept.size > 500) kept.delete(kept.keys().next().value ?? "");
    }
    try {
      return await found;
    } catch {
      kept.delete(file);
      if (!troubles.some((known) => known.file === file)) troubles.push({ code, file });
      return undefined;
    }
  }

  /** A file's contents; files of positions are inflated piece by piece, by who asks for them.
   * @template T @param {string} kind @param {number} number @param {(bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async function shard(kind, number, parse, troubles) {
    const at = Math.floor(number / together(kind)) * 3;
    const name = (names[kind] ?? "").slice(at, at + 3);
    if (!name || name === "\0\0\0") return undefined; // an empty shard has no file
    const hex = [...name].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return cached(`${kind}/${number}-${hex}.bin`, async (bytes) => parse(kind === "p" ? new Uint8Array(bytes) : await inflated(bytes)), troubles);
  }

  const parseAll = (/** @type {Uint8Array<ArrayBuffer>} */ bytes) => {
    const found = parseTerms(bytes);
    found.postings();
    return found;
  };
  const terms = (/** @type {number} */ number, /** @type {Trouble[]} */ troubles) =>
    shard("t", number, parseAll, troubles);

  /** Every word that may stand for `term`.
   * @param {string} term @param {Trouble[]} troubles @returns {Promise<Found>}
   */
  async function lookUp(term, troubles, follow = true) {
    const key = family(term);
    const number = placed(key) % light;
    const held = await terms(number, troubles);
    /** @type {List[]} */
    const lists = [];
    if (!held) return { term, lists };
    const add = async (/** @type {Group | undefined} */ group, /** @type {Kind} */ kind) => {
      let [from, unit] = [/** @type {Terms | undefined} */ (held), number];
      if (group?.apart) {
        unit = light + (placed(group.stem) % root.heavy);
        from = await terms(unit, troubles);
        group = from?.families.get(key)?.find(({ stem }) => stem === group?.stem);
      }
      group?.words.forEach((word, at) => {
        if (from) lists.push(listOf(from.postings(), word, group.first + at, unit, word === term ? "exact" : kind));
      });
    };
    const groups = held.families.get(key) ?? [];
    const group = groupOf(term, groups);
    await add(group, "form");
    const wanted = group ? [group.stem] : forms(term);
    for (const kin of groups)
      if (kin !== group && (group?.kin.includes(kin.stem) || wanted.some((form) => kin.kin.includes(form))))
        await add(kin, "plural");
    if (!follow) return { term, lists };
    const borrow = async (/** @type {string} */ other, /** @type {Kind} */ kind) => {
      for (const list of (await lookUp(other, troubles, false)).lists)
        if (!lists.some(({ word }) => word === list.word))
          lists.push({ ...list, kind, weight: list.weight * WEIGHTS[kind] });
    };
    for (const other of held.swaps.get(term) ?? []) await borrow(other, "spelling");
    return { term, lists };
  }

  /** @param {number[]} articles @param {Trouble[]} troubles */
  const recordsOf = (articles, troubles) =>
    Promise.all(
      articles.map(async (article) => {
        const day = Math.floor(article / SLOTS);
        const slot = article % SLOTS;
        const block = mixed(day * 31 + (slot >>> 1)) % shards("d");
        const rows = await shard("d", block, (bytes) => JSON.parse(text(bytes)), troubles);
        const row = rows?.[`${day}.${slot}`];
        if (!row) return [];
        const [id, url, title, source, lead, display, story, copyOf, standing = 0] = row;
        const what = { title, source, lead, display, story, copyOf, standing: STANDINGS[standing] ?? "" };
        return [{ article, id, url: url || `n/${id}/`, ...what, date: dateOf(day) }];
      }),
    ).then((found) => found.flat());

  /** @param {string} url @returns {Promise<string>} */
  async function textOf(url) {
    const parse = (/** @type {ArrayBuffer} */ bytes) => JSON.parse(utf8(new Uint8Array(bytes)));
    const found = await cached(new URL("article.json", address(url)).href, parse, []);
    return typeof found?.text === "string" ? found.text : "";
  }

  const access = { shards, shard, terms, lookUp, light };
  const extras = () => import("./extras.js");

  /** @param {string} typed @returns {Promise<Query>} */
  async function read(typed) {
    const query = typed.slice(0, MOST_QUERY);
    if (OPERATORS.test(query)) return (await extras()).parseQuery(query);
    return { words: tokens(query).map(({ term }) => term), phrases: [], not: [], notPhrases: [], fields: [] };
  }

  /** @param {string[]} list @param {Trouble[]} troubles */
  const found = (list, troubles) => Promise.all(list.map((term) => lookUp(term, troubles)));

  /**
   * The answer, and whether it is all there is: no file was missing, every word was known.
   * @param {string} query @param {Options} [options] @returns {Promise<{answer: Answer, isSure: boolean}>}
   */
  async function search(query, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance", filters = {}, signal } = options;
    /** @type {Trouble[]} */
    const problems = [];
    const asked = await read(String(query ?? ""));
    const wanted = wordsOf(asked);
    const plan = await found(wanted, problems);
    signal?.throwIfAborted();
    /** @type {Map<string, string>} */
    let spelt = new Map();
    const isKnown = plan.every(({ lists }) => lists.length);
    if (!isKnown) spelt = await (await extras()).loosen(plan, access, problems, WEIGHTS.near);
    let scores = scored(plan, root.documents);
    /** @type {Awaited<ReturnType<typeof import("./extras.js").filtering>> | undefined} */
    let limits;
    if (asked.fields.length || Object.values(filters).some((given) => given?.length))
      limits = await (await extras()).filtering(asked, filters, access, problems);
    const excluding = asked.not.length + asked.notPhrases.length;
    if (!wanted.length && (limits || excluding))
      scores = await (await extras()).everything(limits?.sets, access, problems);
    if (asked.phrases.length + excluding)
      scores = await (await extras()).restricted(asked, scores, access, problems);
    const passes = limits?.passes ?? (() => true);
    if (!options.copies && !limits?.sets.has("outlet")) dropCopies(scores);
    signal?.throwIfAborted();
    const ranked = [...scores].filter(([article]) => passes(article)).sort(ordering(sort));
    let articles = ranked.map(([article]) => article);
    /** @type {Map<number, number>} */
    let more = new Map();
    if (options.group === "story") [articles, more] = await (await extras()).grouped(articles, access, problems);
    const records = await recordsOf(articles.slice(offset, offset + limit), problems);
    signal?.throwIfAborted();
    const meant = new Set(plan.flatMap(({ lists }) => lists.map(({ word }) => word)));
    let fetched = options.fetched ?? 1;
    const results = await Promise.all(
      records.map(async ({ article, url, lead, display, ...shown }) => {
        let excerpt = excerptOf(lead, meant);
        if (!excerpt.marks.length && meant.size && display < 2 && fetched-- > 0) {
          const whole = await textOf(url);
          if (whole) excerpt = excerptOf(whole, meant);
        }
        return {
          ...shown, url: address(url), titleMarks: marksOf(shown.title, meant), excerpt,
          score: scores.get(article) ?? 0, more: more.get(article) ?? 0, why: whyOf(plan, article),
        };
      }),
    );
    signal?.throwIfAborted();
    const near = spelt.size > 0;
    const suggestion = near ? (await extras()).corrected(String(query), spelt, results) : "";
    /** @type {Answer} */
    const answer = { total: articles.length, relation: "eq", results, problems, near, suggestion, words: wanted };
    if (options.facets) answer.facets = await (await extras()).counted([...scores.keys()], passes, access, problems);
    if (problems.length) answer.relation = "gte";
    return { answer, isSure: isKnown && !problems.length };
  }

  return {
    search,
    /** @param {string} typed @param {number} [limit] @returns {Promise<string[]>} */
    complete: async (typed, limit = 8) => (await extras()).completed(String(typed ?? "").slice(-MOST_QUERY), limit, access),
    /** @param {Result} result @param {string} query @returns {Promise<Marked>} */
    async excerpt(result, query) {
      const plan = await found(wordsOf(await read(query)), []);
      const whole = await textOf(result.url);
      return whole ? excerptOf(whole, new Set(plan.flatMap(({ lists }) => lists.map(({ word }) => word)))) : result.excerpt;
    },
  };
}

/** @param {string[]} terms */
const meaningful = (terms) =>
  [...new Set(terms)].filter((term) => !STOP_WORDS.has(term)).slice(0, MOST_TERMS);

// Words that ask, and say nothing of what is asked for; «كم» is a kilometre too.
const ASKING = new Set(["متي", "كم", "لماذا", "كيف", "ماذا", "اين"]);

/** @param {Query} asked */
function wordsOf({ words, phrases }) {
  const told = meaningful([...words.filter((word) => !ASKING.has(word)), ...phrases.flat()]);
  return told.length ? told : meaningful(words);
}

/** @param {string} term @param {Group[]} groups */
function groupOf(term, groups) {
  const holding = groups.find(({ words }) => words.includes(term));
  if (holding) return holding;
  const ways = forms(term);
  for (const form of ways) {
    const group = groups.find(({ stem, words }) => stem === form || words.includes(form));
    if (group) return group;
  }
  // neither word alone, but both leave the same: مهاجرون, المهاجرين
  const shared = (/** @type {Group} */ { stem, words }) =>
    ways.some((way) => way.length > 3 && (stem.startsWith(way) || way.startsWith(stem)) && words.some((word) => forms(word).includes(way)));
  return groups.find(shared);
}

/** @param {Postings} postings @param {string} word @param {number} index @param {number} shard @param {Kind} kind @returns {List} */
function listOf(postings, word, index, shard, kind) {
  const low = postings.first[index] ?? 0;
  const high = postings.first[index + 1] ?? low;
  const articles = postings.articles.subarray(low, high);
  const levels = postings.levels.subarray(low, high);
  const heads = () => postings.heads().slice(low, high);
  return { word, kind, weight: WEIGHTS[kind], articles, levels, heads, shard, index };
}

/** Scores of all articles with one of the terms. @param {Found[]} plan @param {number} documents */
function scored(plan, documents) {
  /** @type {Map<number, number>} */
  const scores = new Map();
  /** @type {Map<number, number>} */
  const covered = new Map();
  const add = (/** @type {Map<number, number>} */ sums, /** @type {number} */ article, /** @type {number} */ value) =>
    sums.set(article, (sums.get(article) ?? 0) + value);
  const rarities = plan.map(({ lists }) => rarityOf(lists, documents));
  plan.forEach(({ lists }, at) => {
    const rarity = rarities[at] ?? 0;
    /** @type {Map<number, number>} */
    const ratios = new Map();
    for (const { articles, levels, weight } of lists)
      articles.forEach((article, n) => add(ratios, article, weight * 2 ** (((levels[n] ?? 0) & 127) / 2 - 3)));
    for (const [article, ratio] of ratios) {
      add(scores, article, (rarity * 2.2 * ratio) / (1 + ratio));
      add(covered, article, rarity);
    }
  });
  for (let at = 1; at < plan.length; at++) {
    const bonus = NEARNESS * Math.min(rarities[at - 1] ?? 0, rarities[at] ?? 0);
    for (const article of adjacent(plan[at - 1]?.lists ?? [], plan[at]?.lists ?? [])) add(scores, article, bonus);
  }
  const whole = rarities.reduce((sum, rarity) => sum + rarity, 0);
  for (const [article, score] of scores)
    scores.set(article, score * ((covered.get(article) ?? 0) / whole) ** COVERAGE);
  return scores;
}

/** idf, three parts of the word itself and one of its group. @param {List[]} lists @param {number} documents */
function rarityOf(lists, documents) {
  let exact = 0;
  let all = 0;
  for (const { kind, articles } of lists) {
    if (kind === "exact") exact = articles.length;
    if (kind !== "plural") all += articles.length;
  }
  const idf = (/** @type {number} */ n) => Math.log(1 + (documents - n + 0.5) / (n + 0.5));
  const wide = idf(Math.min(all, documents));
  return exact ? (3 * idf(exact) + wide) / 4 : wide;
}

/** Articles in whose title or lead `second` follows `first`. @param {List[]} first @param {List[]} second */
function adjacent(first, second) {
  /** @type {Map<number, number[]>} */
  const ends = new Map();
  const found = new Set();
  const each = (/** @type {List[]} */ lists, /** @type {(article: number, positions: number[]) => void} */ use) => {
    for (const { kind, articles, heads } of lists)
      if (kind !== "plural" && kind !== "near")
        heads().forEach((positions, at) => positions && use(articles[at] ?? 0, positions));
  };
  each(first, (article, positions) => ends.set(article, [...(ends.get(article) ?? []), ...positions]));
  each(second, (article, positions) => {
    if (ends.get(article)?.some((p) => positions.includes(p + 1) || positions.includes(p + 2))) found.add(article);
  });
  return found;
}

/** Copies give way to originals, unless there is nothing else. @param {Map<number, number>} scores */
function dropCopies(scores) {
  const copies = [...scores.keys()].filter((article) => article % 2);
  if (copies.length < scores.size) for (const article of copies) scores.delete(article);
}

/** @param {Found[]} plan @param {number} article @returns {Why[]} */
const whyOf = (plan, article) =>
  plan.flatMap(({ term, lists }) => {
    const [best] = lists.filter(({ articles }) => articles.includes(article)).sort((a, b) => b.weight - a.weight);
    return best ? [{ query: term, found: best.word, kind: best.kind }] : [];
  });

/** How articles with their scores are put in order. @param {Options["sort"]} sort @returns {(a: [number, number], b: [number, number]) => number} */
function ordering(sort) {
  if (sort === "oldest") return ([a], [b]) => Number(a < SLOTS) - Number(b < SLOTS) || a - b;
  if (sort === "date" || sort === "newest") return ([a], [b]) => b - a;
  return ([a, score], [b, other]) => other - score || b - a;
}

/** @param {number} day */
function dateOf(day) {
  const parts = [Math.floor(day / 416), Math.floor(day / 32) % 13, day % 32].filter(Boolean);
  return parts.map((part, n) => String(part).padStart(n ? 2 : 4, "0")).join("-");
}

/** Where words of `meant` stand in `source`, whole. @param {string} source @param {Set<string>} meant */
export function marksOf(source, meant) {
  /** @type {Mark[]} */
  const marks = [];
  for (const { term, start, end } of tokens(source))
    if (meant.has(term) && start >= (marks.at(-1)?.[1] ?? 0)) marks.push([start, end]);
  return marks;
}

/** The stretch of `source` with most different words of `meant`. @param {string} source @param {Set<string>} meant @returns {Marked} */
export function excerptOf(source, meant) {
  const marks = marksOf(source, meant);
  let best = 0;
  let most = 0;
  marks.forEach(([start], at) => {
    const near = marks.slice(at, at + 20).filter(([, end]) => end <= start + EXCERPT - 40);
    const held = new Set(near.map(([from, to]) => fold(source.slice(from, to)))).size;
    if (held > most) [best, most] = [start, held];
  });
  let from = best > 40 && source.length > EXCERPT ? source.indexOf(" ", best - 40) + 1 : 0;
  if (from > best) from = best;
  let to = from + EXCERPT;
  if (to < source.length) to = Math.max(source.lastIndexOf(" ", to), from + 1);
  const before = from > 0 ? "… " : "";
  const shift = before.length - from;
  return {
    text: before + source.slice(from, to) + (to < source.length ? " …" : ""),
    marks: marks.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start + shift, end + shift]),
  };
}
