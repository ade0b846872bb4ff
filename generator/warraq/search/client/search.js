// @ts-check
// The search engine, for browsers and Node 20.19 or newer. Formats: docs/search-format.md; types:
// types.d.ts. What it returns is text, to be set with textContent.
/** @import {Answer, Found, Group, Hit, Kind, List, Load, Mark, Marked, Options,
 *   Off, Passes, Plan, Postings, Result, Terms, Trouble, Understanding, Why} from "./types.js" */
import { family, fold, hash32, isArabic, mixed, MOST_TERMS, skeleton, STOP_WORDS, tokens, tribe, twinFolded, unprefixed } from "./analysis.js";
import { FACETS, gapLists, inflated, reader, SLOTS, text, utf8 } from "./format.js";
import { hitsOf, isThin, lessCopies, ranked, WEIGHTS } from "./ranking.js";

const FORMAT = 2;
const EPOCH = 2020 * 416;
const MOST_QUERY = 600; // UTF-16 units of a query that are read
const STANDINGS = /** @type {const} */ (["", "corrected", "retracted"]);
// What may be more than words: a sign, a year, a word of the calendar. Only then the parser is loaded.
const OPERATORS = /["«“”„‟″:]|(?<!\p{L})[-−]/u;
const APART = /[\d٠-٩۰-۹][ .][\d٠-٩۰-۹]{3}/; // perhaps the thousands of a number
const CALENDAR = new RegExp(
  "^(?:(?:1[3-9]|20)\\d\\d|[وفبلك\\d]*(?:كانون|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين|يناير|جانفي|فبرا[يب]ر|فيفري|مارس|ا[بف]ريل|ماي[وس]?|" +
  "يوني[وه]|جوان|يولي[وه]ز?|جويليه|اغسطس|اوت|غشت|سبتمبر|شتنبر|او?كتوبر|نو[فن]م?بر|ديسمبر|دجنبر|(?:ال)?محرم|ربيع|جمادي?|رجب|شعبان|رمضان|شوال|ذ[وي].*|" +
  "(?:jan|feb|fev|ma[riy]|apr|avr|ju[iln]|aug|aou|sep|oct|nov|dec).*)(?:\\d.*)?|اليوم|امس|البارحه|(?:الماضي|المنصرم|الفا[ءي]ت|السابق|الجاري|الحالي)ه?|هذ[اه]|last|this|today|yesterday)$");
const EXCERPT = 200; // UTF-16 units, about three lines
const HEAD_FLAG = 128; // in the byte of an impact
const NAME_BYTES = 3;
const MOST_KEPT = 500;
const NO_TEXT = 2; // `display`

/** The words to be marked in each result that was given. @type {WeakMap<Result, Set<string>>} */
const SOUGHT = new WeakMap();

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
export async function fetchBytes(url, isFresh = false) {
  if (url.startsWith("file:")) return (await import("./disk.js")).readBytes(url);
  const response = await fetch(url, isFresh ? { cache: "no-cache" } : {});
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
    const [stem, held = "", related = "", heavy] = line.split("|");
    const words = held.split(" ");
    const key = family(words[0] ?? "");
    const group = { family: key, tribe: tribe(key), stem: stem || (words[0] ?? ""), words, related: related.split(" "), first, isHeavy: !!heavy };
    if (held && !heavy) first += words.length;
    families.set(key, [...(families.get(key) ?? []), group]);
  }
  const names = text(section());
  return { families, names, postings: parsePostings(section, first) };
}

/** @param {() => Uint8Array<ArrayBuffer>} section @param {number} words @returns {Postings} */
function parsePostings(section, words) {
  const frequency = reader(section()).all();
  const days = reader(section()).all();
  const slots = reader(section()).all();
  const impacts = section();
  if (frequency.length !== words || days.length !== impacts.length || slots.length !== impacts.length)
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
    articles, impacts, first,
    heads: () => {
      if (heads) return heads;
      const lists = gapLists(packed, 0, Infinity).values();
      return (heads = Array.from(impacts, (impact) => (impact & HEAD_FLAG ? lists.next().value : undefined)));
    },
  };
}

/** @typedef {{file: string, words: string, root: any}} Root its address, and as it was written */

