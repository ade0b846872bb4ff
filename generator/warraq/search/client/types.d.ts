/** Types of the search engine; read by tsc and by people, never published. */

/** A range in UTF-16 units of a text. */
export type Mark = [start: number, end: number];
export type Marked = { text: string; marks: Mark[] };
/** A file that could not be had, or could not be read. `file` is relative to the search folder. */
export type Trouble = { code: "missing" | "damaged"; file: string };
/** `isFresh`: ask the server even if a cache has it. */
export type Load = (url: string, isFresh?: boolean) => Promise<ArrayBuffer>;

export type FacetName = (typeof import("./format.js").FACETS)[number];
export type Filters = { [name in FacetName]?: string[] } & {
  year?: (number | string)[];
  /** "2025", "2025-10" or "2025-10-12", both ends included. */
  from?: string;
  to?: string;
};

export type Options = {
  limit?: number;
  offset?: number;
  /** "date" is "newest". */
  sort?: "relevance" | "date" | "newest" | "oldest";
  filters?: Filters;
  /** Count what each value of every kind would find in the place of its kind's filter. Loads the facet files. */
  facets?: boolean;
  /** "story": the best article of each story only; `more` tells how many it represents. */
  group?: "" | "story";
  /** Show copies as well as their originals. */
  copies?: boolean;
  /** How many articles' texts may be fetched for excerpts whose words are not in the lead (1); Engine.excerpt has others. */
  fetched?: number;
  /** The reader's day, ISO: «yesterday» and the like are told from it, and words without it. */
  today?: string;
  /** Readings of Answer.understood that the reader took back, words again: their texts, or what they have as `literal`. */
  literal?: string[];
  /** Aborting it rejects the search with the signal's reason. */
  signal?: AbortSignal;
};

/**
 * How a word of the text matches a word of the query: itself, with another particle or article, with
 * another ending, as its plural or singular, spelt otherwise, by a word of the same meaning, as the
 * article is on what it names, of the same root, spelt nearly so.
 */
export type Kind = "exact" | "joined" | "form" | "plural" | "spelling" | "synonym" | "name" | "root" | "near";
export type Why = { query: string; found: string; kind: Kind };

export type Result = {
  id: string;
  url: string;
  title: string;
  titleMarks: Mark[];
  excerpt: Marked;
  /** ISO, as precise as it is known, or "". */
  date: string;
  /** Name of the credited outlet. */
  source: string;
  score: number;
  /** Among the articles found, so counted in `total`. They come first; the others hold little of the query. */
  isFound: boolean;
  story: string;
  copyOf: string;
  /** What became of it after its publication. */
  standing: "" | "corrected" | "retracted";
  /** Address of its lead picture, or "". */
  picture: string;
  /** Further articles of the same story, if grouped. */
  more: number;
  /** Words of the query, as they were looked up, that it does not have in any form. */
  missing: string[];
  why: Why[];
};

/**
 * Another query that finds something: with other spellings or a word gone on with, without a word, on
 * the nearest days, of a topic or a year. `label` is what to call it: the query, a date (ISO), a topic.
 * With the reader's filters, and `filters` beside them, it finds `count` articles.
 */
export type Suggestion = {
  kind: "spelling" | "completion" | "without" | "month" | "day" | "topic" | "year";
  query: string;
  filters?: { [name in FacetName]?: string[] };
  label: string;
  count: number;
};

export type FacetValue = { value: string; label: string; count: number };

/** A name or a word that stands in the query as `text`, and was searched for as something else too. */
export type Related = {
  /** "name": that of an authority; "synonym": a word with the same meaning; "completed": a word begun. */
  kind: "name" | "synonym" | "completed";
  mode: "raise";
  text: string;
  start: number;
  end: number;
  /** The authority's name, the synonym, the likeliest of the words that begin so. */
  label: string;
  /** What Options.literal takes it back by, as one text may be several names and have several synonyms. */
  literal?: string;
  off?: "literal";
  /** Of a name: the kind of what it names, its key, its articles, its page if it has one. */
  of?: FacetName;
  key?: string;
  count?: number;
  url?: string;
};

/** How a query may go on; for a name also the kind of what has it, its key, its page if it has one. */
export type Completion = { query: string; label?: string; of?: FacetName; key?: string; url?: string };

export type Facets = Record<string, FacetValue[]>;

export type Answer = {
  /** Articles found. By relevance, results beyond it may follow that hold little of the query (`isFound`). */
  total: number;
  /** The same where each story counts once in `total`: all articles. */
  articles: number;
  /** "gte": `total` is a lower bound, because of `problems`. */
  relation: "eq" | "gte";
  results: Result[];
  problems: Trouble[];
  /** Words spelt nearly like the reader's were searched too: to be said on the page. */
  near: boolean;
  /** The query with the nearest known words, or "". */
  suggestion: string;
  /** The query's words as they were looked up. */
  words: string[];
  /** What the query says beside its words, in its order. */
  understood: (Meaning | Related)[];
  /** For an answer that has little. */
  suggestions: Suggestion[];
  facets?: Facets;
  /** The same, for who shows results first: of this answer, without another question. */
  counts: () => Promise<Facets>;
};

