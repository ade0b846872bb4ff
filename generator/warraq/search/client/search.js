// @ts-check
/**
 * The search engine of a warraq archive, for browsers and Node 20.19 or newer. It reads the files
 * that docs/search-format.md describes, loads what a query needs and keeps it. Text that it returns
 * is text: a page sets it with textContent, never as HTML.
 */
import { family, fold, forms, mixed, placed, STOP_WORDS, tokens } from "./analysis.js";

/** @typedef {[start: number, end: number]} Mark a range in UTF-16 units */
/** @typedef {{text: string, marks: Mark[]}} Marked */
/** @typedef {{code: "missing" | "damaged", file: string}} Trouble a file that could not be used */
/** @typedef {(url: string) => Promise<ArrayBuffer>} Load */
/** @typedef {{outlet?: string[], topic?: string[], person?: string[], place?: string[],
 *   story?: string[], year?: (number | string)[], from?: string, to?: string}} Filters */
/** @typedef {{limit?: number, offset?: number, sort?: "relevance" | "date" | "newest" | "oldest",
 *   filters?: Filters, facets?: boolean, group?: "" | "story", copies?: boolean,
 *   fetched?: number, signal?: AbortSignal}} Options */
/** @typedef {"exact" | "form" | "plural" | "spelling" | "near"} Kind */
/** @typedef {{query: string, found: string, kind: Kind}} Why */
/** @typedef {{id: string, url: string, title: string, titleMarks: Mark[], excerpt: Marked,
 *   date: string, source: string, score: number, story: string, copyOf: string, more: number,
 *   why: Why[]}} Result */
/** @typedef {{value: string, label: string, count: number}} FacetValue */
/** @typedef {{total: number, relation: "eq" | "gte", results: Result[], problems: Trouble[],
 *   near: boolean, suggestion: string, words: string[],
 *   facets?: Record<string, FacetValue[]>}} Answer */

export const KINDS = ["outlet", "topic", "person", "place", "story"];
const FORMAT = 1;
const SLOTS = 2 ** 24; // an article's number is day × SLOTS + slot
const EPOCH = 2020 * 416;
const MOST_QUERY = 600; // UTF-16 units of a query that are read
const MOST_TERMS = 16;

// Weights, found on labelled queries (benchmarks/search.py).
const FORM = 0.6;
const SPELLING = 0.7;
const PLURAL = 0.2;
const NEAR = 0.3;
const NEARNESS = 0.3;

/** Why an archive could not be opened: `code` is "root-missing" or "root-damaged". */
export class SearchError extends Error {
  /** @param {"root-missing" | "root-damaged"} code @param {string} file */
  constructor(code, file) {
    super(`${code}: ${file}`);
    this.code = code;
    this.file = file;
  }
}

/** The bytes at `url`; Node's own fetch refuses files. @type {Load} */
async function fetchBytes(url) {
  if (url.startsWith("file:")) {
    const { readFile } = await import(/* @vite-ignore */ "node:fs/promises");
    return new Uint8Array(await readFile(new URL(url))).buffer;
  }
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.arrayBuffer();
}

