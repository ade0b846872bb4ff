// @ts-check
// Text to terms: twin of base/arabic.py and search/analysis.py, rule for rule, tied to them by
// tests/golden/analysis.json. Offsets are UTF-16 units.
/** @typedef {{term: string, start: number, end: number}} Token */

export const ARABIC =
  "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff" +
  "\u0750-\u077f\u08a0-\u08b4\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufd8f\ufd92-\ufdc7\ufdf2\ufe80-\ufefc";
const OTHER =
  "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0386\u0388-\u03ff\u0400-\u0481\u048a-\u052f" +
  "\u0531-\u0556\u0561-\u0587\u05d0-\u05ea\u0660-\u0669\u06f0-\u06f9\u0904-\u0939\u1e00-\u1eff" +
  "\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fef\uac00-\ud7a3\uff10-\uff19\uff21-\uff3a\uff41-\uff5a";
const INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u0640";
export const IGNORED =
  INVISIBLE +
  "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc" +
  "\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\ufe00-\ufe0f";

export const DIGIT = "[0-9\u0660-\u0669\u06f0-\u06f9]";
const FIRST = "[1-9\u0661-\u0669\u06f1-\u06f9]";
/** A number with `mark` between its groups, no part of a longer list. @param {string} mark @param {string} times */
const apart = (mark, times) => `(?<!${DIGIT}${mark})${FIRST}${DIGIT}{0,2}(?:${mark}${DIGIT}{3})${times}(?!${mark}?${DIGIT})`;
const GROUPED = [...[...",\u060c\u066c\u00a0\u202f\u2009"].map((mark) => apart(mark, "+")), apart(" ", "{2,}"), apart("\\.", "{2,}")].join("|");
const WORD = new RegExp(`[${ARABIC}][${ARABIC}${IGNORED}]*|(?:${GROUPED}|[${OTHER}])[${OTHER}${IGNORED}]*`, "g");
const MARKS = new RegExp(`[${IGNORED}]+`, "g");
const HIDDEN = new RegExp(`[${INVISIBLE}]+`, "g");
const FOREIGN = new RegExp(`[^${ARABIC}${OTHER}]+`, "g");
const TANWIN_ALIF = /(?<=..)(?:\u0627\u064b|\u064b\u0627)$/s;
const MAX_WORD = 40;
const MAX_TERM = 44;
export const MOST_TERMS = 16; // of a query that are looked up

/** @type {Map<string, string>} */
const LETTERS = new Map();
for (const [to, from] of /** @type {[string, string][]} */ ([
  ["ا", "أإآٱٲٳٵ"], ["ء", "ؤئٴٶٷٸ"], ["ي", "ىیېۍێؠےۓ"], ["ه", "ةھہۀۂۃە"], ["ك", "کڪگڭ"],
  ["ف", "ڤ"], ["ب", "پ"], ["ج", "چ"], ["و", "ۆۇۋۈ"], ["ت", "ٹ"], ["د", "ڈ"], ["ر", "ڑ"], ["ن", "ں"], ["ز", "ژ"],
  ["σ", "ς"], ["i", "ı"],
])) for (const letter of from) LETTERS.set(letter, to);
for (let n = 0; n < 10; n++) {
  LETTERS.set(String.fromCharCode(0x660 + n), String(n));
  LETTERS.set(String.fromCharCode(0x6f0 + n), String(n));
}

/** The form under which one word is compared with another. @param {string} word */
export function fold(word) {
  const composed = word.normalize("NFKC").replace(HIDDEN, "").replace(TANWIN_ALIF, "").toLowerCase();
  let plain = "";
  for (const letter of composed) plain += LETTERS.get(letter) ?? letter;
  plain = plain.normalize("NFD").replace(MARKS, "").normalize("NFC").replace(FOREIGN, "");
  return plain.slice(0, MAX_WORD).replace(/(?<=...)يا$/s, "يه");
}