/** @param {string} file @param {Load} load @param {boolean} [isFresh] @returns {Promise<Root | undefined>} */
async function rootAt(file, load, isFresh) {
  const bytes = await load(file, isFresh).catch(() => undefined);
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

/** An engine that outlives a publication. @param {Root} root @param {Load} load @param {number} trusted */
function lasting(root, load, trusted) {
  let index = new IndexReader(root, load);
  let read = Date.now();
  const renew = async () => {
    const found = await rootAt(root.file, load, true).catch(() => undefined);
    if (found) read = Date.now();
    if (found && found.words !== root.words) index = new IndexReader((root = found), load);
  };
  return {
    /**
     * Finds articles. Never throws for what a reader types; rejects only when `signal` is aborted.
     * @param {string} query @param {Options} [options] @returns {Promise<Answer>}
     */
    async search(query, options) {
      const asked = index;
      const renewing = Date.now() - read >= trusted && renew();
      const { answer, isSure } = await answerOf(asked, query, options);
      await (isSure ? renewing : renewing || renew());
      return asked === index ? answer : (await answerOf(index, query, options)).answer;
    },
    /** How what is typed may go on, the likeliest first. @param {string} typed */
    complete: async (typed, limit = 8) => (await import("./completions.js")).completed(String(typed ?? "").slice(-MOST_QUERY), limit, index),
    /** The excerpt from all that may be displayed of an article. @param {Result} result one that this engine gave @returns {Promise<Marked>} */
    async excerpt(result) {
      const whole = await index.textOf(result.url);
      return whole ? excerptOf(whole, SOUGHT.get(result) ?? new Set()) : result.excerpt;
    },
    /** Where any text has what a search with the same options looks for. @param {string} source @param {string} query @param {Options} [options] */
    marks: async (source, query, options) => marksOf(source, foundWords((await planOf(index, query, options, [])).plan)),
  };
}

/** @typedef {Awaited<ReturnType<typeof open>>} Engine */

/** One publication's index. */
class IndexReader {
  /** @type {Map<string, Promise<any>>} */
  #kept = new Map();
  /** @type {Record<string, string>} */
  #names = {};

  /** @param {Root} found @param {Load} load */
  constructor({ file, root }, load) {
    this.load = load;
    this.root = root;
    this.folder = new URL(".", file);
    for (const kind of ["t", "d", "p", "c", ...FACETS]) this.#names[kind] = atob(root[kind]);
    /** @type {string[]} */
    this.languages = root.languages;
    this.light = this.shards("t") - root.heavy; // shards of families; those after them hold heavy groups
  }

  /** Files under one name. @param {string} kind */
  #runLength(kind) {
    return kind === "d" ? this.root.run : 1;
  }

  /** @param {string} kind */
  shards(kind) {
    return ((this.#names[kind] ?? "").length / NAME_BYTES) * this.#runLength(kind);
  }

  /** @param {string} url */
  address(url) {
    return new URL(url.replace(/^\/+/, ""), new URL("..", this.folder)).href;
  }

  /** A parsed file; failures are not kept.
   * @template T @param {string} file @param {(bytes: ArrayBuffer) => T | Promise<T>} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async #cached(file, parse, troubles) {
    /** @type {Trouble["code"]} */
    let code = "missing";
    const kept = this.#kept;
    let found = kept.get(file);
    if (!found) {
      found = this.load(new URL(file, this.folder).href).then((bytes) => ((code = "damaged"), parse(bytes)));
      kept.set(file, found);
      if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? "");
    }
    try {
      return await found;
    } catch {
      kept.delete(file);
      if (!troubles.some((known) => known.file === file)) troubles.push({ code, file });
      return undefined;
    }
  }

  /** A file's contents; those of positions are inflated by the caller.
   * @template T @param {string} kind @param {number} number @param {(bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>} parse
   * @param {Trouble[]} troubles @returns {Promise<T | undefined>}
   */
  async shard(kind, number, parse, troubles) {
    const at = Math.floor(number / this.#runLength(kind)) * NAME_BYTES;
    const name = (this.#names[kind] ?? "").slice(at, at + NAME_BYTES);
    if (!name || name === "\0\0\0") return undefined; // an empty shard has no file
    const hex = [...name].map((c) => c.charCodeAt(0).toString(16).padStart(2, "0")).join("");
    return this.#cached(`${kind}/${number}-${hex}.bin`, async (bytes) => parse(kind === "p" ? new Uint8Array(bytes) : await inflated(bytes)), troubles);
  }

  /** The number of the shard that has a word. @param {string} term */
  termShard(term) {
    return hash32(tribe(family(term))) % this.light;
  }

  /** @param {number} number @param {Trouble[]} troubles */
  terms(number, troubles) {
    return this.shard("t", number, parseTerms, troubles);
  }

  /** Every word that may answer `term`; only its own forms, if so wished, and no other spellings.
   * @param {string} term @param {Trouble[]} troubles @param {boolean} [isOwn] @returns {Promise<Found>}
   */
  async lookUp(term, troubles, isOwn = false) {
    const lookUp = (/** @type {string} */ word) => this.#lookUpAsWritten(word, troubles, isOwn);
    return /\D\d/.test(term) ? (await foreignNames()).designated(term, lookUp) : lookUp(term);
  }

  /** @param {string} term @param {Trouble[]} troubles @param {boolean} isOwn @returns {Promise<Found>} */
  async #lookUpAsWritten(term, troubles, isOwn) {
    const shard = this.termShard(term);
    const held = await this.terms(shard, troubles);
    /** @type {List[]} */
    const lists = [];
    if (!held) return { term, lists, names: "" };
    for (const [group, kind] of await groupsFor(term, held, this.languages, isOwn))
      lists.push(...(group.isHeavy ? await this.#heavyLists(term, group, kind, troubles) : listsOf(term, group, kind, held, shard)));
    return { term, lists, names: held.names };
  }

  /** @param {string} term @param {Group} group @param {Kind} kind @param {Trouble[]} troubles */
  async #heavyLists(term, { family, stem }, kind, troubles) {
    const shard = this.light + (hash32(stem) % this.root.heavy);
    const held = await this.terms(shard, troubles);
    const group = held?.families.get(family)?.find((one) => one.stem === stem);
    return held && group ? listsOf(term, group, kind, held, shard) : [];
  }

  /**
   * What answers a query's words, and what its names and synonyms were understood as.
   * @param {string} typed @param {string[]} terms @param {Trouble[]} troubles @param {string[]} literal
   */
  async planOf(typed, terms, troubles, literal) {
    const found = await Promise.all(terms.map((term) => this.lookUp(term, troubles)));
    const plan = terms.some((term) => /\D\d/.test(term)) ? (await foreignNames()).tied(typed, found) : found;
    const isNamed = plan.some(({ term, names }) => [term, ...unprefixed(term)].some((word) => names.includes(word)));
    return isNamed ? (await import("./names.js")).related(typed, plan, literal, this, troubles) : { plan, understood: [] };
  }

  /** @param {number[]} articles @param {Trouble[]} troubles */
  async storedFields(articles, troubles) {
    const found = articles.map(async (article) => {
      const day = Math.floor(article / SLOTS);
      const slot = article % SLOTS;
      const block = mixed(day * 31 + (slot >>> 1)) % this.shards("d");
      const rows = await this.shard("d", block, (bytes) => JSON.parse(text(bytes)), troubles);
      const row = rows?.[`${day}.${slot}`];
      if (!row) return [];
      const [id, url, title, source, lead, display, story, copyOf, standing = 0, picture = ""] = row;
      const what = { title, source, lead, display, story, copyOf, standing: STANDINGS[standing] ?? "", picture: picture && this.address(picture) };
      return [{ article, id, url: this.address(url || `n/${id}/`), ...what, date: dateOf(day) }];
    });
    return (await Promise.all(found)).flat();
  }

  /** @param {string} url @returns {Promise<string>} */
  async textOf(url) {
    const parse = (/** @type {ArrayBuffer} */ bytes) => JSON.parse(utf8(new Uint8Array(bytes)));
    const found = await this.#cached(new URL("article.json", this.address(url)).href, parse, []);
    return typeof found?.text === "string" ? found.text : "";
  }
}

// what a plain query of known words never needs
const understanding = () => import("./understand.js");
const foreignNames = () => import("./foreign.js");
const nearWords = () => import("./near.js");
const otherQueries = () => import("./suggestions.js");
const facetFiles = () => import("./facets.js");

/** Whether a query is nothing but words. @param {string} query @param {string[]} words its terms */
export const isPlain = (query, words) => !OPERATORS.test(query) && !words.some((word) => CALENDAR.test(word));

/** @param {string} query @param {string} [today] @param {string[]} [literal] @returns {Promise<Understanding>} */
export async function parsed(query, today, literal) {
  const words = tokens(query).map(({ term }) => term);
  return isPlain(query, words) ? { words, items: [] } : (await understanding()).understood(query, today, literal);
}

/**
 * What a query was read as, and what of the archive answers its words: for answers and marks alike.
 * `off` holds readings that turned out to say nothing here, and why.
 * @param {IndexReader} index @param {string} typed @param {Options | undefined} options @param {Trouble[]} problems @param {Map<string, Off>} [off]
 * @returns {Promise<Plan>}
 */
async function planOf(index, typed, options, problems, off = new Map()) {
  typed = String(typed ?? "").slice(0, MOST_QUERY);
  const literal = [...(options?.literal ?? []), ...off.keys()];
  const query = await parsed(typed, options?.today, literal);
  const said = query.items.length ? await (await understanding()).standing(query, off, index, problems) : query;
  if (said instanceof Map) return planOf(index, typed, options, problems, said); // some readings say nothing here
  const { plan, understood } = await (APART.test(typed) ? await import("./numbers.js") : index).planOf(typed, wordsOf(said.words), problems, literal, index);
  const isKnown = plan.every(({ lists }) => lists.some(({ kind }) => kind !== "root"));
  const hits = hitsOf(plan, index.root.documents);
  const asked = { typed, literal, query, items: said.items, off, plan, understood, isKnown, hits, meant: new Map(), offers: [] };
  return plan.length && (!isKnown || isThin(hits, plan.length)) ? (await nearWords()).loosened(asked, index, isKnown ? [] : problems) : asked;
}

/**
 * The answer, and whether it is complete: all files read, all words known.
 * @param {IndexReader} index @param {string} asked @param {Options} [options] @param {Map<string, Off>} [known] readings that say nothing here
 * @returns {Promise<{answer: Answer, isSure: boolean}>}
 */
async function answerOf(index, asked, options = {}, known) {
  const { limit = 10, offset = 0, sort = "relevance", group, facets, signal } = options;
  const from = Math.max(0, offset);
  const to = from + Math.max(0, limit);
  /** @type {Trouble[]} */
  const problems = [];
  const { typed, query, items, off, plan, understood, hits: held, isKnown, meant, offers } = await planOf(index, asked, options, problems, known);
  const words = plan.map(({ term }) => term);
  signal?.throwIfAborted();

  const isSelecting = items.length || Object.keys(options.filters ?? {}).length;
  const { hits, limits, quotes } = isSelecting ? await (await import("./selection.js")).selected(index, items, words, held, options, problems) : { hits: held, quotes: undefined };
  /** @type {Passes} */
  const admits = limits?.passes ?? (() => true);
  const hasCopies = options.copies || limits?.isOfOutlet;
  const passes = hasCopies ? admits : lessCopies(hits, admits);
  signal?.throwIfAborted();
  const { ordered, count, isFound } = ranked(hits, passes, sort, group ? Infinity : to);
  const wider = count || !items.length ? undefined : await (await understanding()).wider(items, words, off, (empty) => answerOf(index, typed, options, empty), index, problems);
  if (wider?.answer) return wider;
  const [articles, alike] = group ? await (await facetFiles()).grouped(ordered, index, problems) : [ordered, new Map()];
  const records = await index.storedFields(articles.slice(from, to), problems);
  signal?.throwIfAborted();
  const sought = foundWords(plan);
  const shown = await resultsOf(index, records, plan, sought, options.fetched ?? 1);
  signal?.throwIfAborted();

  const results = shown.map(({ article, ...result }) => ({ ...result, score: hits.get(article)?.score ?? 0, isFound: isFound(article), more: alike.get(article) ?? 0 }));
  const suggestion = meant.size ? (await nearWords()).corrected(typed, meant, results) : "";
  const total = group ? articles.filter(isFound).length : count;
  const counts = async () => (await import("./selection.js")).counted(index, items, words, hits, options, limits, problems);
  /** @type {Answer} */
  const answer = { total, articles: count, counts, relation: "eq", results, problems, near: !!meant.size, suggestion, words, understood, suggestions: [] };
  if (query.items.length) Object.assign(answer, (await understanding()).told(answer, query.items, wider?.off ?? off, quotes));
  for (const result of answer.results) SOUGHT.set(result, sought);
  if (!from && (off.size || offers.length || isThin(hits, plan.length, passes)))
    answer.suggestions = await (await otherQueries()).suggestionsFor(typed, plan, { query, off, options, hits, quotes, passes, count, offers, parsed, ask: answerOf.bind(null, index) }, index, problems);
  if (facets) answer.facets = await counts();
  if (problems.length) answer.relation = "gte";
  return { answer, isSure: isKnown && !problems.length };
}

/**
 * What a reader sees of articles. The texts of up to `fetched` are fetched.
 * @param {IndexReader} index @param {Awaited<ReturnType<IndexReader["storedFields"]>>} records @param {Found[]} plan @param {Set<string>} sought @param {number} fetched
 */
function resultsOf(index, records, plan, sought, fetched) {
  return Promise.all(
    records.map(async ({ lead, display, ...fields }) => {
      let excerpt = excerptOf(lead, sought);
      if (!excerpt.marks.length && sought.size && display < NO_TEXT && fetched-- > 0) {
        const whole = await index.textOf(fields.url);
        if (whole) excerpt = excerptOf(whole, sought);
      }
      const why = whyOf(plan, fields.article);
      const missing = plan.flatMap(({ term }) => (why.some(({ query }) => query === term) ? [] : term));
      return { ...fields, titleMarks: marksOf(fields.title, sought), excerpt, why, missing };
    }),
  );
}

/** The words to be marked. @param {Found[]} plan */
const foundWords = (plan) =>
  new Set(plan.flatMap(({ lists }) => lists.flatMap(({ kind, word }) => (kind === "root" ? [] : word.split(" ")))));

/** @param {string[]} terms */
const meaningful = (terms) =>
  [...new Set(terms)].filter((term) => !STOP_WORDS.has(term)).slice(0, MOST_TERMS);

// Words that ask, and say nothing of what is asked for; «كم» is a kilometre too.
const ASKING = new Set(["متي", "كم", "لماذا", "كيف", "ماذا", "اين"]);

/** @param {string[]} words */
function wordsOf(words) {
  const isName = (/** @type {string | undefined} */ word) => word && !STOP_WORDS.has(word);
  const isLink = (/** @type {number} */ at) => words[at] === "بن" && isName(words[at - 1]) && isName(words[at + 1]);
  const telling = meaningful([...words.filter((word, at) => !ASKING.has(word) && !isLink(at))]);
  return telling.length ? telling : meaningful(words);
}

/** The groups of words that may answer `term`. @param {string} term @param {Terms} held @param {string[]} languages @param {boolean} isOwn @returns {Promise<[Group, Kind][]>} */
async function groupsFor(term, held, languages, isOwn) {
  const key = family(term);
  const groups = held.families.get(key) ?? [];
  let own = groups.find(({ words }) => words.includes(term));
  let stems = own ? [own.stem] : [term];
  if (!own && groups.length) {
    const { forms, groupOf } = await import("./forms.js");
    own = groupOf(term, groups);
    stems = own ? [own.stem] : forms(term);
  }
  /** @type {Map<Group, Kind>} */
  const found = new Map();
  if (own) found.set(own, "form");
  for (const group of groups)
    if (!found.has(group) && (own?.related.includes(group.stem) || stems.some((stem) => group.related.includes(stem))))
      found.set(group, "plural");
  const [kin, shape] = [tribe(key), skeleton(own?.stem ?? term)];
  const every = [...held.families.values()].flat();
  const ways = own ? [own.stem] : [term, ...unprefixed(term)];
  const twins = new Set(ways.map((way) => twinFolded(way)));
  const foreign = every.filter((group) => !found.has(group) && (group.family === key
    ? !isArabic(term) || /\d/.test(term + group.stem)
    : group.tribe === kin && twins.has(twinFolded(group.stem))));
  if (foreign.length && !isOwn)
    for (const [group, kind] of await (await foreignNames()).related(term, ways, foreign, languages)) found.set(group, kind);
  if (shape.length > 2 && isArabic(term))
    for (const group of every)
      if (group.tribe === kin && !group.isHeavy && !found.has(group) && skeleton(group.stem) === shape) found.set(group, "root");
  return [...found];
}

/** The postings of a group's words. @param {string} term @param {Group} group @param {Kind} kind @param {Terms} held @param {number} shard @returns {List[]} */
function listsOf(term, group, kind, held, shard) {
  const { postings } = held;
  const starts = [term, ...unprefixed(term)];
  return group.words.map((word, at) => {
    const index = group.first + at;
    const low = postings.first[index] ?? 0;
    const high = postings.first[index + 1] ?? low;
    const isJoined = kind === "form" && [word, ...unprefixed(word)].some((start) => starts.includes(start));
    const own = word === term ? "exact" : isJoined ? "joined" : kind;
    const articles = postings.articles.subarray(low, high);
    const impacts = postings.impacts.subarray(low, high);
    const heads = () => postings.heads().slice(low, high);
    return { word, kind: own, weight: WEIGHTS[own], articles, impacts, heads, shard, index };
  });
}

/** @param {Found[]} plan @param {number} article @returns {Why[]} */
const whyOf = (plan, article) =>
  plan.flatMap(({ term, lists }) => {
    const [best] = lists.filter(({ articles }) => articles.includes(article)).sort((a, b) => b.weight - a.weight);
    return best ? [{ query: term, found: best.word, kind: best.kind }] : [];
  });

/** @param {number} day */
function dateOf(day) {
  const parts = [Math.floor(day / 416), Math.floor(day / 32) % 13, day % 32].filter(Boolean);
  return parts.map((part, n) => String(part).padStart(n ? 2 : 4, "0")).join("-");
}

/** The words of `meant` in `source`, whole. @param {string} source @param {Set<string>} meant */
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