/** @param {ArrayBuffer} packed */
async function inflated(packed) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads varints and sections one after another. @param {Uint8Array} bytes */
export function reader(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError("cut short");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const section = () => {
    const length = varint();
    if (at + length > bytes.length) throw new RangeError("cut short");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return { varint, section, rest: () => bytes.subarray(at), more: () => at < bytes.length };
}

/** @param {Uint8Array} bytes */
export const text = (bytes) => new TextDecoder().decode(bytes);

/** Every varint of a column. @param {Uint8Array} bytes */
function column(bytes) {
  const { varint, more } = reader(bytes);
  const values = [];
  while (more()) values.push(varint());
  return values;
}

/** @typedef {{stem: string, words: string[], kin: string[], first: number}} Group */
/** @typedef {{articles: Float64Array, levels: Uint8Array, first: Uint32Array, heads: Uint8Array}} Postings
 * `first` has the first posting of each word, and one more; `levels` are a posting's impact. */

/** A shard of words. Grammar: docs/search-format.md, "Term shards". @param {Uint8Array} bytes */
function parseTerms(bytes) {
  const { section } = reader(bytes);
  /** @type {Map<string, Group[]>} */
  const families = new Map();
  let count = 0;
  const lines = text(section());
  for (const line of lines ? lines.split("\n") : []) {
    const [stem = "", held = "", kin = ""] = line.split("|");
    const words = held.split(" ");
    const group = { stem: stem || (words[0] ?? ""), words, kin: kin ? kin.split(" ") : [], first: count };
    count += words.length;
    const key = family(words[0] ?? "");
    const present = families.get(key);
    if (present) present.push(group);
    else families.set(key, [group]);
  }
  /** @type {Map<string, string[]>} */
  const swaps = new Map();
  for (const line of text(section()).split("\n")) {
    const [word = "", other = ""] = line.split("\t");
    if (other) swaps.set(word, [...(swaps.get(word) ?? []), other]);
  }
  /** @type {Postings | undefined} */
  let decoded;
  const postings = () => (decoded ??= parsePostings(section, count));
  return { families, swaps, postings };
}

/** @param {() => Uint8Array} section @param {number} words @returns {Postings} */
function parsePostings(section, words) {
  const frequency = column(section());
  const days = column(section());
  const slots = column(section());
  const levels = section();
  if (frequency.length !== words || days.length !== slots.length || days.length !== levels.length)
    throw new RangeError("columns differ");
  const first = new Uint32Array(words + 1);
  const articles = new Float64Array(days.length);
  let at = 0;
  frequency.forEach((length, word) => {
    let day = 0;
    for (const end = at + length; at < end; at++) {
      const gap = days[at] ?? 0;
      if (at > (first[word] ?? 0)) day += gap;
      else day = gap === 0 ? 0 : EPOCH + (gap % 2 ? (gap - 1) / 2 : -gap / 2);
      articles[at] = day * SLOTS + (slots[at] ?? 0);
    }
    first[word + 1] = at;
  });
  return { articles, levels, first, heads: section() };
}

/**
 * Opens the archive whose files lie under `baseURL`, the site's address or that of its search folder.
 * `load` may replace how a file's bytes are had. Rejects with a SearchError if there is no index.
 * @param {string | URL} baseURL
 * @param {{load?: Load}} [io]
 */
export async function open(baseURL, { load = fetchBytes } = {}) {
  const here = typeof document === "undefined" ? import.meta.url : document.baseURI;
  const given = new URL(baseURL, here);
  if (!given.pathname.endsWith("/")) given.pathname += "/";
  const nested = new URL("search/", given);
  const places = /\/search\/$/.test(given.pathname) ? [given, nested] : [nested, given];
  /** @type {any} */
  let root;
  let folder = nested;
  for (const place of places) {
    const found = await load(new URL("root.json", place).href).catch(() => undefined);
    if (!found) continue;
    try {
      root = JSON.parse(text(new Uint8Array(found)));
    } catch {
      root = {};
    }
    folder = place;
    break;
  }
  const file = new URL("root.json", folder).href;
  if (!root) throw new SearchError("root-missing", file);
  if (root.format !== FORMAT || !KINDS.every((kind) => typeof root[kind] === "string"))
    throw new SearchError("root-damaged", file);
  return engineOf(root, folder, load);
}

/** @param {any} root @param {URL} folder @param {Load} load */
function engineOf(root, folder, load) {
  const site = new URL("..", folder);
  /** @type {Map<string, Promise<any>>} */
  const kept = new Map();
  /** @type {Record<string, string>} */
  const hashes = {};
  for (const kind of ["t", "d", "p", "c", ...KINDS]) hashes[kind] = atob(root[kind]);
  const shards = (/** @type {string} */ kind) => (hashes[kind] ?? "").length / 3;

  /**
   * The parsed file of one shard, or undefined if it is empty or could not be used (then `troubles`
   * says so). Failures are not kept: a later query tries again.
   * @template T
   * @param {string} kind @param {number} number @param {(bytes: Uint8Array) => T} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async function shard(kind, number, parse, troubles) {
    const name = (hashes[kind] ?? "").slice(number * 3, number * 3 + 3);
    if (name === "\0\0\0" || name === "") return undefined;
    const hex = [...name].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    const file = `${kind}/${number}-${hex}.bin`;
    return cached(file, (bytes) => inflated(bytes).then(parse), troubles);
  }

  /**
   * @template T
   * @param {string} file @param {(bytes: ArrayBuffer) => T | Promise<T>} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async function cached(file, parse, troubles) {
    let code = /** @type {Trouble["code"]} */ ("missing");
    let found = kept.get(file);
    if (!found) {
      found = load(new URL(file, folder).href).then((bytes) => ((code = "damaged"), parse(bytes)));
      kept.set(file, found);
      if (kept.size > 400) kept.delete(kept.keys().next().value ?? "");
    }
    try {
      return await found;
    } catch {
      kept.delete(file);
      if (!troubles.some((known) => known.file === file)) troubles.push({ code, file });
      return undefined;
    }
  }

  /** @typedef {{word: string, kind: Kind, weight: number, articles: Float64Array, levels: Uint8Array,
   *   heads: () => Map<number, number[]>, shard: number, index: number}} List one word's postings */
  /** @typedef {{term: string, lists: List[], known: boolean}} Found */

  /**
   * Every word that may stand for `term`, with its postings: itself, forms of its stem, broken
   * plurals, other spellings of a name.
   * @param {string} term @param {Trouble[]} troubles @param {boolean} [swap] @returns {Promise<Found>}
   */
  async function lookUp(term, troubles, swap = true) {
    const key = family(term);
    const number = placed(key) % shards("t");
    const terms = await shard("t", number, parseTerms, troubles);
    if (!terms) return { term, lists: [], known: false };
    const groups = terms.families.get(key) ?? [];
    const group = groupOf(term, groups);
    /** @type {List[]} */
    const lists = [];
    try {
      const postings = terms.postings();
      const add = (/** @type {Group} */ held, /** @type {Kind} */ kind, /** @type {number} */ weight) =>
        held.words.forEach((word, at) => {
          const exact = word === term;
          lists.push(listOf(postings, word, held.first + at, number, exact ? "exact" : kind, exact ? 1 : weight));
        });
      if (group) {
        add(group, "form", FORM);
        for (const kin of groups) if (group.kin.includes(kin.stem)) add(kin, "plural", PLURAL);
      }
    } catch {
      const hex = `t/${number}`;
      if (!troubles.some((known) => known.file === hex)) troubles.push({ code: "damaged", file: hex });
    }
    for (const other of swap ? (terms.swaps.get(term) ?? []) : []) {
      if (other.includes(" ")) continue;
      const found = await lookUp(other, troubles, false);
      for (const list of found.lists)
        if (!lists.some((known) => known.word === list.word))
          lists.push({ ...list, kind: "spelling", weight: list.weight * SPELLING });
    }
    return { term, lists, known: lists.length > 0 };
  }

  /** @param {string} term @param {Trouble[]} troubles @returns {Promise<string[]>} */
  async function familyOf(term, troubles) {
    const key = family(term);
    const terms = await shard("t", placed(key) % shards("t"), parseTerms, troubles);
    return (terms?.families.get(key) ?? []).flatMap((group) => group.words);
  }

  /**
   * The articles in which the words of `terms` follow one another; null stands for any word.
   * @param {(Found | null)[]} terms @param {Trouble[]} troubles @returns {Promise<Set<number>>}
   */
  async function phrase(terms, troubles) {
    /** @type {Map<number, Set<number>> | undefined} */
    let ends;
    let step = 1;
    for (const found of terms) {
      if (!found) {
        step++;
        continue;
      }
      /** @type {Map<number, Set<number>>} */
      const next = new Map();
      for (const list of found.lists) {
        if (list.kind === "plural" || list.kind === "near") continue;
        const positions = await positionsOf(list, troubles);
        list.articles.forEach((article, at) => {
          const before = ends?.get(article);
          if (ends && !before) return;
          for (const position of positions[at] ?? [])
            if (!before || before.has(position - step)) {
              const held = next.get(article);
              if (held) held.add(position);
              else next.set(article, new Set([position]));
            }
        });
      }
      ends = next;
      step = 1;
    }
    return new Set(ends?.keys());
  }

  /** @param {List} list @param {Trouble[]} troubles @returns {Promise<number[][]>} */
  async function positionsOf(list, troubles) {
    const all = shards("t");
    const held = shards("p");
    const number = Math.floor((list.shard * held) / all);
    const sections = await shard("p", number, (bytes) => {
      const { section, more } = reader(bytes);
      const found = [];
      while (more()) found.push(section());
      return found;
    }, troubles);
    const bytes = sections?.[list.shard - Math.ceil((number * all) / held)];
    const terms = await shard("t", list.shard, parseTerms, troubles);
    if (!bytes || !terms) return [];
    const { first } = terms.postings();
    return gapLists(bytes, first[list.index] ?? 0, first[list.index + 1] ?? 0);
  }

  /** The records of articles, by number. @param {number[]} articles @param {Trouble[]} troubles */
  async function recordsOf(articles, troubles) {
    return Promise.all(
      articles.map(async (article) => {
        const day = Math.floor(article / SLOTS);
        const slot = article % SLOTS;
        const block = mixed(day * 31 + (slot >>> 1)) % shards("d");
        const held = await shard("d", block, (bytes) => JSON.parse(text(bytes)), troubles);
        const row = held?.[`${day}.${slot}`];
        if (!row) return undefined;
        const [id, url, title, source, lead, display, story, copyOf] = row;
        return { article, id, url, title, source, lead, display, story, copyOf, date: dateOf(day) };
      }),
    );
  }

  /** What may be shown of an article's text, from its own file. @param {string} url */
  async function textOf(url) {
    const found = await cached(new URL(`article.json`, new URL(url.replace(/^\//, ""), site)).href,
      (bytes) => JSON.parse(text(new Uint8Array(bytes))), []);
    return typeof found?.text === "string" ? found.text : "";
  }

  /**
   * Keys, labels and articles of one kind of facet.
   * @param {string} kind @param {Trouble[]} troubles
   * @returns {Promise<{key: string, label: string, articles: number[]}[]>}
   */
  async function facet(kind, troubles) {
    const numbers = Array.from({ length: shards(kind) }, (_, number) => number);
    const parts = await Promise.all(numbers.map((n) => shard(kind, n, parseFacet, troubles)));
    return parts.flatMap((part) => part ?? []);
  }

  /** @typedef {{terms: Found[], phrases: (Found | null)[][], not: Found[], notPhrases: (Found | null)[][],
   *   filters: Record<string, string[]>, years: Set<number>, from: number, to: number}} Plan */

  /** @param {string} query @param {Filters} filters @param {Trouble[]} troubles @returns {Promise<Plan>} */
  async function planOf(query, filters, troubles) {
    const parsed = parseQuery(query);
    const content = (/** @type {string[]} */ list) => [...new Set(list)].filter((t) => !STOP_WORDS.has(t));
    const words = content([...parsed.words, ...parsed.phrases.flat()]).slice(0, MOST_TERMS);
    const looked = new Map();
    for (const term of [...words, ...content([...parsed.not, ...parsed.notPhrases.flat()])])
      if (looked.size < 2 * MOST_TERMS) looked.set(term, lookUp(term, troubles));
    for (const [term, found] of looked) looked.set(term, await found);
    const get = (/** @type {string} */ term) => looked.get(term) ?? null;
    /** @type {Record<string, string[]>} */
    const wanted = {};
    for (const kind of KINDS) {
      const given = /** @type {string[]} */ (filters[/** @type {"outlet"} */ (kind)] ?? []);
      const named = parsed.fields.filter((field) => field.kind === kind).map((field) => field.value);
      const keys = named.length ? await keysOf(kind, named, troubles) : [];
      if (given.length || named.length) wanted[kind] = [...given.map(String), ...keys];
    }
    const years = [...(filters.year ?? []), ...parsed.fields.flatMap((f) => (f.kind === "year" ? [f.value] : []))];
    const limit = (/** @type {string} */ kind) => parsed.fields.find((field) => field.kind === kind)?.value ?? "";
    return {
      terms: words.map(get),
      phrases: parsed.phrases.map((held) => held.map(get)),
      not: content(parsed.not).map(get).filter(Boolean),
      notPhrases: parsed.notPhrases.map((held) => held.map(get)),
      filters: wanted,
      years: new Set(years.flatMap(yearsOf)),
      from: dayNumber(filters.from || limit("from"), 0, 0),
      to: dayNumber(filters.to || limit("to"), 12, 31) || Infinity,
    };
  }

  /** Keys whose key or name a reader's words fit. @param {string} kind @param {string[]} values @param {Trouble[]} troubles */
  async function keysOf(kind, values, troubles) {
    const known = await facet(kind, troubles);
    return values.flatMap((value) => {
      const terms = tokens(value).map((token) => token.term);
      const fits = known.filter(({ key, label }) => {
        const words = new Set(tokens(label).map((token) => token.term));
        return key === value || (terms.length > 0 && terms.every((term) => words.has(term)));
      });
      return fits.length ? fits.map((found) => found.key) : ["\0"];
    });
  }

  /**
   * Articles of each filter's values. @param {Plan} plan @param {Trouble[]} troubles
   * @returns {Promise<Map<string, Set<number>>>}
   */
  async function filtered(plan, troubles) {
    const sets = new Map();
    for (const [kind, keys] of Object.entries(plan.filters)) {
      const held = new Set();
      const numbers = [...new Set(keys.map((key) => placed(key) % shards(kind)))];
      for (const number of numbers)
        for (const { key, articles } of (await shard(kind, number, parseFacet, troubles)) ?? [])
          if (keys.includes(key)) for (const article of articles) held.add(article);
      sets.set(kind, held);
    }
    return sets;
  }

  /**
   * Finds articles. Never throws for what a reader types; rejects only when `signal` is aborted.
   * `fetched` is how many articles' texts may be fetched for excerpts whose words are not in the lead.
   * @param {string} query @param {Options} [options] @returns {Promise<Answer>}
   */
  async function search(query, options = {}) {
    const { limit = 10, offset = 0, sort = "relevance", filters = {}, fetched = 3, signal } = options;
    /** @type {Trouble[]} */
    const problems = [];
    const plan = await planOf(String(query ?? ""), filters, problems);
    signal?.throwIfAborted();
    const extras = plan.terms.some((found) => !found.known) ? await import("./extras.js") : undefined;
    let suggestion = "";
    let near = false;
    if (extras) {
      const loose = await extras.loosen(plan.terms, { familyOf, lookUp, completions }, problems);
      near = loose.near;
      suggestion = loose.words.size ? String(query).replace(/\S+/g, (word) => loose.words.get(fold(word)) ?? word) : "";
      signal?.throwIfAborted();
    }
    const sets = await filtered(plan, problems);
    let scores = scored(plan.terms, root.documents);
    for (const held of plan.phrases) scores = within(scores, await phrase(held, problems));
    for (const found of plan.not)
      for (const list of found.lists)
        if (list.kind === "exact" || list.kind === "form") for (const a of list.articles) scores.delete(a);
    for (const held of plan.notPhrases) for (const a of await phrase(held, problems)) scores.delete(a);
    if (!plan.terms.length && sets.size + plan.years.size + plan.from > 0 || plan.to < Infinity && !plan.terms.length)
      scores = await everything(plan, sets, problems);
    signal?.throwIfAborted();
    if (!options.copies && !plan.filters["outlet"]) dropCopies(scores);
    const passes = passing(plan, sets);
    let articles = [...scores.keys()].filter((article) => passes(article, ""));
    articles.sort(ordering(sort, scores));
    const total = articles.length;
    const more = new Map();
    if (options.group === "story") articles = await grouped(articles, more, problems);
    const page = articles.slice(offset, offset + limit);
    const records = await recordsOf(page, problems);
    signal?.throwIfAborted();
    const found = plan.terms.filter((term) => term.known);
    const meant = new Set(found.flatMap((term) => term.lists.map((list) => list.word)));
    let allowed = fetched;
    const results = await Promise.all(
      records.flatMap((record) => (record ? [record] : [])).map(async (record) => {
        let excerpt = excerptOf(record.lead, meant);
        if (!excerpt.marks.length && meant.size && record.display !== 2 && allowed-- > 0) {
          const full = await textOf(record.url);
          if (full) excerpt = excerptOf(full, meant);
        }
        return {
          id: record.id, url: new URL(record.url.replace(/^\//, ""), site).href,
          title: record.title, titleMarks: marksOf(record.title, meant), excerpt,
          date: record.date, source: record.source, score: scores.get(record.article) ?? 0,
          story: record.story, copyOf: record.copyOf, more: more.get(record.article) ?? 0,
          why: whyOf(found, record.article),
        };
      }),
    );
    signal?.throwIfAborted();
    /** @type {Answer} */
    const answer = {
      total: more.size ? articles.length : total,
      relation: problems.length ? "gte" : "eq",
      results, problems, near, suggestion, words: plan.terms.map((term) => term.term),
    };
    if (options.facets) {
      const { counted } = await import("./extras.js");
      answer.facets = await counted([...scores.keys()], passes, (kind) => facet(kind, problems), SLOTS);
    }
    return answer;
  }

  /** Articles that filters alone ask for. @param {Plan} plan @param {Map<string, Set<number>>} sets @param {Trouble[]} troubles */
  async function everything(plan, sets, troubles) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    const smallest = [...sets.values()].sort((a, b) => a.size - b.size)[0];
    if (smallest) for (const article of smallest) scores.set(article, 0);
    else
      for (let block = 0; block < shards("d"); block++)
        for (const place of Object.keys((await shard("d", block, (bytes) => JSON.parse(text(bytes)), troubles)) ?? {})) {
          const [day = "0", slot = "0"] = place.split(".");
          scores.set(Number(day) * SLOTS + Number(slot), 0);
        }
    return scores;
  }

  /** The best article of each story. @param {number[]} articles @param {Map<number, number>} more @param {Trouble[]} troubles */
  async function grouped(articles, more, troubles) {
    const storyOf = new Map();
    for (const { key, articles: held } of await facet("story", troubles))
      for (const article of held) storyOf.set(article, key);
    const first = new Map();
    return articles.filter((article) => {
      const story = storyOf.get(article);
      if (!story) return true;
      const leader = first.get(story);
      if (leader === undefined) {
        first.set(story, article);
        more.set(article, 0);
        return true;
      }
      more.set(leader, more.get(leader) + 1);
      return false;
    });
  }

  /** Rows of one completion shard. @param {string} term @param {Trouble[]} troubles */
  async function completions(term, troubles) {
    const start = term.startsWith("ال") && term.length > 3 ? term.slice(2) : term;
    const rows = await shard("c", placed(start.slice(0, 2)) % shards("c"), (bytes) =>
      text(bytes).split("\n").map((line) => {
        const [word = "", shown = "", weight = "0"] = line.split("\t");
        return { word, shown: shown || word, weight: Number(weight) };
      }), troubles);
    return rows ?? [];
  }

  /**
   * How what is typed may go on: whole queries, the likeliest first; names of people, places, outlets
   * and topics before words.
   * @param {string} typed @param {{limit?: number}} [options] @returns {Promise<string[]>}
   */
  async function complete(typed, { limit = 8 } = {}) {
    const { completed } = await import("./extras.js");
    return completed(String(typed ?? "").slice(-MOST_QUERY), limit, completions);
  }

  /**
   * The excerpt of one result around the words of a query, from the article's own text.
   * @param {Result} result @param {string} query @returns {Promise<Marked>}
   */
  async function excerpt(result, query) {
    const { terms } = await planOf(query, {}, []);
    const meant = new Set(terms.flatMap((term) => term.lists.map((list) => list.word)));
    const full = await textOf(result.url);
    return full ? excerptOf(full, meant) : result.excerpt;
  }

  return { documents: Number(root.documents), years: root.years, search, complete, excerpt };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Engine */

// --- words ----------------------------------------------------------------------------------------

/** @param {string} term @param {Group[]} groups */
function groupOf(term, groups) {
  const holding = groups.find((group) => group.words.includes(term));
  if (holding) return holding;
  for (const form of forms(term)) {
    const found = groups.find((group) => group.stem === form || group.words.includes(form));
    if (found) return found;
  }
  return groups.find((group) => group.words.some((word) => forms(word).includes(term)));
}

/**
 * @param {Postings} postings @param {string} word @param {number} index @param {number} shard
 * @param {Kind} kind @param {number} weight
 */
function listOf(postings, word, index, shard, kind, weight) {
  const low = postings.first[index] ?? 0;
  const high = postings.first[index + 1] ?? low;
  const articles = postings.articles.subarray(low, high);
  /** @type {Map<number, number[]> | undefined} */
  let held;
  const heads = () => {
    if (!held) {
      held = new Map();
      let flagged = 0;
      for (let at = 0; at < low; at++) flagged += (postings.levels[at] ?? 0) >> 7;
      const which = [];
      for (let at = low; at < high; at++) if ((postings.levels[at] ?? 0) & 128) which.push(at);
      const found = gapLists(postings.heads, flagged, flagged + which.length);
      which.forEach((at, n) => held?.set(postings.articles[at] ?? 0, found[n] ?? []));
    }
    return held;
  };
  return { word, kind, weight, articles, levels: postings.levels.subarray(low, high), heads, shard, index };
}

/** Lists of positions from number `from` up to `to`. @param {Uint8Array} bytes @param {number} from @param {number} to */
function gapLists(bytes, from, to) {
  const { varint, more } = reader(bytes);
  /** @type {number[][]} */
  const lists = [];
  for (let number = 0; number < to && more(); number++) {
    const list = [];
    for (let position = 0; ; ) {
      const value = varint();
      position += value >>> 1;
      list.push(position);
      if (!(value & 1)) break;
    }
    if (number >= from) lists.push(list);
  }
  return lists;
}

/** @typedef {{term: string, lists: {word: string, kind: Kind, weight: number, articles: Float64Array,
 *   levels: Uint8Array, heads: () => Map<number, number[]>}[], known: boolean}} Weighed */

/** Scores of all articles with one of the terms. @param {Weighed[]} terms @param {number} documents */
function scored(terms, documents) {
  /** @type {Map<number, number>} */
  const scores = new Map();
  /** @type {Map<number, number>} */
  const covered = new Map();
  let whole = 0;
  const rarities = terms.map(({ lists }) => rarityOf(lists, documents));
  terms.forEach(({ lists }, at) => {
    const rarity = rarities[at] ?? 0;
    whole += rarity;
    /** @type {Map<number, number>} */
    const ratios = new Map();
    for (const { articles, levels, weight } of lists)
      for (let n = 0; n < articles.length; n++) {
        const article = articles[n] ?? 0;
        const ratio = weight * 2 ** (((levels[n] ?? 0) & 127) / 2 - 3);
        ratios.set(article, (ratios.get(article) ?? 0) + ratio);
      }
    for (const [article, ratio] of ratios) {
      scores.set(article, (scores.get(article) ?? 0) + (rarity * 2.2 * ratio) / (1 + ratio));
      covered.set(article, (covered.get(article) ?? 0) + rarity);
    }
  });
  for (let at = 1; at < terms.length; at++) {
    const bonus = NEARNESS * Math.min(rarities[at - 1] ?? 0, rarities[at] ?? 0);
    for (const article of adjacent(terms[at - 1]?.lists ?? [], terms[at]?.lists ?? []))
      scores.set(article, (scores.get(article) ?? 0) + bonus);
  }
  if (terms.length > 1 && whole > 0)
    for (const [article, score] of scores) scores.set(article, score * ((covered.get(article) ?? 0) / whole) ** 1.5);
  return scores;
}

/** idf, half of the word itself and half of its group. @param {Weighed["lists"]} lists @param {number} documents */
function rarityOf(lists, documents) {
  const idf = (/** @type {number} */ found) => Math.log(1 + (documents - found + 0.5) / (found + 0.5));
  let exact = 0;
  let all = 0;
  for (const { kind, articles } of lists) {
    if (kind === "exact") exact = articles.length;
    if (kind !== "plural") all += articles.length;
  }
  const wide = idf(Math.min(all, documents));
  return all === 0 ? Math.log(1 + 2 * documents) : exact ? (idf(exact) + wide) / 2 : wide;
}

/** Articles in whose title or lead one term directly follows the other. @param {Weighed["lists"]} first @param {Weighed["lists"]} second */
function adjacent(first, second) {
  const found = new Set();
  for (const left of first) {
    if (left.kind === "plural" || left.kind === "near") continue;
    const heads = left.heads();
    for (const right of second) {
      if (right.kind === "plural" || right.kind === "near") continue;
      for (const [article, positions] of right.heads()) {
        const before = heads.get(article);
        if (before?.some((position) => positions.includes(position + 1) || positions.includes(position + 2)))
          found.add(article);
      }
    }
  }
  return found;
}

/** @param {Map<number, number>} scores @param {Set<number>} articles */
function within(scores, articles) {
  const kept = new Map();
  for (const [article, score] of scores) if (articles.has(article)) kept.set(article, score);
  return kept;
}

/** Copies give way to their originals, unless there is nothing else. @param {Map<number, number>} scores */
function dropCopies(scores) {
  const copies = [...scores.keys()].filter((article) => article % 2 === 1);
  if (copies.length < scores.size) for (const article of copies) scores.delete(article);
}

/** @param {Weighed[]} terms @param {number} article @returns {Why[]} */
function whyOf(terms, article) {
  return terms.flatMap(({ term, lists }) => {
    const held = lists.filter(({ articles }) => articles.includes(article));
    held.sort((a, b) => b.weight - a.weight);
    const best = held[0];
    return best ? [{ query: term, found: best.word, kind: best.kind }] : [];
  });
}

// --- filters and order ----------------------------------------------------------------------------

/**
 * @param {{years: Set<number>, from: number, to: number}} plan @param {Map<string, Set<number>>} sets
 * @returns {(article: number, but: string) => boolean} whether an article passes every filter `but` one
 */
function passing(plan, sets) {
  return (article, but) => {
    const day = Math.floor(article / SLOTS);
    if (but !== "year" && plan.years.size && !plan.years.has(Math.floor(day / 416))) return false;
    if ((plan.from || plan.to < Infinity) && (day === 0 || day < plan.from || day > plan.to)) return false;
    for (const [kind, held] of sets) if (kind !== but && !held.has(article)) return false;
    return true;
  };
}

/** @param {Options["sort"]} sort @param {Map<number, number>} scores @returns {(a: number, b: number) => number} */
function ordering(sort, scores) {
  if (sort === "oldest") return (a, b) => (a < SLOTS ? 1 : 0) - (b < SLOTS ? 1 : 0) || a - b;
  if (sort === "date" || sort === "newest") return (a, b) => b - a;
  return (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || b - a;
}

/** @param {string} day @param {number} month @param {number} date what stands for a part not given */
function dayNumber(day, month, date) {
  const match = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?/.exec(fold(String(day)) ? String(day).trim() : "");
  return match ? (Number(match[1]) * 13 + Number(match[2] ?? month)) * 32 + Number(match[3] ?? date) : 0;
}

/** @param {number} day */
function dateOf(day) {
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  const year = String(Math.floor(day / 416)).padStart(4, "0");
  const month = Math.floor(day / 32) % 13;
  if (!day) return "";
  return month ? (day % 32 ? `${year}-${two(month)}-${two(day % 32)}` : `${year}-${two(month)}`) : year;
}

/** "2024" or "2020..2024". @param {string | number} value */
function yearsOf(value) {
  const [from = NaN, to = from] = String(value).split("..").map((part) => Number(fold(part)));
  return Array.from({ length: Math.min(Math.max(to - from + 1, 0), 300) || 0 }, (_, n) => from + n);
}

/** @param {Uint8Array} bytes */
function parseFacet(bytes) {
  const { section, rest } = reader(bytes);
  /** @type {[string, string, number][]} */
  const table = JSON.parse(text(section()));
  const days = column(section());
  const slots = column(rest());
  let at = 0;
  return table.map(([key, label, count]) => {
    const articles = [];
    for (let day = 0, end = at + count; at < end; at++) {
      day += days[at] ?? 0;
      articles.push(day * SLOTS + (slots[at] ?? 0));
    }
    return { key, label, articles };
  });
}

// --- the query ------------------------------------------------------------------------------------

/** @type {Record<string, string>} */
const FIELDS = {
  outlet: "outlet", source: "outlet", المصدر: "outlet", مصدر: "outlet",
  topic: "topic", الموضوع: "topic", موضوع: "topic",
  person: "person", الشخص: "person", شخص: "person",
  place: "place", المكان: "place", مكان: "place",
  story: "story", القصة: "story", قصة: "story",
  year: "year", السنة: "year", سنة: "year", from: "from", من: "from", to: "to", إلى: "to",
};
const PARTS = /([-−]?)(?:([\p{L}]+):)?(?:["«“”]([^"«»“”]*)["»“”]?|([^\s"«»“”]+))/gu;

/**
 * A query's words, "phrases", -exclusions and field:values. Whatever cannot be read is read as words.
 * @param {string} query
 */
export function parseQuery(query) {
  const parsed = {
    words: /** @type {string[]} */ ([]), phrases: /** @type {string[][]} */ ([]),
    not: /** @type {string[]} */ ([]), notPhrases: /** @type {string[][]} */ ([]),
    fields: /** @type {{kind: string, value: string}[]} */ ([]),
  };
  for (const [, minus, field = "", quoted, plain = ""] of query.slice(0, MOST_QUERY).matchAll(PARTS)) {
    const kind = FIELDS[field];
    const value = quoted ?? plain;
    if (kind) {
      if (value) parsed.fields.push({ kind, value });
      continue;
    }
    const terms = tokens(field ? `${field} ${value}` : value).map((token) => token.term);
    if (quoted !== undefined && terms.length > 1) (minus ? parsed.notPhrases : parsed.phrases).push(terms);
    else (minus ? parsed.not : parsed.words).push(...terms);
  }
  return withNames(parsed, query);
}

/**
 * «أبو قصرة» typed as two words is one name: words outside quotes are read together.
 * @param {ReturnType<typeof emptyQuery>} parsed @param {string} query
 */
function withNames(parsed, query) {
  const plain = query.slice(0, MOST_QUERY).replace(PARTS, (part, minus, field, quoted, word) =>
    minus || FIELDS[field ?? ""] || quoted !== undefined || !word ? " | " : part);
  if (parsed.words.length > 1) {
    const joined = plain.split("|").flatMap((run) => tokens(run).map((token) => token.term));
    const quoted = parsed.words.filter((term) => !tokens(plain).some((token) => token.term === term) && !/^(?:اب[ويا]|ام|.?عبد)$/.test(term));
    parsed.words = [...joined, ...quoted];
  }
  return parsed;
}

const emptyQuery = () => ({
  words: [""], phrases: [[""]], not: [""], notPhrases: [[""]], fields: [{ kind: "", value: "" }],
});

// --- excerpts -------------------------------------------------------------------------------------

const EXCERPT = 220; // UTF-16 units, about three lines

/** Where words of `meant` stand in `text`, whole words. @param {string} source @param {Set<string>} meant */
export function marksOf(source, meant) {
  /** @type {Mark[]} */
  const marks = [];
  for (const { term, start, end } of tokens(source))
    if (meant.has(term)) {
      const last = marks[marks.length - 1];
      if (last && start < last[1]) last[1] = Math.max(last[1], end);
      else marks.push([start, end]);
    }
  return marks;
}

/** The stretch of `source` with most different words of `meant`. @param {string} source @param {Set<string>} meant @returns {Marked} */
export function excerptOf(source, meant) {
  const marks = marksOf(source, meant);
  let best = 0;
  let most = -1;
  marks.forEach(([start], at) => {
    const held = new Set();
    for (let n = at; n < marks.length && (marks[n]?.[1] ?? 0) <= start + EXCERPT - 40; n++)
      held.add(fold(source.slice(...(marks[n] ?? [0, 0]))));
    if (held.size > most) [best, most] = [start, held.size];
  });
  let from = Math.max(0, best - 40);
  if (source.length <= EXCERPT) from = 0;
  else if (from > 0) from = source.indexOf(" ", from) + 1 || from;
  let to = from + EXCERPT;
  if (to < source.length) to = Math.max(source.lastIndexOf(" ", to), from + 1);
  else to = source.length;
  const before = from > 0 ? "… " : "";
  const shift = before.length - from;
  return {
    text: before + source.slice(from, to) + (to < source.length ? " …" : ""),
    marks: marks.filter(([start, end]) => start >= from && end <= to).map(([start, end]) => [start + shift, end + shift]),
  };
}