export const STOP_WORDS = new Set(
  `في من على إلى عن مع أن إن أنه أنها إنه إنها لأن ان ما لا لم لن هل قد كما هذا هذه ذلك تلك هؤلاء
  التي الذي الذين اللذين اللتين هو هي هم نحن أنا أنت كان كانت يكون تكون كانوا ليس ليست
  أو أم ثم بل لكن حتى إذا إذ لو بين عند عندما حيث كل بعض غير أي أيضا فيه فيها منه منها عليه عليها
  إليه إليها به بها له لها لهم بهم منهم عنه عنها بأن بأنه بأنها وأن وأنه وأنها وإن فإن وفي ومن وعلى
  وإلى وعن ومع ولا وما ولم ولن وقد وهو وهي وهذا وهذه وذلك وكان وكانت كذلك وكذلك مما فيما بما
  لما عما كي لكي لدى لقد فقد منذ خلال بعد قبل دون سوى نحو ضد حول أمام تحت فوق هنا هناك ذات مثل
  ولكن ولو وكما وحتى وبين بينما وبعد وقبل ولكل وكل فهو فهي اي وأي يا إما أما إلا ألا وإذا و ف ب ل ك
  ها های هایی را که از
  the of and in to a for on at by is`.split(/\s+/).map(fold),
);

const FATHER = /^[وفبلك]?اب[ويا]$/;
const JOINED_FATHER = /^[وفبلك]?ابو((?:ال)?[^ا].{2,})$/s;
const JOINED_SERVANT = /^[وفبل]?عبد(ال..+)$/s;
const SPACE = /^[\s\u200b-\u200f\u0640]{0,3}$/;
// before a number that is part of a name with it: «إف-16», «إف 16», «ميغ 29»; a year is none
const NUMBERED = /^(?:و?(?:اف|تي|(?:ب?ال|لل)?(?:اس|سي|جي|بي|دي|يو|سو|اتش|اكس))|[وف]?[بلك]?(?:ال)?(?:ميغ|ميج|كوفيد)|covid|mig|su)$/;
const LETTER_STOP_WORDS = /^(?:ام|ان|او|في|كي|اي)$/;
const NUMBER = /^(?!(?:1[89]|20)\d\d$)[1-9]\d{0,3}[a-z]{0,2}$/;
const GLUED = /^\D+((?!(?:1[89]|20)\d\d$)[1-9]\d{0,3})$/;
const HYPHENS = "[-\u2010-\u2013\u2212]";
const HYPHEN = new RegExp(`^[${INVISIBLE}]*${HYPHENS}[${INVISIBLE}]*$`);
const FURTHER_NUMBER = new RegExp(`^${HYPHENS}${DIGIT}`);

/** The words of `text` in order, «أبو قصرة» and «أبوقصرة», F-16 and F16 alike. @param {string} text */
export function tokens(text) {
  /** @type {Token[]} */
  const found = [];
  for (const match of text.matchAll(WORD)) {
    const term = fold(match[0]);
    if (term) found.push({ term, start: match.index, end: match.index + match[0].length });
  }
  /** @type {Token[]} */
  const result = [];
  found.forEach((token, at) => {
    const next = found[at + 1];
    const joined = next ? join(token, next, text) : "";
    const split = JOINED_FATHER.exec(token.term) ?? JOINED_SERVANT.exec(token.term);
    const number = GLUED.exec(token.term)?.[1];
    if (next && joined) result.push({ ...token, term: joined, end: next.end });
    else if (number) result.push(token, { ...token, term: number });
    else if (split) {
      const name = token.term.slice(0, 4).includes("ابو") ? "ابو" : "عبد";
      result.push({ ...token, term: name + split[1] }, { ...token, term: split[1] ?? "" });
    } else result.push(token);
  });
  return result;
}

/** @param {Token} first @param {Token} second @param {string} text */
function join(first, second, text) {
  const between = text.slice(first.end, second.start);
  if (NUMBER.test(second.term) && !FURTHER_NUMBER.test(text.slice(second.end))) {
    const isTied = HYPHEN.test(between) ? mayBeNumbered(first.term) : NUMBERED.test(first.term) && SPACE.test(between);
    return isTied ? (first.term + second.term).slice(0, MAX_TERM) : "";
  }
  if (second.term.length < 2 || !first.term.includes("ب") && first.term !== "ام") return "";
  if (!SPACE.test(between)) return "";
  let name = "";
  if (FATHER.test(first.term)) name = "ابو";
  else if (first.term === "ام" && isArabic(second.term) && !STOP_WORDS.has(second.term)) name = "ام";
  else if (/عبد$/.test(first.term) && first.term.length <= 4 && /^ال../s.test(second.term)) name = "عبد";
  return name && (name + second.term).slice(0, MAX_TERM);
}

