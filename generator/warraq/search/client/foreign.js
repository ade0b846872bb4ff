// @ts-check
// Foreign names and words among those of one shard, loaded where a shard may hold some that answer a
// query's word: twin of search/foreign.py, tied to it by tests/golden/foreign.json.
/** @import {Found, Group, Kind, List} from "./types.js" */
/** @import {Token} from "./analysis.js" */
import { isArabic, tokens, twinFolded } from "./analysis.js";
import { answeringAs } from "./lists.js";
import { isDistant } from "./ranking.js";

const SHORTEST = 5; // letters of a word with twins: «قلب» and «كلب» are two words

// What Arabic may make of a root of three letters, or four: then a word's twin is another word («استقلال» and
// «استغلال», «مساجين» and «مساكين»). In it R is a letter of the root, W one that may be weak.
const PATTERNS =
  "RR RRR RاRR RRاR RRوR RRيR RاRوR RاRيR RتWR RتWاR RاR RوR RيR RواR RياR RويR RييR RواRR RواRيR RRاRR RRRيR RRRوR RRاRيR";
const NATIVE = new RegExp(
  "^(?:(?!ا[^اوي]{2}[وي][^اويه])(?:س?[يتنا]|م)?(?:ست|ت|ن)?" +
    `(?:${PATTERNS.replaceAll(" ", "|")})`.replaceAll("R", "[^اوي]").replaceAll("W", "[^ا]") +
    "(?:ات|ان|ين|ون|اء|وا|اوي|يه|ها|هما|هم|هن|نا|ني|كم|تم|[ايهكتن]){0,2}|(..)\\1.{0,2})$",
  "s",
);

/** Whether `stem` may be a word of a root of three or four letters, or of two twice. @param {string} stem */
export const isNative = (stem) => NATIVE.test(stem);

/** Whether two stems are likely to spell one foreign name. @param {string} stem @param {string} other */
export const areTwins = (stem, other) =>
  stem !== other && stem.length >= SHORTEST && twinFolded(stem) === twinFolded(other) && !isNative(stem) && !isNative(other);

// Names of Latin letters and of makes as Arabic writes them before a number, folded.
const LETTERS = new Map(
  ("ايه:a بي:b,p سي:c دي:d اي:e,i,a اف:f جي:g,j اتش:h اش:h كي:k كيه:k ال:l ام:m ان:n,an او:o كيو:q ار:r اس:s تي:t يو:u " +
    "في:v اكس:x واي:y زد:z جيه:j ميغ:mig ميج:mig سو:su سوخوي:su تو:tu كا:ka مي:mi كوفيد:covid بوينغ:boeing بوينج:boeing ايرباص:airbus")
    .split(" ").map((line) => /** @type {[string, string[]]} */ ([line.split(":")[0], line.split(":")[1]?.split(",")])),
);

/** What a word with a number is in the other script: «اف16» → f16, mig29 → «ميغ29», «ميج29». @param {string} term */
export function designations(term) {
  const [, name = "", number = ""] = /^(\D+)(\d.*)$/s.exec(term) ?? [];
  if (!isArabic(term)) return [...LETTERS].filter(([, latin]) => latin.includes(name)).map(([arabic]) => arabic + number);
  const bare = name.replace(/^[وف]?(?:[بك]?ال|لل|[بلك](?=..))?(?=..)/s, "");
  return [...new Set([name, bare].flatMap((way) => LETTERS.get(way) ?? []))].map((latin) => latin + number);
}

/** What has a word with a number, in either script. @param {string} term @param {(term: string) => Promise<Found>} lookUp @returns {Promise<Found>} */
export async function designated(term, lookUp) {
  const [own, ...others] = await Promise.all([term, ...designations(term)].map(lookUp));
  const lists = others.flatMap((other) => answeringAs(other.lists, "spelling"));
  return { term, names: own?.names ?? "", lists: [...(own?.lists ?? []), ...lists] };
}

/**
 * The plan with the number of a name («F-16») looked for only where the name is: «16» alone says nothing of it.
 * @param {string} typed @param {Found[]} plan
 */