/**
 * Why a reading does not count: the reader took it back; it leaves nothing; its value names nothing here;
 * it is a number, and no year of this archive (such a one is not told).
 */
export type Off = "literal" | "empty" | "unread" | "number";
/**
 * A reading of a part of the query, `text` as typed. A date has `from` and `to` (ISO, as precise as it was
 * said, "" where open), or `every` ("MM" or "MM-DD", of the Hijri calendar if `isHijri`). `label` is what is
 * quoted, excluded or stands behind a colon, `key` what stands before it.
 */
export type Meaning = {
  kind: Understood["kind"];
  mode: Understood["mode"];
  text: string;
  start: number;
  end: number;
  label?: string;
  key?: string;
  from?: string;
  to?: string;
  every?: string[];
  isHijri?: boolean;
  off?: Off;
};

/** `isHeavy`: the postings are in a heavy shard; else `first` is the first word's number in this one. */
export type Group = { family: string; tribe: string; stem: string; words: string[]; related: string[]; first: number; isHeavy: boolean };
/** `first` has the first posting of each word, and one more; `impacts` have a flag each. */
export type Postings = {
  articles: Float64Array;
  impacts: Uint8Array;
  first: Uint32Array;
  /** Per posting, its positions in title and lead, if any. */
  heads: () => (number[] | undefined)[];
};
/** The postings of one word, weighed by how well it answers the query's. */
export type List = {
  word: string;
  kind: Kind;
  weight: number;
  articles: Float64Array;
  impacts: Uint8Array;
  heads: () => (number[] | undefined)[];
  shard: number;
  index: number;
};
/** An article that answers, if `isAdmitted`: `coverage` is the part of the query's weight that its words have, 0 to 1. */
export type Hit = { score: number; coverage: number; isAdmitted: boolean };
/** `names` are the lines of names in the shard of the term. */
export type Found = { term: string; lists: List[]; names: string };
export type Facet = { key: string; label: string; articles: number[] };
/** `of` and `key` are those of a name. */
export type Row = { word: string; shown: string; weight: number; of?: string; key?: string };
export type Terms = {
  families: Map<string, Group[]>;
  names: string;
  postings: Postings;
};
/**
 * Days from `first` to `last`, ISO and as precise as they are known, "" where open; with `every`, only those
 * that begin with one of its "MM" or "MM-DD", in the Hijri calendar if `isHijri`.
 */
export type Days = { first: string; last: string; every: string[]; isHijri: boolean };
/** A stretch of a query and what it means: search/understanding.py has the twin. */
export type Understood = {
  kind: "date" | "phrase" | "without" | "field";
  /** "filter": nothing else is found, unless that leaves nothing; "raise": found first. */
  mode: "filter" | "raise" | "operator";
  start: number;
  end: number;
  text: string;
  value: string;
  /** What stands before the colon: a facet, or "year", "date", "from", "to". */
  key: string;
  days: Days;
  /** Nothing but a year, which may be a number. */
  isBare: boolean;
  /** Why it is read as words after all: the reader took it back, or its value says nothing. */
  off: "" | "literal" | "unread";
};
/**
 * A query as it was read, and what answers its words: `items` are those of `query` that count, `literal` was taken back,
 * `off` turned out to say nothing here, `meant` has the likeliest spelling of words, as shown.
 */
export type Plan = {
  typed: string;
  literal: string[];
  query: Understanding;
  items: Understood[];
  off: Map<string, Off>;
  plan: Found[];
  hits: Map<number, Hit>;
  /** Every word is one of the archive. */
  isKnown: boolean;
  understood: Related[];
  meant: Map<string, string>;
  /** What else may have been meant. */
  offers: Omit<Suggestion, "count">[];
};
/** The words to look for, stop words included, and what else was understood, in order. */
export type Understanding = { words: string[]; items: Understood[] };
export type Passes = (article: number, but?: string) => boolean;
/** The articles of each filter's values, and of each field's that was typed; whether an article passes every one. Outlets are asked for all that they have, copies too. */
export type Limits = { sets: { kind: string; isTyped: boolean; held: Set<number> }[]; passes: Passes; isOfOutlet: boolean };
/** What the modules loaded on demand may ask of the index. `light` is the number of term shards for families. */
export type Access = {
  root: { years: [year: number, articles: number][]; documents: number };
  light: number;
  /** Those of the articles' languages that have stemmers. */
  languages: string[];
  address: (url: string) => string;
  shards: (kind: string) => number;
  shard: <T>(kind: string, number: number, parse: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>, troubles: Trouble[]) => Promise<T | undefined>;
  termShard: (term: string) => number;
  terms: (number: number, troubles: Trouble[]) => Promise<Terms | undefined>;
  lookUp: (term: string, troubles: Trouble[], isOwn?: boolean) => Promise<Found>;
  planOf: (typed: string, terms: string[], troubles: Trouble[], literal: string[]) => Promise<{ plan: Found[]; understood: Related[] }>;
};