/** Whether a hyphen may tie a number to it. @param {string} term */
function mayBeNumbered(term) {
  return !/\d/.test(term) && (term.length < 2 ? !isArabic(term) : !STOP_WORDS.has(term) || LETTER_STOP_WORDS.test(term));
}

/** @param {string} term */
export const isArabic = (term) => term >= "ء" && term.charAt(0) <= "ي";

const ENDING = /(?<=..)(?:هما|وات|اءات|ات|اء|ان|ين|ون|يه|وا|ها|هم|هن|كم|نا|ه|ي|ت|ا)$/s;
const FURTHER_ENDING = /(?:(?<=..)(?:هما|وات|اءات|ات|اء|ان|ين|ون|يه|وا|ها|هم|هن|كم|نا)|(?<=...)[هيتا])$/s;

/** The key under which `term` is kept with all forms that may share its stem. @param {string} term */
export function family(term) {
  const letters = /^\D+/.exec(term)?.[0];
  if (!letters) return term;
  if (letters >= "a" && letters < "{") return letters.slice(0, 5).replace(/(?<=...)(?:ing?|e[dnrsm]?|[aiosy])+$/s, "").replace(/(.)\1$/s, "$1");
  if (!isArabic(letters)) return letters.replace(/^[ושבלהמכ]+(?=..)/s, "");
  const noun = letters.replace(/^(?:ال(?=..)|[وف]?[بك]?ال(?=...)|[وف]?لل(?=..))/s, "");
  const core = noun
    .replace(/^([وف]?)س(?=[يتنا])/, "$1")
    .replace(/[اويء]/g, "")
    .replace(/(?:[هكت]م|[تهنك])+$/, "")
    .replace(/^[فبلك]+/, "")
    .replace(/(.)\1+/gs, "$1");
  return core.length > 1 ? core : cautiousFamily(noun);
}

/** @type {Record<string, string>} */
const TWINS = { غ: "ك", ج: "ك", ق: "ك", ث: "ت", ظ: "ض" };

/** `word` with one letter for those that write one sound of foreign names. @param {string} word @param {RegExp} [letters] */
export const twinFolded = (word, letters = /[غجقثظ]/g) => word.replace(letters, (letter) => TWINS[letter] ?? "");

const DERIVING = /^[متنك]+(?=...)/s;

/** The key of the shard of a family: derived words and twins of foreign names share it. @param {string} key */
export function tribe(key) {
  if (!isArabic(key)) return key;
  const core = key.replace(DERIVING, "");
  if (core.length < 4) return twinFolded(core, /[غجثظ]/g).replace(/(?<=..)ت$/s, ""); // ق and ك: too common in roots of three
  return twinFolded(core).replace(/(.)\1+/gs, "$1").replace(DERIVING, "").replace(/(?<=...)[تك]+$/s, "");
}

/** What words derived from one another keep of a stem: «تحذير», «يحذر» and «محذر» leave «حذر». @param {string} stem */
export function skeleton(stem) {
  const bare = stem.replace(/^[ايتنم](?=...)/s, "");
  const kept = bare.charAt(0) + bare.slice(1).replace(/[اويء]/g, "");
  return kept.length > 3 ? kept.replace(/[هت]$/, "") : kept;
}

/** @param {string} noun */
function cautiousFamily(noun) {
  let form = noun.replace(ENDING, "");
  for (let before = noun; form !== before; ) [form, before] = [form.replace(FURTHER_ENDING, ""), form];
  while (/^(?:[وفبلك](?=..)|س(?=[يت]...))/s.test(form)) form = form.slice(1);
  return form.length > 2 ? form.charAt(0) + form.slice(1, -1).replace(/[اويء]/g, "") + form.slice(-1) : form;
}

const ARTICLES = "وبال فبال وال فال بال كال وكال ولل فلل ال لل".split(" ");
const PARTICLES = "وس فس وب فب ول فل وك و ف ب ل ك س".split(" ");

/** What remains without one particle or article. @param {string} term */
export function unprefixed(term) {
  const ways = ARTICLES.filter((a) => term.startsWith(a) && term.length - a.length >= 2);
  ways.push(...PARTICLES.filter((p) => term.startsWith(p) && term.length - p.length >= 3));
  return ways.map((prefix) => term.slice(prefix.length));
}

/** A hash of 32 bits: FNV-1a over UTF-16 units, mixed. @param {string} text */
export function hash32(text) {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return mixed(value);
}

/** @param {number} value */
export function mixed(value) {
  value ^= value >>> 16;
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