export function tied(typed, plan) {
  const said = tokens(typed);
  /** The name that a word is the number of. @param {Token} number */
  const nameOf = (number) => said.find(({ term, start, end }) => term !== number.term && term.endsWith(number.term) && start <= number.start && number.end <= end);
  return plan.map((item) => {
    const names = said.filter(({ term }) => term === item.term && !/\D/.test(term)).map(nameOf);
    if (!names.length || names.includes(undefined)) return item; // «F-16 و16 صوتا»
    const lists = plan.flatMap((other) => (names.some((name) => name?.term === other.term) ? other.lists.filter((list) => !isDistant(list)) : []));
    const held = new Set(lists.flatMap(({ articles }) => [...articles]));
    const whole = lists.find(({ word }) => word.endsWith(item.term)); // then no other «16» is marked
    return held.size ? { ...item, lists: item.lists.map((list) => ({ ...among(list, held), word: whole?.word ?? list.word })) } : item;
  });
}

/** @param {List} list @param {Set<number>} held @returns {List} */
function among(list, held) {
  const isHeld = (/** @type {unknown} */ _, /** @type {number} */ at) => held.has(list.articles[at] ?? 0);
  return { ...list, articles: list.articles.filter(isHeld), impacts: list.impacts.filter(isHeld), heads: () => list.heads().filter(isHeld) };
}

/**
 * Of `groups`, those that answer `term` after all: another spelling of a name, another form of a foreign
 * word, the same letters with a number or without. `stems` are what `term` may be a form of.
 * @param {string} term @param {string[]} stems @param {Group[]} groups @param {string[]} languages
 * @returns {Promise<[Group, Kind][]>}
 */
export async function related(term, stems, groups, languages) {
  /** @type {[Group, Kind][]} */
  const found = [];
  const latin = groups.some(({ stem }) => LATIN.test(stem)) && LATIN.test(term) ? await stemmersOf(languages) : [];
  const held = groups.map(({ stem }) => stem);
  for (const group of groups) {
    const kind = numbered(stems, group.stem) ?? (isArabic(term) ? twin(stems, group.stem) : undefined) ?? joined(term, group.stem, held);
    if (kind) found.push([group, kind]);
    else if (latin.some((stem) => stem(term) === stem(group.stem))) found.push([group, "form"]);
  }
  return found;
}

const LATIN = /^[a-z]\D+$/s;
const NUMBERED = /^(\D+)(\d*)(\D*)$/s;

/** @param {string[]} stems @param {string} other @returns {Kind | undefined} */
function numbered(stems, other) {
  const [, letters = "", number = "", variant] = NUMBERED.exec(other) ?? [];
  for (const stem of stems) {
    const [, own = "", ownNumber = "", ownVariant] = NUMBERED.exec(stem) ?? [];
    if (own !== letters || own === stem && other === letters) continue;
    if (number && ownNumber) return number === ownNumber && variant !== ownVariant ? "form" : undefined;
    if (letters.length > 2) return "joined";
  }
  return undefined;
}

/** @param {string[]} stems @param {string} other @returns {Kind | undefined} */
const twin = (stems, other) => (stems.some((stem) => areTwins(stem, other)) ? "spelling" : undefined);

/** Hebrew writes one-letter particles with their word, up to three. @param {string} term @param {string} other @param {string[]} held @returns {Kind | undefined} */
function joined(term, other, held) {
  if (!/^[א-ת]{2,}$/.test(term)) return undefined;
  const parts = (/** @type {string} */ word) => [0, 1, 2, 3].filter((cut) => /^[ושבלהמכ]*$/.test(word.slice(0, cut))).map((cut) => word.slice(cut));
  const shared = parts(term).find((part) => part.length > 1 && parts(other).includes(part));
  return shared && (shared === term || shared === other || held.includes(shared)) ? "joined" : undefined;
}

/** @param {string[]} languages */
const stemmersOf = (languages) =>
  Promise.all(
    (languages.length ? languages : ["en"]).map(async (language) => {
      const { Stemmer } = await import(`./snowball/${language}.js`);
      const stemmer = new Stemmer();
      return (/** @type {string} */ word) => /** @type {string} */ (stemmer.stemWord(word));
    }),
  );
